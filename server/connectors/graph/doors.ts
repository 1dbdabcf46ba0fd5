import { TheirError } from '../../domain/errors.ts';
import { withDeadline } from '../../outbound/deadline.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Door, DoorRequest, DoorResponse } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import type { Wake, WakeKey } from '../../ports/wake.ts';
import type { ClientStates } from './client-state.ts';
import { notice, notices } from './schema.ts';

export interface DoorsOptions {
  instance: string;
  tenantId: string;
  states: ClientStates;
  wake: Wake;
  clock: Clock;
  log: Log;
}

/** An answer after 3 s counts as slow, and slow answers delay or drop all notices for our host (graph.md §1). */
const answerMs = 2_500;

/** Tokens that were seen have about 150 characters; the length is not documented. */
const longestToken = 2_048;

/** Forged notices are told to the log this often at most: whoever sends them may not fill the disk. */
const doubtsEveryMs = 60_000;

/** Event ids that name a row of their own; anything longer or stranger is looked for by a sweep. */
const eventId = /^[\w=-]{1,512}$/;

/** One notice that was believed. */
interface Believed { mailboxId: string; changeType: string; lifecycleEvent: string; eventId: string | null }

/** What Graph sends: changes, and news about the subscriptions themselves. */
export function createDoors({ instance, tenantId, states, wake, clock, log }: DoorsOptions): Door[] {
  const doubts = { count: 0, toldAt: -Infinity };

  async function believe(item: unknown): Promise<Believed | null> {
    const read = notice.safeParse(item);
    if (!read.success || !read.data.clientState) return null;
    const { clientState, tenantId: told, changeType, lifecycleEvent, resourceData } = read.data;
    if (told && told.toLowerCase() !== tenantId) return null;
    const mailboxId = await states.mailboxOf(clientState);
    const id = resourceData?.id ?? '';
    return mailboxId === null ? null : { mailboxId, changeType, lifecycleEvent, eventId: eventId.test(id) ? id : null };
  }

  /** Notices may be forged, repeated, late and out of order: they only say where to look. The same answer in every case tells a forger nothing. */
  async function receive(request: DoorRequest, keysOf: (notice: Believed) => WakeKey[]): Promise<DoorResponse> {
    const items = readItems(request.body);
    if (!items) return { status: 400 };
    const read = await Promise.all(items.map(believe));
    const believed = read.filter((each) => each !== null);
    doubt(read.length - believed.length);
    const keys = new Map(believed.flatMap(keysOf).map((key) => [`${key.kind} ${key.key}`, key]));
    if (keys.size > 0) await withDeadline({ clock, connector: instance, what: 'keep a notice', ms: answerMs }, () => wake.mark([...keys.values()]));
    return { status: 202 };
  }

  function doubt(count: number): void {
    doubts.count += count;
    if (doubts.count === 0 || clock.now() < doubts.toldAt + doubtsEveryMs) return;
    log.warn({ doubted: doubts.count }, 'notices without our proof were left aside');
    Object.assign(doubts, { count: 0, toldAt: clock.now() });
  }

  async function answer(request: DoorRequest, keysOf: (notice: Believed) => WakeKey[]): Promise<DoorResponse> {
    const token = request.query.get('validationToken');
    if (token !== null) return handshake(token);
    try {
      return await receive(request, keysOf);
    } catch (error) {
      // Not kept: Graph sends it again, for up to four hours.
      log.error({ err: error, fault: error instanceof TheirError ? error.fault : undefined }, 'notices could not be kept');
      return { status: 503, headers: { 'Retry-After': '10' } };
    }
  }

  function mailboxKey({ mailboxId }: Believed): string {
    return `${instance}/${mailboxId}`;
  }

  function changed(each: Believed): WakeKey[] {
    const key = mailboxKey(each);
    const sweep = { kind: 'calendar.sweep', key };
    if (each.eventId === null) return [sweep];
    const event = { kind: 'calendar.event', key: `${key}/${each.eventId}` };
    // A vanished occurrence cannot be read and has no row of its own: only the sweep sees what its series has become.
    return each.changeType === 'deleted' ? [event, sweep] : [event];
  }

  function lifecycle(each: Believed): WakeKey[] {
    const subscription = { kind: 'calendar.subscription', key: mailboxKey(each) };
    if (each.lifecycleEvent === 'reauthorizationrequired') return [subscription];
    // subscriptionRemoved, missed, and whatever comes to be called otherwise: something was not told.
    return [subscription, { kind: 'calendar.sweep', key: mailboxKey(each) }];
  }

  /** Whatever happened in an inbox, its changes are read by cursor; that a subscription has ended shows when it is renewed. */
  function mailChanged(each: Believed): WakeKey[] {
    return [{ kind: 'mail.changed', key: mailboxKey(each) }];
  }

  // Each notice proves itself; one bad one may not cost us the good ones in the same post. So there is nothing to refuse at the door.
  const common = { methods: ['POST'], verify: () => true };
  return [
    { ...common, path: 'notifications', handle: (request) => answer(request, changed) },
    { ...common, path: 'lifecycle', handle: (request) => answer(request, lifecycle) },
    { ...common, path: 'mail', handle: (request) => answer(request, mailChanged) },
    { ...common, path: 'mail-lifecycle', handle: (request) => answer(request, mailChanged) },
  ];
}

/** Graph asks whether we want its notices: it wants its token back as plain text. Nothing that a browser could take for a page is sent back. */
function handshake(token: string): DoorResponse {
  const isHarmless = token !== '' && token.length <= longestToken && !/[<>\p{Cc}]/u.test(token);
  if (!isHarmless) return { status: 400 };
  return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }, body: token };
}

function readItems(body: Buffer): unknown[] | null {
  try {
    const read = notices.safeParse(JSON.parse(body.toString('utf8')));
    return read.success ? read.data.value : null;
  } catch {
    return null;
  }
}
