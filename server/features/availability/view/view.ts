import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import type { AvailabilityDeps, OwnedLine } from '../deps.ts';
import { lookElsewhere } from '../elsewhere/elsewhere.ts';
import { elsewhereOf, type SeenElsewhere } from '../elsewhere/rows.ts';
import { findPersonStates, type PersonState } from '../rows.ts';
import { phonesAmong, type PhoneSeen } from '../phone/target-rows.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

/** A person's state as `viewer` may see it, null for nobody. */
export async function viewOf(deps: AvailabilityDeps, tenantId: string, personId: string, viewer: string): Promise<AvailabilityView | null> {
  return seenBy(viewer, (await viewsOf(deps, tenantId, [personId])).get(personId) ?? null);
}

/** Which event a state comes from, and by which rule, is for the person alone: an administrator's rule may be called "sick-leave". Others learn what kind of source it is. */
export function seenBy(viewer: string, view: AvailabilityView | null): AvailabilityView | null {
  return view === null || view.personId === viewer ? view : { ...view, why: { source: view.why.source, rule: view.why.source, eventId: null } };
}

/** The states of many people, in as many questions to the database as for one. Whoever does not exist is not in it. */
export async function viewsOf(deps: AvailabilityDeps, tenantId: string, personIds: readonly string[]): Promise<Map<string, AvailabilityView>> {
  const { db } = deps.store;
  const [people, states, followed] = await Promise.all([deps.crowd.of(tenantId, personIds), findPersonStates(db, tenantId, personIds), deps.crowd.followed(tenantId, personIds)]);
  const phones = await phonesAmong(db, tenantId, people.flatMap((person) => person.lines.flatMap((line) => [...line.devices])));
  const now = deps.clock.now();
  const elsewhere = await elsewhereOf(db, tenantId, people.map(({ personId }) => personId), now);
  const views = new Map(people.map((person) => {
    const known = person.lines.flatMap((line) => phonesOfLine(line, phones));
    return [person.personId, toView(person, states.get(person.personId) ?? null, known, followed.has(person.personId), elsewhere.get(person.personId) ?? null, now)];
  }));
  await lookElsewhere(deps, tenantId, views.values());
  return views;
}

function phonesOfLine({ pbx, devices }: OwnedLine, phones: readonly PhoneSeen[]): PhoneSeen[] {
  return phones.filter((phone) => phone.instance === pbx && devices.includes(phone.device));
}

function toView(
  { personId, name, hasMailbox, lines }: { personId: string; name: string; hasMailbox: boolean; lines: readonly OwnedLine[] }, standing: PersonState | null, phones: readonly PhoneSeen[], isFollowed: boolean, elsewhere: SeenElsewhere | null, now: number,
): AvailabilityView {
  const missing: AvailabilityView['missing'] = [];
  if (!hasMailbox) missing.push('mailbox');
  if (lines.length === 0) missing.push('line');
  if (!isFollowed) missing.push('switched-off');
  const busySince = phones.flatMap(({ isBusy, since }) => (isBusy ? since : []));
  return {
    personId,
    name,
    state: standing?.state ?? { availability: 'available', face: 'available', title: null },
    why: { source: standing?.why.source ?? 'default', rule: standing?.why.rule ?? 'nothing-else', eventId: standing?.why.eventId ?? null },
    since: iso(standing?.since ?? now),
    until: standing?.until == null ? null : iso(standing.until),
    next: standing?.next ?? null,
    onThePhone: phones.length === 0 ? null : busySince.length > 0,
    onThePhoneSince: busySince.length === 0 ? null : iso(Math.min(...busySince)),
    elsewhere: elsewhere && { availability: elsewhere.availability, isInCall: elsewhere.isInCall, since: iso(elsewhere.since) },
    followsCalendar: isFollowed && hasMailbox,
    missing,
    asOf: iso(now),
  };
}
