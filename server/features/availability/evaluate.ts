import type { BatchOutcome } from '../../store/batch-worker.ts';
import type { AvailabilityDeps } from './deps.ts';
import { factsOf, gatherPeople, type Person } from './gather.ts';
import { lookAgain } from './rules/horizon.ts';
import { nearLook, wideLook, wideReach } from './calendar/look.ts';
import { momentOf, type Moment } from './rules/moment.ts';
import { existing, putMoments, type MomentPut, type PersonState } from './rows.ts';
import type { Why } from './rules/sources.ts';
import { tellOf } from './phone/tell-of.ts';
import type { State } from './rules/state.ts';
import { isSame, timeline, type Facts, type Segment } from './rules/timeline.ts';
import { prepared, type Prepared } from './turn/turn.ts';

export function segmentsAround(facts: Facts, now: number): Segment[] {
  return timeline(facts, wideLook(now));
}

/** What an evaluation says of somebody. */
interface Verdict extends MomentPut {
  person: Person;
  /** Something that panes or phones show changed. */
  isShown: boolean;
  /** What they will be next, for the second at which it comes. */
  prepared: Prepared | undefined;
}

/** A moment, and the one that comes after it; null where that one's own end is not in sight. */
interface Judged {
  moment: Moment;
  coming: Moment | null;
}

/**
 * Work `availability.person`: what people are at this instant. Writes it with its history and the work that shows it, in one transaction, and comes back at each one's next moment of change: nobody is polled to
 * notice that a meeting begins. All people of a batch cost as many questions as one.
 */
export async function evaluate(deps: AvailabilityDeps, tenantId: string, personIds: readonly string[]): Promise<Map<string, BatchOutcome>> {
  const { people, unlinked } = await gatherPeople(deps, deps.store.db, tenantId, personIds);
  const outcomes = await evaluateSome(deps, tenantId, people);
  if (unlinked.length === 0) return outcomes;
  // Those of whom another system has to say which calendar is theirs come last, so that nobody waits for it.
  const found = await Promise.allSettled(unlinked.map(async (person) => ({ ...person, mailbox: await deps.people.mailboxOf(tenantId, person.personId) })));
  found.forEach((each, index) => {
    if (each.status === 'rejected') outcomes.set(unlinked[index]?.personId ?? '', { error: each.reason });
  });
  const late = await evaluateSome(deps, tenantId, found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
  return new Map([...outcomes, ...late]);
}

async function evaluateSome(deps: AvailabilityDeps, tenantId: string, people: readonly Person[]): Promise<Map<string, BatchOutcome>> {
  if (people.length === 0) return new Map();
  const now = deps.clock.now();
  const verdicts = (await momentsOf(deps, tenantId, people, now)).map(({ person, judged }) => verdictOf(deps, person, judged, now));
  const shown = verdicts.filter((each) => each.isShown);
  const written = await deps.effect('availability.state.write', () =>
    deps.store.transaction(async (tx) => {
      const all = await putMoments(tx, tenantId, verdicts, now);
      const told = shown.filter(({ person }) => all.has(person.personId));
      await tellOf(deps, tx, tenantId, told.map(({ person: { personId, policy }, moment }) => ({ personId, isSpoken: isSpoken(deps, policy, moment) })), now);
      return all;
    }),
  );
  const missed = verdicts.filter(({ person }) => !written.has(person.personId)).map(({ person }) => person.personId);
  const stillThere = missed.length === 0 ? new Set<string>() : await existing(deps.store.db, tenantId, missed);
  return new Map(verdicts.map(({ person: { personId }, moment, prepared: payload }): [string, BatchOutcome] => {
    if (written.has(personId)) return [personId, { againAt: Math.min(moment.changesAt ?? Infinity, now + lookAgain), ...(payload && { payload }) }];
    // They chose something in between: what was judged is not true any more. Whoever was erased is nobody's work.
    return [personId, stillThere.has(personId) ? { againAt: now } : null];
  }));
}

/** By the near look, and for whom that does not show two ends by the wide one. */
async function momentsOf(deps: AvailabilityDeps, tenantId: string, people: readonly Person[], now: number): Promise<{ person: Person; judged: Judged }[]> {
  const near = people.flatMap((person) => {
    const look = nearLook(person.before, now);
    return look ? [{ person, look }] : [];
  });
  const nearFacts = await factsOf(deps.store.db, tenantId, near);
  const seen = near.flatMap(({ person, look }, index) => {
    const facts = nearFacts[index];
    const judged = facts && judge(timeline(facts, look), now);
    return judged && judged.moment.until !== null && judged.coming?.until != null ? [{ person, judged }] : [];
  });
  const done = new Set(seen.map(({ person }) => person));
  const wide = people.filter((person) => !done.has(person)).map((person) => ({ person, look: wideReach(now) }));
  const wideFacts = await factsOf(deps.store.db, tenantId, wide);
  return [...seen, ...wide.flatMap(({ person }, index) => {
    const facts = wideFacts[index];
    return facts ? [{ person, judged: judge(segmentsAround(facts, now), now) }] : [];
  })];
}

export function judge(segments: readonly Segment[], now: number): Judged {
  const moment = momentOf(segments, now);
  const coming = moment.changesAt === null ? null : momentOf(segments, moment.changesAt);
  // Where nothing ends it in sight, something may by then.
  return { moment, coming: coming?.until == null ? null : coming };
}

function verdictOf(deps: AvailabilityDeps, person: Person, { moment, coming }: Judged, now: number): Verdict {
  const { personId, before, policy } = person;
  const isNews = !before || before.lookedAt === 0 || !isSame(before.state, moment.state) || !isSameReason(before.why, moment.why);
  const manual = before?.manual ?? null;
  const since = sinceOf(moment, before, now);
  // Forgotten, so that an appointment that moves later cannot bring it back.
  const clearManual = manual !== null && manual.chosenAt <= now && moment.why.source !== 'manual';
  return {
    person, personId, before, moment, isNews, since, clearManual,
    isShown: isNews || before.until !== moment.until || !isSameNext(before.next, moment.next),
    prepared: coming && moment.changesAt !== null ? prepared({ seenAt: now, since, manual: clearManual ? null : manual, now: moment, coming, at: moment.changesAt, speaks: isSpoken(deps, policy, coming) }) : undefined,
  };
}

function isSpoken(deps: AvailabilityDeps, policy: Person['policy'], { state }: Moment): boolean {
  return deps.greetings.length > 0 && state.face !== 'available' && policy.greetings[state.face] === 'spoken';
}

/** The state may be older than our knowing of it, but never older than another state that we told. */
function sinceOf(moment: Moment, before: PersonState | null, now: number): number {
  if (!before) return moment.since;
  return isSame(before.state, moment.state) ? before.since : Math.max(moment.since, Math.min(now, before.lookedAt));
}

/** What comes next is told on displays and in greetings, too. */
function isSameNext(a: State | null, b: State | null): boolean {
  return a === null || b === null ? a === b : isSame(a, b);
}

function isSameReason(a: Why, b: Why): boolean {
  return a.source === b.source && a.rule === b.rule && a.eventId === b.eventId;
}
