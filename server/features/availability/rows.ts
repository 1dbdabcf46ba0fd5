import type { Selectable } from 'kysely';
import type { Queries } from '../../store/schema.ts';
import type { AvailabilityPersonRow } from '../../store/tables/availability.ts';
import type { Moment } from './moment.ts';
import type { ManualChoice, OutOfOffice, RidingState, Why } from './sources.ts';
import type { Availability, Face, State } from './state.ts';

/** Queries on people's states, choices and history. Instants epoch ms, UTC. */

/** What a person is, as it stands in the table. */
export interface PersonState {
  state: State;
  why: Why;
  since: number;
  until: number | null;
  next: State | null;
  manual: ManualChoice | null;
  outOfOffice: OutOfOffice | null;
  /** IANA zone of the mailbox, null while nobody told. */
  zone: string | null;
  lookedAt: number;
}

export async function findPersonState(db: Queries, tenantId: string, personId: string): Promise<PersonState | null> {
  return (await findPersonStates(db, tenantId, [personId])).get(personId) ?? null;
}

/** Of many people; those of whom nothing is known are not in it. */
export async function findPersonStates(db: Queries, tenantId: string, personIds: readonly string[]): Promise<Map<string, PersonState>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.selectFrom('availability_person').selectAll().where('tenant_id', '=', tenantId).where('person_id', 'in', [...personIds]).execute();
  return new Map(rows.map((row) => [row.person_id, readState(row)]));
}

function readState(row: Selectable<AvailabilityPersonRow>): PersonState {
  return {
    state: { availability: row.availability as Availability, face: row.face as Face, title: row.title },
    why: { source: row.why_source, rule: row.why_rule, eventId: row.why_event } as Why,
    since: row.since.getTime(),
    until: row.until?.getTime() ?? null,
    next: row.next_state as State | null,
    manual: row.manual as ManualChoice | null,
    outOfOffice: row.out_from ? { from: row.out_from.getTime(), to: row.out_to?.getTime() ?? Infinity } : null,
    zone: row.zone,
    lookedAt: row.looked_at.getTime(),
  };
}

/** What somebody is before anything is known of them: never looked at, so that the first look is news and is shown. */
const blank = { looked_at: new Date(0), availability: 'available', face: 'available', title: null, why_source: 'default', why_rule: 'nothing-else', why_event: null, until: null, next_state: null } as const;

/** The choice by hand, or none. */
export async function putManual(db: Queries, tenantId: string, personId: string, manual: ManualChoice | null, now: number): Promise<void> {
  const chosen = manual === null ? null : JSON.stringify(manual);
  await db
    .insertInto('availability_person')
    .values({ tenant_id: tenantId, person_id: personId, ...blank, since: new Date(now), manual: chosen })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet({ manual: chosen }))
    .execute();
}

/** Automatic replies and zone, as the mail system told them. */
export async function putAbsence(db: Queries, tenantId: string, personId: string, absence: { outOfOffice: OutOfOffice | null; zone: string | null }, now: number): Promise<void> {
  const { outOfOffice, zone } = absence;
  const told = {
    out_from: outOfOffice ? new Date(outOfOffice.from) : null, out_to: outOfOffice && Number.isFinite(outOfOffice.to) ? new Date(outOfOffice.to) : null, zone, absence_asked_at: new Date(now),
  };
  await db
    .insertInto('availability_person')
    .values({ tenant_id: tenantId, person_id: personId, ...blank, since: new Date(now), manual: null, ...told })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet(told))
    .execute();
}

/** What is known of everybody's automatic replies: one question, however many people. Only whom the mail system was asked about. */
export async function knownAbsences(db: Queries, tenantId: string): Promise<Map<string, { from: number; to: number } | null>> {
  const rows = await db.selectFrom('availability_person').select(['person_id', 'out_from', 'out_to']).where('tenant_id', '=', tenantId).where('zone', 'is not', null).execute();
  return new Map(rows.map((row) => [row.person_id, row.out_from ? { from: row.out_from.getTime(), to: row.out_to?.getTime() ?? Infinity } : null]));
}

/** Writes what the timeline says now, and a line of history when it is news. */
export async function putMoment(db: Queries, tenantId: string, personId: string, moment: Moment, more: { since: number; isNews: boolean; clearManual: boolean; now: number }): Promise<void> {
  const { state, why } = moment;
  const said = {
    availability: state.availability, face: state.face, title: state.title, why_source: why.source, why_rule: why.rule, why_event: why.eventId, since: new Date(more.since),
    until: moment.until === null ? null : new Date(moment.until), next_state: moment.next === null ? null : JSON.stringify(moment.next), looked_at: new Date(more.now),
  };
  await db
    .insertInto('availability_person')
    .values({ tenant_id: tenantId, person_id: personId, ...said, manual: null })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet({ ...said, ...(more.clearManual ? { manual: null } : {}) }))
    .execute();
  if (!more.isNews) return;
  await db
    .insertInto('availability_history')
    .values({ tenant_id: tenantId, person_id: personId, at: new Date(more.now), availability: state.availability, face: state.face, why_source: why.source, why_rule: why.rule, why_event: why.eventId })
    .execute();
}

/** What somebody was, the newest first. */
export async function historyOf(db: Queries, tenantId: string, personId: string, limit: number): Promise<{ at: number; face: Face; availability: Availability; why: Why }[]> {
  const rows = await db.selectFrom('availability_history').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId).orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
  return rows.map((row) => ({ at: row.at.getTime(), face: row.face as Face, availability: row.availability as Availability, why: { source: row.why_source, rule: row.why_rule, eventId: row.why_event } as Why }));
}

export async function dropHistoryBefore(db: Queries, instant: number): Promise<void> {
  await db.deleteFrom('availability_history').where('at', '<', new Date(instant)).execute();
}

/** States that ride on meetings of this person. */
export async function ridingOf(db: Queries, tenantId: string, personId: string): Promise<RidingState[]> {
  const rows = await db.selectFrom('availability_meeting').select(['series_key', 'occurrence', 'availability']).where('tenant_id', '=', tenantId).where('person_id', '=', personId).execute();
  return rows.map((row) => {
    const availability = row.availability as Availability;
    return { seriesKey: row.series_key, originalStart: row.occurrence === '' ? null : Date.parse(row.occurrence), availability, face: availability };
  });
}

/** Null takes the choice back. */
export async function putRiding(db: Queries, tenantId: string, personId: string, meeting: { seriesKey: string; originalStart: number | null }, availability: Availability | null, now: number): Promise<void> {
  const place = { tenant_id: tenantId, person_id: personId, series_key: meeting.seriesKey, occurrence: meeting.originalStart === null ? '' : new Date(meeting.originalStart).toISOString() };
  if (availability === null) {
    await db.deleteFrom('availability_meeting').where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('series_key', '=', place.series_key).where('occurrence', '=', place.occurrence).execute();
    return;
  }
  const at = new Date(now);
  await db
    .insertInto('availability_meeting')
    .values({ ...place, availability, chosen_at: at, last_seen_at: at })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id', 'series_key', 'occurrence']).doUpdateSet({ availability, chosen_at: at, last_seen_at: at }))
    .execute();
}
