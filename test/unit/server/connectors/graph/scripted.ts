import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGraph, graphConfig } from '../../../../../server/connectors/graph/index.ts';
import type { GraphConfigInput, GraphConnector } from '../../../../../server/connectors/graph/index.ts';
import type { Clock } from '../../../../../server/ports/clock.ts';
import { silent } from '../../../../../server/ports/log.ts';
import type { Log } from '../../../../../server/ports/log.ts';
import type { WakeKey } from '../../../../../server/ports/wake.ts';
import { localCertificate } from '../../../../support/certificate.ts';

export const tenantId = '11111111-1111-4111-8111-111111111111';
export const clientId = '22222222-2222-4222-8222-222222222222';
export const ann = { instance: 'm365', id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' };
export const startAt = Date.parse('2026-11-21T09:00:00Z');

export interface Asked { method: string; url: string; path: string; query: URLSearchParams; headers: IncomingMessage['headers']; body: string }
export interface Told { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
/** What a test's Graph says to a request; 'hang': nothing, ever; 'cut': it closes the connection. */
export type Script = (asked: Asked) => Told | 'hang' | 'cut';

/** A clock whose sleepers wake at once, the time having passed, unless they sleep long; those, and alarms, wait until it is advanced. */
export interface HastyClock extends Clock { readonly slept: number[]; advance(ms: number): void }

export function hastyClock(longMs = Infinity): HastyClock {
  let now = startAt;
  const alarms = new Set<{ instant: number; fn: () => void }>();
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      if (ms < longMs) {
        now += ms;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const alarm = { instant: now + ms, fn: resolve };
        alarms.add(alarm);
        signal?.addEventListener('abort', () => {
          alarms.delete(alarm);
          reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        });
      });
    },
    at(instant, fn) {
      const alarm = { instant, fn };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    advance(ms) {
      now += ms;
      for (const alarm of [...alarms].filter(({ instant }) => instant <= now)) if (alarms.delete(alarm)) alarm.fn();
    },
  };
}

export interface Scripted {
  graph: GraphConnector;
  clock: HastyClock;
  origin: string;
  /** Requests to Graph, oldest first. */
  asked: Asked[];
  /** Requests for tokens. */
  tokens: Asked[];
  marked: WakeKey[];
  logged: { fields: object; message: string }[];
  script(script: Script): void;
  /** Answers of the sign-in service; null for good ones. */
  signIn(script: Script | null): void;
  /** Resolves when so many requests have come to Graph. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface ScriptedOptions { config?: Partial<GraphConfigInput>; env?: Record<string, string | undefined>; clock?: HastyClock; publicUrl?: string; mark?: (keys: WakeKey[]) => Promise<void> }

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text;
}

function failing(): Told {
  return { status: 500 };
}

/** A connector, and a Graph that says what the test tells it to, over TLS on loopback. */
export async function startScripted({ config = {}, env = { SECRET: 'top-secret-value' }, clock = hastyClock(), publicUrl = 'https://tieline.test', mark }: ScriptedOptions = {}): Promise<Scripted> {
  const certificate = await localCertificate();
  const asked: Asked[] = [];
  const tokens: Asked[] = [];
  const marked: WakeKey[] = [];
  const logged: Scripted['logged'] = [];
  let script: Script = failing;
  let signIn: Script | null = null;
  let watchers: { count: number; done: () => void }[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const { pathname: path, searchParams: query } = new URL(url, 'https://graph.test');
    const got: Asked = { method: request.method ?? '', url, path, query, headers: request.headers, body: await readAll(request) };
    const isToken = path.endsWith('/oauth2/v2.0/token');
    (isToken ? tokens : asked).push(got);
    const goodToken = (): Told => ({ json: { token_type: 'Bearer', expires_in: 3_599, access_token: `token-${tokens.length}` } });
    const told = isToken ? (signIn ?? goodToken)(got) : script(got);
    watchers = watchers.filter(({ count, done }) => {
      if (asked.length < count) return true;
      done();
      return false;
    });
    if (told === 'hang') return;
    if (told === 'cut') return void request.socket.destroy();
    const { status = 200, headers = {}, json, text } = told;
    response.writeHead(status, { ...(json === undefined ? {} : { 'content-type': 'application/json' }), 'request-id': 'r-1', ...headers });
    response.end(text ?? (json === undefined ? undefined : JSON.stringify(json)));
  }

  const server = createServer(certificate, (request, response) => void answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `https://localhost:${typeof address === 'object' && address ? address.port : 0}`;
  const note = (fields: object, message: string): void => void logged.push({ fields, message });
  const log: Log = { ...silent, debug: note, info: note, warn: note, error: note, child: () => log };
  const graph = createGraph({
    config: graphConfig.parse({ type: 'graph', instance: 'm365', tenantId, clientId, clientSecretEnv: 'SECRET', baseUrl: origin, authority: origin, ...config }),
    clock, log, publicUrl, ca: certificate.cert, env, random: () => 0,
    wake: { mark: mark ?? (async (keys) => void marked.push(...keys)) },
  });
  return {
    graph, clock, origin, asked, tokens, marked, logged,
    script: (next) => (script = next),
    signIn: (next) => (signIn = next),
    arrived: (count) => new Promise((resolve) => {
      if (asked.length >= count) resolve();
      else watchers.push({ count, done: resolve });
    }),
    async close() {
      await graph.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Graph's error body. */
export function refused(status: number, code: string, { message = 'No.', headers = {} }: { message?: string; headers?: Record<string, string> } = {}): Told {
  return { status, headers, json: { error: { code, message } } };
}

/** A whole event as Graph tells it; every member can be told otherwise. */
export function row(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    '@odata.etag': 'W/"1"', id: 'event-1', iCalUId: '040000008200E00074C5B7101A82E008', type: 'singleInstance', seriesMasterId: null, originalStartTimeZone: 'W. Europe Standard Time',
    start: { dateTime: '2026-11-23T09:00:00.0000000', timeZone: 'UTC' }, end: { dateTime: '2026-11-23T10:00:00.0000000', timeZone: 'UTC' }, isAllDay: false, subject: 'Weekly',
    body: { contentType: 'html', content: '<p>Join</p>' }, location: { displayName: 'Room 1' }, organizer: { emailAddress: { name: 'Ann', address: 'Ann@Contoso.test' } }, isOrganizer: true,
    attendees: [], isCancelled: false, isDraft: false, sensitivity: 'normal', recurrence: null, lastModifiedDateTime: '2026-11-20T08:00:00Z', ...more,
  };
}
