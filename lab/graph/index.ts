/**
 * A stand-in of Microsoft Graph v1.0 over the lab's mailboxes: users, calendars, events, mail folders and messages, delta, mailbox settings, free/busy, subscriptions, batch. It checks
 * tokens, keeps Graph's budgets, and is as rude as Graph where that is known. It may share a listener: it answers only `/v1.0/…`.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http.ts';
import type { Handler } from '../http.ts';
import type { Mail } from '../exchange/index.ts';
import { authenticate, authorize } from './auth.ts';
import { batch } from './batch.ts';
import { createDeltaStore } from './delta-store.ts';
import { createMessageDeltas } from './message-deltas.ts';
import { takeSlice } from './upload-slice.ts';
import { createUploads } from './uploads.ts';
import { dispatch, errorReply } from './dispatch.ts';
import { GraphError, badRequest } from './errors.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createRequestLog, loggedPath } from './log.ts';
import type { Exchanged, RequestLog } from './log.ts';
import { createCourier } from './notify/courier.ts';
import { shakeHands } from './notify/handshake.ts';
import { createSubscriptions } from './notify/subscriptions.ts';
import type { Delivery, LifecycleEvent, Subscription } from './notify/types.ts';
import { pathSegments } from './path.ts';
import { seededRandom } from './random.ts';
import { createPresenceSessions, type PresenceSessions } from './presence-sessions.ts';
import { createThrottle } from './throttle.ts';
import type { Call, GraphOptions, GraphWorld, Reply } from './types.ts';

export type { Faults, FaultTarget } from './faults.ts';
export type { Exchanged, LogEntry, RequestLog } from './log.ts';
export type { Delivery, LifecycleEvent, Subscription } from './notify/types.ts';
export type { GraphOptions, Permission } from './types.ts';

export interface GraphStandIn {
  handle: Handler;
  readonly faults: Faults;
  /** Requests and answers, without anything secret. */
  readonly log: RequestLog;
  /** Mails of the exchange behind it. */
  readonly mails: readonly Mail[];
  /** Presence sessions; the lab's people have no Teams unless somebody opens it for them. */
  readonly presences: PresenceSessions;
  /** Posts to notification endpoints. */
  readonly deliveries: readonly Delivery[];
  /** Notifications that are waiting or on their way. */
  pendingNotifications(): number;
  /** Posts to endpoints that are sent and not answered: zero before a test turns the clock on. */
  postsInFlight(): number;
  subscriptions(): Subscription[];
  /** Forgets all delta tokens: the next use of one is 410. */
  expireDeltaTokens(): void;
  /** Sends a lifecycle notification for one subscription, or for all. */
  lifecycle(event: LifecycleEvent, subscriptionId?: string): void;
  /** Removes subscriptions, of one mailbox (object id) or all, and tells so by `subscriptionRemoved`. */
  removeSubscriptions(mailboxId?: string): void;
  /** Calls `fn` with every request and its answer, inner ones of a batch too: for a checker. Returns a function that stops it. */
  onExchanged(fn: (exchanged: Exchanged) => void): () => void;
}

const versionPath = '/v1.0';
const defaultPageSize = 10;
const gatherMs = 100;

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('BadRequest', 'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.');
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  return readBody(request).catch((cause: unknown) => {
    throw new GraphError(413, 'RequestBodyTooLarge', String(cause));
  });
}

function send(response: ServerResponse, { status, headers = {}, body }: Reply, requestId: string, clientRequestId: string): void {
  const type = body === undefined ? {} : { 'content-type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8' };
  response.writeHead(status, { 'request-id': requestId, 'client-request-id': clientRequestId, 'cache-control': 'private', 'odata-version': '4.0', ...type, ...headers });
  response.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

export function createGraph({ clock, exchange, entra, ca, exchangeRoles, notifyAfterMs = gatherMs, appConcurrent = Infinity, seed = 1 }: GraphOptions): GraphStandIn {
  const faults = createFaults();
  const log = createRequestLog();
  const deltas = createDeltaStore();
  const messageDeltas = createMessageDeltas();
  const uploads = createUploads();
  const watchers = new Set<(exchanged: Exchanged) => void>();
  const courier = createCourier({ clock, gatherMs: notifyAfterMs, ca, faults: faults.notifications, random: seededRandom(seed) });
  const etagOf = (mailboxId: string, id: string): string | null => {
    const event = exchange.read(mailboxId, id);
    return event ? `W/"${event.changeKey}"` : null;
  };
  const subscriptions = createSubscriptions({ clock, exchange, courier, tenantId: entra.tenantId, etagOf });
  const world: GraphWorld = {
    clock, exchange, deltas, messageDeltas, uploads, subscriptions, defaultPageSize,
    throttle: createThrottle(clock, appConcurrent),
    presences: createPresenceSessions(clock),
    checkAccess: (caller, permission, person) => authorize(caller, permission, person, exchangeRoles),
    shakeHands: (url) => shakeHands(url, clock, ca),
  };

  /** Works one request, notes it, and shows it to the checkers. Null: the connection shall be cut. */
  async function observed(call: Call, isBatched: boolean): Promise<Reply | null> {
    const { reply, mailboxId, isCut } = await dispatch(call, world, faults);
    const path = loggedPath(call.rawPath, call.query);
    log.add({ at: clock.now(), method: call.method, path, status: reply.status, mailbox: mailboxId, appId: call.caller.clientId, isBatched });
    const { authorization: _secret, ...requestHeaders } = call.headers;
    const query = call.query.toString();
    const exchanged = { method: call.method, path: query === '' ? call.rawPath : `${call.rawPath}?${query}`, requestHeaders, requestBody: call.body, status: reply.status, replyHeaders: reply.headers ?? {}, replyBody: reply.body };
    for (const watcher of watchers) watcher(exchanged);
    return isCut ? null : reply;
  }

  async function inner(call: Call): Promise<Reply> {
    return (await observed(call, true)) ?? { status: 504, body: { error: { code: 'GatewayTimeout', message: 'The request timed out.' } } };
  }

  async function readCall(request: IncomingMessage, url: URL): Promise<Call> {
    const headers = headersOf(request);
    const caller = await authenticate(entra, headers['authorization']);
    const rawPath = url.pathname.slice(versionPath.length);
    const base = `https://${headers['host'] ?? 'localhost'}${versionPath}`;
    return { method: request.method ?? 'GET', path: pathSegments(rawPath), rawPath, query: url.searchParams, headers, body: parseBody(await bodyOf(request)), caller, base };
  }

  async function answer(request: IncomingMessage, url: URL, requestId: string, clientRequestId: string): Promise<Reply | null> {
    try {
      const call = await readCall(request, url);
      const isBatch = call.method === 'POST' && call.path.length === 1 && call.path[0] === '$batch';
      return isBatch ? await batch(call, inner) : await observed({ ...call, headers: { ...call.headers, 'request-id': requestId, 'client-request-id': clientRequestId } }, false);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      log.add({ at: clock.now(), method: request.method ?? '', path: loggedPath(url.pathname.slice(versionPath.length), url.searchParams), status: error.status, mailbox: null, appId: '', isBatched: false });
      return errorReply(error, requestId, clientRequestId, clock.now());
    }
  }

  return {
    faults,
    log,
    mails: exchange.mails,
    presences: world.presences,
    deliveries: courier.deliveries,
    pendingNotifications: () => courier.pending(),
    postsInFlight: () => courier.inFlight(),
    subscriptions: () => subscriptions.all(),
    expireDeltaTokens() {
      deltas.expire();
      messageDeltas.expire();
    },
    async handle(request, response) {
      const url = new URL(request.url ?? '/', 'https://stand-in');
      if (url.pathname.startsWith(`${uploads.path}/`)) return takeSlice(request, response, url, world);
      if (url.pathname !== versionPath && !url.pathname.startsWith(`${versionPath}/`)) return false;
      const requestId = randomUUID();
      const given = request.headers['client-request-id'];
      const clientRequestId = typeof given === 'string' ? given : requestId;
      const reply = await answer(request, url, requestId, clientRequestId);
      if (reply) send(response, reply, requestId, clientRequestId);
      else request.socket.destroy();
      return true;
    },
    lifecycle(event, subscriptionId) {
      for (const { id } of subscriptions.all()) if (subscriptionId === undefined || id === subscriptionId) subscriptions.lifecycle(id, event);
    },
    removeSubscriptions(mailboxId) {
      for (const each of subscriptions.all()) {
        if (mailboxId !== undefined && each.mailboxId !== mailboxId) continue;
        subscriptions.lifecycle(each.id, 'subscriptionRemoved');
        subscriptions.remove(each.id);
      }
    },
    onExchanged(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
