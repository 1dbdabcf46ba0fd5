import type { z } from 'zod';
import { availabilitySettings } from '../../../../contract/availability/availability.ts';
import type { availabilityAdminApi, ReplayView } from '../../../../contract/availability/admin.ts';
import { availabilityWarnings, type AvailabilityWarning } from '../../../../contract/availability/warnings.ts';
import { OurError, TheirError, UserError } from '../../../domain/errors.ts';
import { putWork } from '../../../store/work.ts';
import { findPersonState } from '../rows.ts';
import { compare } from './compare.ts';
import type { AvailabilityAdminDeps, Proposed } from './deps.ts';
import { dropReplaysBefore, duePeople, findReplay, insertReplay, putReplayed, replayedPeople, type Replay, type Replayed } from './replay-rows.ts';
import { iso } from './outcome.ts';
import { readCalendar } from './read-calendar.ts';

const day = 24 * 60 * 60_000;
const keptMs = 7 * day;
/** People in one piece of work: some seconds, so that a killed process repeats little. */
const atOnce = 40;
/** Calendars that are read side by side; the connector's own budgets stand above it. */
const sideBySide = 4;
/** Named in the answer. */
const mostNamed = 50;

/** Begins a replay (P11): the people whom the proposal reaches, each with a line. The same id again is the same replay. */
export async function startReplay(deps: AvailabilityAdminDeps, tenantId: string, id: string, body: z.output<typeof availabilityAdminApi.startReplay.body>): Promise<ReplayView> {
  const now = deps.clock.now();
  const { weeks, ...proposed } = body;
  const owners = await deps.people.withLines(tenantId);
  const members = proposed.group === null ? null : await deps.inGroup(tenantId, proposed.group);
  const people = owners.filter((personId) => members === null || members.has(personId));
  const [first] = people;
  if (first === undefined) throw new UserError(422, { code: 'nobody-to-replay', message: 'Nobody whom these settings reach has a phone line.', remedy: 'Give them lines first, under People.' });
  // Settings that cannot be are refused now, not person by person.
  await deps.policyIf(tenantId, first, proposed);
  await deps.store.transaction(async (tx) => {
    await dropReplaysBefore(tx, tenantId, now - keptMs);
    if (await insertReplay(tx, tenantId, { id, proposed, from: now - weeks * 7 * day, to: now, madeAt: now }, people)) await putWork(tx, { tenantId, kind: 'availability.replay', key: id, dueAt: now });
  });
  return viewReplay(deps, tenantId, id);
}

/** Work `availability.replay`: some people further. What is read of a calendar is compared and forgotten; only the result is written. */
export async function goOn(deps: AvailabilityAdminDeps, tenantId: string, id: string): Promise<{ againAt: number } | void> {
  const replay = await findReplay(deps.store.db, tenantId, id);
  if (!replay) return;
  const due = await duePeople(deps.store.db, tenantId, id, atOnce);
  for (let first = 0; first < due.length; first += sideBySide) {
    await Promise.all(due.slice(first, first + sideBySide).map((personId) => replayPerson(deps, tenantId, replay, personId)));
  }
  if (due.length > 0) return { againAt: deps.clock.now() };
}

async function replayPerson(deps: AvailabilityAdminDeps, tenantId: string, { id, proposed, from, to }: Replay, personId: string): Promise<void> {
  const mailbox = await deps.people.mailboxOf(tenantId, personId);
  if (!mailbox) return putReplayed(deps.store.db, tenantId, id, personId, 'no-mailbox', null);
  const [before, after, known] = await Promise.all([deps.policyOf(tenantId, personId), deps.policyIf(tenantId, personId, proposed), findPersonState(deps.store.db, tenantId, personId)]);
  try {
    const appointments = await readCalendar(deps, mailbox, { from, to }, before);
    const zones = { before: known?.zone ?? (before.phoneTimeZone || 'UTC'), after: known?.zone ?? (after.phoneTimeZone || 'UTC') };
    const seen = { before: before.followsCalendar ? before : deaf(before), after: after.followsCalendar ? after : deaf(after) };
    await putReplayed(deps.store.db, tenantId, id, personId, 'replayed', compare(appointments, seen, zones, { from, to }));
  } catch (error) {
    // The connector has tried again by itself; one mailbox that stays shut holds up nobody else, and is told.
    if (!(error instanceof TheirError)) throw error;
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'a calendar cannot be read for a replay');
    await putReplayed(deps.store.db, tenantId, id, personId, 'unread', null);
  }
}

/** Without its calendar somebody is what nothing else makes of them. */
function deaf<P extends { mapping: Readonly<Record<string, unknown>> }>(policy: P): P {
  return { ...policy, rules: [], mapping: Object.fromEntries(Object.keys(policy.mapping).map((input) => [input, 'ignore'])) };
}

/** @throws UserError 404 */
export async function viewReplay(deps: AvailabilityAdminDeps, tenantId: string, id: string): Promise<ReplayView> {
  const replay = await findReplay(deps.store.db, tenantId, id);
  if (!replay) throw new UserError(404, { code: 'replay-unknown', message: 'This replay is not known any more.', remedy: 'Begin a new one; results are kept for seven days.' });
  const all = await replayedPeople(deps.store.db, tenantId, id);
  const read = all.flatMap((each) => each.result ?? []);
  const done = all.filter((each) => each.outcome !== 'due');
  return {
    id, state: done.length === all.length ? 'done' : 'running', from: iso(replay.from), to: iso(replay.to), madeAt: iso(replay.madeAt),
    people: all.length, done: done.length, unread: all.filter((each) => each.outcome === 'unread').length,
    changedPeople: read.filter((each) => each.changedMinutes > 0).length,
    changedMinutes: sum(read.map((each) => each.changedMinutes)), untold: sum(read.map((each) => each.untold)), appointments: sum(read.map((each) => each.appointments)),
    before: added(read.map((each) => each.before)), after: added(read.map((each) => each.after)), warnings: warningsOf(replay.proposed),
    most: done.filter((each) => each.outcome !== 'replayed' || (each.result?.changedMinutes ?? 0) > 0).slice(0, mostNamed).map(namedOf),
  };
}

/** Of what is proposed alone: what it leaves open is as it begins. */
function warningsOf({ set }: Proposed): AvailabilityWarning[] {
  const { schema, standard } = availabilitySettings;
  const read = <Key extends 'followsCalendar' | 'mapping' | 'rules'>(key: Key): (typeof standard)[Key] => {
    const parsed = schema[key].safeParse(set[key]);
    return parsed.success ? parsed.data : standard[key];
  };
  return availabilityWarnings({ followsCalendar: read('followsCalendar'), mapping: read('mapping'), rules: read('rules') });
}

function namedOf({ personId, name, outcome, result }: Replayed): ReplayView['most'][number] {
  if (outcome === 'due') throw new OurError('somebody who is not replayed yet was named');
  const stretches = (result?.stretches ?? []).map(({ from, to, before, after }) => ({ from: iso(from), to: iso(to), before, after }));
  return { personId, name, outcome, changedMinutes: result?.changedMinutes ?? 0, stretches, untold: result?.untold ?? 0 };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function added(all: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const each of all) for (const [face, minutes] of Object.entries(each)) total[face] = (total[face] ?? 0) + minutes;
  return total;
}
