import { putWork } from '../../store/work.ts';
import type { Queries } from '../../store/schema.ts';
import { servingBridges } from './bridge/rows.ts';
import type { ServingBridge } from './bridge/bridge-set.ts';
import { standingOf, watchReason, type Conference, type ConferenceWindow, type MeetingFacts } from './conference.ts';
import type { ConferenceDeps, EffectName } from './deps.ts';
import { step, type Happening, type Why } from './machine.ts';
import { wantOfBridges, writeOnBridge } from './bridge/on-bridge.ts';
import { takeCode } from './admission/take-code.ts';
import { addHistory, keepCodes, lockConference, replaceWindows, retireCode, updateConference, windowsOf } from './rows.ts';

/** What somebody wants to change about a conference they have just read under its lock. */
export interface Wanted {
  /** Runs through the state machine; without it only fields change. */
  happening?: Happening;
  /** Said when fields changed and the state did not. */
  why?: Why;
  fields?: Partial<Conference>;
  /** All windows, or those that start within bounds. */
  windows?: { list: readonly ConferenceWindow[]; within?: { from: number; to: number } };
  /** What happened besides, in a code; said even when no field changed. */
  detail?: string;
  /** Gives up the host's code and draws another. */
  newHostCode?: boolean;
  /** Asks every bridge to be brought there again, whatever it said last. */
  bridges?: 'pending' | 'closing';
  /** Written in the same transaction, after the conference itself. */
  also?: (tx: Queries, next: Conference) => Promise<void>;
}

/** What one bridge answered. */
export interface BridgeAnswer {
  change: Partial<ServingBridge>;
  /** What follows for the conference when so many are in, on all of its bridges together. */
  happening?: (members: number) => Happening;
  /** Written with it; true when somebody who looks at the room must hear of it. */
  also?: (tx: Queries) => Promise<boolean>;
}

/**
 * Changes one conference: under its row's lock, through the state machine, with history, the work that follows and the announcement, all in one transaction.
 * `decide` sees the fresh row and returns null to leave it alone. Returns the conference as it stands afterwards, null when there is none.
 */
export async function changeConference(
  deps: ConferenceDeps, effect: EffectName, tenantId: string, id: string, decide: (conference: Conference) => Wanted | null,
): Promise<Conference | null> {
  return deps.effect(effect, () =>
    deps.store.transaction(async (tx) => {
      const before = await lockConference(tx, tenantId, id);
      if (!before) return null;
      const wanted = decide(before);
      if (!wanted) return before;
      return write(deps, tx, before, wanted);
    }),
  );
}

/** Writes what one bridge answered, under the conference's lock; the conference's own fields and state follow from all of its bridges. `decide` returns null when the answer is out of date. */
export async function changeOnBridge(
  deps: ConferenceDeps, effect: EffectName, tenantId: string, id: string, instance: string, decide: (conference: Conference, bridge: ServingBridge) => BridgeAnswer | null,
): Promise<void> {
  await deps.effect(effect, () =>
    deps.store.transaction(async (tx) => {
      const before = await lockConference(tx, tenantId, id);
      const bridge = before && (await servingBridges(tx, before)).find((each) => each.instance === instance);
      const answer = bridge && decide(before, bridge);
      if (!answer) return;
      const fields = await writeOnBridge(deps, tx, before, instance, answer.change);
      const happening = answer.happening?.(fields.members ?? 0);
      await write(deps, tx, before, { fields, ...(happening ? { happening } : {}) });
      const isRoomChanged = await answer.also?.(tx);
      if (isRoomChanged) deps.live.announce(tx, tenantId, `room:${id}`);
    }),
  );
}

async function write(deps: ConferenceDeps, tx: Queries, before: Conference, wanted: Wanted): Promise<Conference> {
  const now = deps.clock.now();
  const next: Conference = { ...before, ...wanted.fields };
  // Fields first: whether a door is still ahead depends on the times that came with the happening.
  const taken = wanted.happening ? step(standingOf(next, deps.policy), wanted.happening, now) : null;
  if (taken) Object.assign(next, { state: taken.to, why: taken.why, stateSince: now });
  if (!taken && !wanted.also && wanted.detail === undefined && !wanted.newHostCode && !wanted.bridges && !hasChanged(before, next) && !(wanted.windows && (await haveMoved(tx, before, wanted.windows)))) return before;
  const bridgesSaid = next.bridgeState;
  settle(deps, before, next, now);
  if (wanted.bridges) setBridge(next, wanted.bridges, now);
  // A presenter on the phone has a code of their own; nobody does before one is named, for each code is one more that can be guessed.
  if (next.presenterCode === null && next.roles.some(({ role }) => role === 'presenter')) {
    next.presenterCode = await takeCode(deps, tx, next, 'presenter', codesRestUntil(deps, next, now), now);
  }
  if (wanted.newHostCode) {
    await retireCode(tx, next.tenantId, before.hostCode);
    next.hostCode = await takeCode(deps, tx, next, 'host', codesRestUntil(deps, next, now), now);
  }
  next.version = before.version + 1;
  await updateConference(tx, next);
  const isAsked = wanted.bridges !== undefined || next.bridgeState !== bridgesSaid;
  if (isAsked && (next.bridgeState === 'pending' || next.bridgeState === 'closing')) await wantOfBridges(deps, tx, next, next.bridgeState, now);
  if (wanted.windows) await replaceWindows(tx, next.tenantId, next.id, wanted.windows.list, wanted.windows.within);
  const isTold = taken !== null || wanted.why !== undefined || wanted.detail !== undefined;
  if (isTold) {
    const why = taken?.why ?? wanted.why ?? before.why;
    await addHistory(tx, next, { at: now, from: before.state, to: next.state, why, detail: wanted.detail ?? null });
  }
  await keepCodes(tx, next.tenantId, next.id, codesRestUntil(deps, next, now));
  await wanted.also?.(tx, next);
  await followUp(deps, tx, before, next, now);
  return next;
}

/** A series is read again every day: what stands already is no change, or everybody who has it on the screen would be told that it is out of date. */
async function haveMoved(tx: Queries, { tenantId, id }: Conference, { list, within }: NonNullable<Wanted['windows']>): Promise<boolean> {
  const known = (await windowsOf(tx, tenantId, id)).filter(({ startsAt }) => !within || (startsAt >= within.from && startsAt < within.to));
  const named = (windows: readonly ConferenceWindow[]): string => JSON.stringify(windows.map((each) => [each.originalStart, each.startsAt, each.endsAt]).toSorted(([a = 0], [b = 0]) => a - b));
  return named(known) !== named(list);
}

function hasChanged(before: Conference, next: Conference): boolean {
  return (Object.keys(next) as (keyof Conference)[]).some((key) => JSON.stringify(before[key]) !== JSON.stringify(next[key]));
}

/** What a state brings with it, whichever way it was reached. */
function settle(deps: ConferenceDeps, before: Conference, next: Conference, now: number): void {
  const isWanted = next.state === 'scheduled' || next.state === 'live';
  if (isWanted && next.bridgeState !== 'agreed' && next.bridgeState !== 'pending') setBridge(next, 'pending', now);
  if (!isWanted && (next.bridgeState === 'agreed' || next.bridgeState === 'pending')) setBridge(next, 'closing', now);
  if (next.state === before.state) return;
  next.restorableUntil = next.state === 'cancelled' ? now + deps.policy.restoreMs : null;
  if (next.state === 'held') next.expiresAt = now + deps.policy.holdMs;
  // What brings an event back binds it anew; a cancelled one was seen for good.
  if (next.state === 'held' || next.state === 'expired' || next.state === 'cancelled') Object.assign(next, { confirmBy: null });
  if (next.state === 'held') Object.assign(next, { eventId: null, eventVersion: null, eventModifiedAt: null, seriesKey: null, seenAt: null });
}

function setBridge(conference: Conference, state: Conference['bridgeState'], now: number): void {
  Object.assign(conference, { bridgeState: state, bridgeSince: now, bridgeError: null });
}

/** For the codes of a series without end. */
const endOfTime = Date.parse('9999-12-31T00:00:00Z');

/** Codes belong to a conference until its last chance to come back, and rest after that. */
export function codesRestUntil(deps: Pick<ConferenceDeps, 'policy'>, conference: Conference, now: number): number {
  const isLiving = conference.state === 'scheduled' || conference.state === 'live';
  if (isLiving && conference.closesAt === null) return endOfTime;
  const last = Math.max(now, conference.expiresAt, conference.closesAt ?? now, conference.restorableUntil ?? 0);
  return last + deps.policy.codeRestMs;
}

/** How soon the calendar is asked whether the invite was really sent. It needs a moment to save the item; a notification is usually faster. */
const firstLookMs = 15_000;

/** The work that a change leaves behind: the bridge, the next moment in time, the third net; and the announcement. */
export async function followUp(deps: ConferenceDeps, tx: Queries, before: Conference | null, next: Conference, now: number): Promise<void> {
  const { tenantId, id } = next;
  const put = (kind: string, dueAt: number): Promise<void> => putWork(tx, { tenantId, kind, key: id, dueAt });
  if (next.bridgeState === 'pending' || next.bridgeState === 'closing') {
    if (before?.bridgeState !== next.bridgeState || before.bridgeInstance !== next.bridgeInstance || before.bridgeSince !== next.bridgeSince) await put('conference.bridge', now);
  }
  // In the same transaction as the send handler's word: a process that dies here must not leave it unquestioned.
  if (next.confirmBy !== null && next.confirmBy !== before?.confirmBy) await put('conference.confirm', now + firstLookMs);
  const due = nextMoment(deps, next);
  if (due !== null) await put('conference.time', due);
  if (next.state === 'scheduled' && before?.state !== 'scheduled' && next.mailbox) {
    // One that comes back after a long time may lie in a mailbox that was let go.
    await deps.calendars.watch(tx, tenantId, next.mailbox, watchReason);
    // A series that goes live every day is read again as often as any other.
    await putWork(tx, { tenantId, kind: 'conference.reread', key: id, dueAt: now + deps.policy.rereadMs, unlessEarlier: true });
  }
  deps.live.announce(tx, tenantId, `conference:${id}`, `room:${id}`, `conferences:${next.ownerId}`, `conferences:${next.bookerId}`);
}

/** When time itself next matters to this conference, epoch ms; null when it does not. */
function nextMoment(deps: ConferenceDeps, conference: Conference): number | null {
  if (conference.state === 'held') return conference.expiresAt;
  if (conference.state !== 'scheduled' && conference.state !== 'live') return null;
  const closes = conference.closesAt === null ? Infinity : conference.closesAt + deps.policy.closesAfterMs;
  return closes === Infinity ? null : closes;
}

/** A single event's only window. */
export function windowsOfFacts(facts: Pick<MeetingFacts, 'startsAt' | 'endsAt'>): ConferenceWindow[] {
  if (facts.startsAt === null || facts.endsAt === null) return [];
  return [{ originalStart: facts.startsAt, startsAt: facts.startsAt, endsAt: facts.endsAt }];
}
