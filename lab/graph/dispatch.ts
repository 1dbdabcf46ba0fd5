import { randomUUID } from 'node:crypto';
import { ExchangeError } from '../exchange/index.ts';
import { GraphError, statusOf } from './errors.ts';
import type { FaultBoard } from './faults.ts';
import { failureOf } from './faults.ts';
import { readPrefer } from './prefer.ts';
import { findRoute } from './router.ts';
import type { Found } from './router.ts';
import type { Call, GraphWorld, Reply } from './types.ts';

/** A reply, and whose mailbox it was about. `isCut`: the connection shall be cut instead of answering. */
export interface Dispatched { reply: Reply; mailboxId: string | null; isCut: boolean }

/** What Graph answers to an error. `call` gives the ids that clients quote to support. */
export function errorReply({ status, code, message, headers, extra }: GraphError, requestId: string, clientRequestId: string, now: number): Reply {
  const date = new Date(now).toISOString().slice(0, 19);
  return { status, headers, body: { error: { code, message, ...extra, innerError: { date, 'request-id': requestId, 'client-request-id': clientRequestId } } } };
}

function asGraphError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  if (error instanceof ExchangeError) return new GraphError(statusOf(error.code), error.code, error.message);
  throw error;
}

/** Lets requests that arrived together stand side by side, as they would at a server that takes its time: else none would ever see the limit of four. */
async function breathe({ clock }: GraphWorld, faults: FaultBoard): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (faults.slowMs() > 0) await clock.sleep(faults.slowMs());
}

async function work(call: Call, { route, params, mailbox }: Found, world: GraphWorld, faults: FaultBoard): Promise<Reply> {
  const leave = route.isOutlook && mailbox ? world.throttle.enterMailbox(call.caller.clientId, mailbox.id) : null;
  try {
    await breathe(world, faults);
    faults.before(call, mailbox?.id ?? null);
    world.checkAccess(call.caller, route.permission, mailbox);
    if (route.below === 'root') return await route.handle({ ...call, params, world });
    if (!mailbox) throw new GraphError(404, 'ErrorInvalidUser', 'The requested user is invalid.');
    return await route.handle({ ...call, params, world, mailbox });
  } finally {
    leave?.();
  }
}

function withPreference(reply: Reply, call: Call): Reply {
  const { applied } = readPrefer(call.headers['prefer']);
  return applied.length === 0 ? reply : { ...reply, headers: { ...reply.headers, 'preference-applied': applied.join(', ') } };
}

/** Works one request, of the wire or of a batch, and never throws for a bad one. */
export async function dispatch(call: Call, world: GraphWorld, faults: FaultBoard): Promise<Dispatched> {
  const requestId = call.headers['request-id'] ?? randomUUID();
  let mailboxId: string | null = null;
  try {
    const found = findRoute(call, world);
    mailboxId = found.mailbox?.id ?? null;
    const reply = withPreference(await work(call, found, world, faults), call);
    const replaced = faults.after(call, mailboxId);
    if (replaced === 0) return { reply, mailboxId, isCut: true };
    if (replaced !== null) throw failureOf(replaced);
    return { reply, mailboxId, isCut: false };
  } catch (error) {
    return { reply: errorReply(asGraphError(error), requestId, call.headers['client-request-id'] ?? requestId, world.clock.now()), mailboxId, isCut: false };
  }
}
