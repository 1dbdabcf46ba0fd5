import { putWork, type WorkPut } from '../../store/work.ts';
import type { BatchOutcome } from '../../store/batch-worker.ts';
import type { AvailabilityDeps } from './deps.ts';
import { factsOf, gatherPeople, type Person } from './gather.ts';
import { lookAgain } from './horizon.ts';
import { nearLook, wideLook, wideReach } from './look.ts';
import { momentOf, type Moment } from './moment.ts';
import { noteFree } from './note-free.ts';
import { existing, putMoments, type MomentPut, type PersonState } from './rows.ts';
import type { Why } from './sources.ts';
import { isSame, timeline, type Facts, type Segment } from './timeline.ts';

export function segmentsAround(facts: Facts, now: number): Segment[] {
  return timeline(facts, wideLook(now));
}

/** What an evaluation says of somebody. */
interface Verdict extends MomentPut {
  person: Person;
  /** Something that panes or phones show changed. */
  isShown: boolean;
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
  const verdicts = (await momentsOf(deps, tenantId, people, now)).map(({ person, moment }) => verdictOf(person, moment, now));
  const shown = verdicts.filter((each) => each.isShown);
  const written = await deps.effect('availability.state.write', () =>
    deps.store.transaction(async (tx) => {
      const all = await putMoments(tx, tenantId, verdicts, now);
      const told = shown.filter(({ person }) => all.has(person.personId));
      await putWork(tx, ...told.flatMap(({ person, moment }) => worksOf(deps, tenantId, person, moment, now)));
      deps.live.announce(tx, tenantId, ...told.map(({ person }) => `availability:${person.personId}`));
      await noteFree(deps, tx, tenantId, told.map(({ person }) => person.personId), now);
      return all;
    }),
  );
  const missed = verdicts.filter(({ person }) => !written.has(person.personId)).map(({ person }) => person.personId);
  const stillThere = missed.length === 0 ? new Set<string>() : await existing(deps.store.db, tenantId, missed);
  return new Map(verdicts.map(({ person: { personId }, moment }): [string, BatchOutcome] => {
    if (written.has(personId)) return [personId, { againAt: Math.min(moment.changesAt ?? Infinity, now + lookAgain) }];
    // They chose something in between: what was judged is not true any more. Whoever was erased is nobody's work.
    return [personId, stillThere.has(personId) ? { againAt: now } : null];
  }));
}

/** By the near look, and for whom that does not show an end by the wide one. */
async function momentsOf(deps: AvailabilityDeps, tenantId: string, people: readonly Person[], now: number): Promise<{ person: Person; moment: Moment }[]> {
  const near = people.flatMap((person) => {
    const look = nearLook(person.before, now);
    return look ? [{ person, look }] : [];
  });
  const nearFacts = await factsOf(deps.store.db, tenantId, near);
  const seen = near.flatMap(({ person, look }, index) => {
    const facts = nearFacts[index];
    const moment = facts && momentOf(timeline(facts, look), now);
    return moment && moment.until !== null ? [{ person, moment }] : [];
  });
  const done = new Set(seen.map(({ person }) => person));
  const wide = people.filter((person) => !done.has(person)).map((person) => ({ person, look: wideReach(now) }));
  const wideFacts = await factsOf(deps.store.db, tenantId, wide);
  return [...seen, ...wide.flatMap(({ person }, index) => {
    const facts = wideFacts[index];
    return facts ? [{ person, moment: momentOf(segmentsAround(facts, now), now) }] : [];
  })];
}

function verdictOf(person: Person, moment: Moment, now: number): Verdict {
  const { personId, before } = person;
  const isNews = !before || before.lookedAt === 0 || !isSame(before.state, moment.state) || !isSameReason(before.why, moment.why);
  const manual = before?.manual ?? null;
  return {
    person, personId, before, moment, isNews,
    since: sinceOf(moment, before, now),
    isShown: isNews || before.until !== moment.until,
    // Forgotten, so that an appointment that moves later cannot bring it back.
    clearManual: manual !== null && manual.chosenAt <= now && moment.why.source !== 'manual',
  };
}

function worksOf(deps: AvailabilityDeps, tenantId: string, { personId, policy }: Person, { state }: Moment, now: number): WorkPut[] {
  const isSpoken = deps.greetings.length > 0 && state.face !== 'available' && policy.greetings[state.face] === 'spoken';
  return ['availability.show', ...(isSpoken ? ['availability.greeting'] : [])].map((kind) => ({ tenantId, kind, key: personId, dueAt: now }));
}

/** The state may be older than our knowing of it, but never older than another state that we told. */
function sinceOf(moment: Moment, before: PersonState | null, now: number): number {
  if (!before) return moment.since;
  return isSame(before.state, moment.state) ? before.since : Math.max(moment.since, Math.min(now, before.lookedAt));
}

function isSameReason(a: Why, b: Why): boolean {
  return a.source === b.source && a.rule === b.rule && a.eventId === b.eventId;
}
