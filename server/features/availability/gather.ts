import type { MailboxRef } from '../../domain/calendar.ts';
import { OurError } from '../../domain/errors.ts';
import type { Queries } from '../../store/schema.ts';
import type { Appointment, Stretch } from './rules/appointment.ts';
import type { AvailabilityDeps, PersonPolicy } from './deps.ts';
import { eventsAround, mailboxKey } from './calendar/event-rows.ts';
import { wideReach } from './calendar/look.ts';
import { findPersonStates, ridingOfMany, type PersonState } from './rows.ts';
import type { RidingState } from './rules/sources.ts';
import type { Facts } from './rules/timeline.ts';

/** All that is known of a person, as the timeline wants it. */
export interface Known {
  facts: Facts;
  policy: PersonPolicy;
  before: PersonState | null;
}

/** What is known of somebody besides their calendar. */
export interface Person {
  personId: string;
  policy: PersonPolicy;
  before: PersonState | null;
  riding: RidingState[];
  /** Null where there is none, and where it does not drive the phone. */
  mailbox: MailboxRef | null;
}

/** Somebody whose calendar is still to be asked for: another system has to say which it is. */
export type Unlinked = Omit<Person, 'mailbox'>;

/** All of them in a few questions, however many they are. Asks no other system. */
export async function gatherPeople(deps: AvailabilityDeps, db: Queries, tenantId: string, personIds: readonly string[]): Promise<{ people: Person[]; unlinked: Unlinked[] }> {
  const [policies, states, riding, mailboxes] = await Promise.all([
    deps.crowd.policies(tenantId, personIds), findPersonStates(db, tenantId, personIds), ridingOfMany(db, tenantId, personIds), deps.crowd.mailboxes(tenantId, personIds),
  ]);
  const people: Person[] = [];
  const unlinked: Unlinked[] = [];
  for (const personId of personIds) {
    const policy = policies.get(personId);
    if (!policy) continue;
    const mailbox = policy.followsCalendar ? (mailboxes.get(personId) ?? null) : null;
    const person = { personId, policy, before: states.get(personId) ?? null, riding: policy.followsCalendar ? (riding.get(personId) ?? []) : [] };
    if (policy.followsCalendar && mailbox === null) unlinked.push(person);
    else people.push({ ...person, mailbox });
  }
  return { people, unlinked };
}

/** What the timeline asks for, of one stretch of time each. */
export async function factsOf(db: Queries, tenantId: string, looks: readonly { person: Person; look: Stretch }[]): Promise<Facts[]> {
  const asked = looks.flatMap(({ person: { mailbox }, look }) => (mailbox ? [{ mailbox, look }] : []));
  const events = await eventsAround(db, tenantId, asked);
  return looks.map(({ person }) => factsWith(person, person.mailbox ? (events.get(mailboxKey(person.mailbox)) ?? []) : []));
}

function factsWith({ policy, before, riding }: Person, appointments: readonly Appointment[]): Facts {
  return {
    zone: before?.zone ?? (policy.phoneTimeZone || 'UTC'), appointments, riding, policy,
    outOfOffice: policy.followsCalendar ? (before?.outOfOffice ?? null) : null,
    manual: before?.manual ?? null,
  };
}

/** All that is known of one person, over the whole reach of a timeline. @throws TheirError while another system has to say which calendar it is, and does not. */
export async function gather(deps: AvailabilityDeps, db: Queries, tenantId: string, personId: string, now: number): Promise<Known> {
  const { people: [linked], unlinked: [other] } = await gatherPeople(deps, db, tenantId, [personId]);
  const person = linked ?? (other && { ...other, mailbox: await deps.people.mailboxOf(tenantId, personId) });
  const [facts] = person ? await factsOf(db, tenantId, [{ person, look: wideReach(now) }]) : [];
  if (!person || !facts) throw new OurError('somebody has no settings');
  return { facts, policy: person.policy, before: person.before };
}
