import { sql, type Selectable } from 'kysely';
import type { Queries } from '../../store/schema.ts';
import type { AvailabilityPersonRow } from '../../store/tables/availability.ts';
import type { Moment } from './rules/moment.ts';
import type { ManualChoice, OutOfOffice, RidingState, Why } from './rules/sources.ts';
import type { Availability, Face, State } from './rules/state.ts';

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
  const rows = await db.selectFrom('availability_person').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', sql<string>`any(${[...personIds]})`).execute();
  return new Map(rows.map((row) => [row.person_id, readState(row)]));
}

/** What a phone shows of somebody. */
export type ShownPersonState = Pick<PersonState, 'state' | 'until' | 'next' | 'zone'>;

/** What phones show of many people, and nothing else: at a boundary it is read for all of them. */
export async function findShownStates(db: Queries, tenantId: string, personIds: readonly string[]): Promise<Map<string, ShownPersonState>> {
  const rows = await db.selectFrom('availability_person').select(['person_id', 'availability', 'face', 'title', 'until', 'next_state', 'zone']).where('tenant_id', '=', tenantId).where('person_id', '=', sql<string>`any(${[...personIds]})`).execute();
  return new Map(rows.map((row) => [row.person_id, {
    state: { availability: row.availability as Availability, face: row.face as Face, title: row.title }, until: row.until?.getTime() ?? null, next: row.next_state as State | null, zone: row.zone,
  }]));
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

/** IANA zone of somebody's mailbox as the mail system told it, null where it told none that is known, and when that was; null while nobody was asked. */
export async function toldZone(db: Queries, tenantId: string, personId: string): Promise<{ zone: string | null; at: number } | null> {
  const row = await db.selectFrom('availability_person').select(['zone', 'absence_asked_at']).where('tenant_id', '=', tenantId).where('person_id', '=', personId).executeTakeFirst();
  return row?.absence_asked_at ? { zone: row.zone, at: row.absence_asked_at.getTime() } : null;
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

/** Of their mailbox's automatic replies and its zone nothing is known any more: it is gone, or another one counts. True when something was. */
export async function forgetAbsence(db: Queries, tenantId: string, personId: string): Promise<boolean> {
  const changed = await db.updateTable('availability_person').set({ out_from: null, out_to: null, zone: null, absence_asked_at: null })
    .where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('absence_asked_at', 'is not', null).executeTakeFirst();
  return changed.numUpdatedRows > 0n;
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
  const rows = await db.selectFrom('availability_person').select(['person_id', 'out_from', 'out_to']).where('tenant_id', '=', tenantId).where('absence_asked_at', 'is not', null).execute();
  return new Map(rows.map((row) => [row.person_id, row.out_from ? { from: row.out_from.getTime(), to: row.out_to?.getTime() ?? Infinity } : null]));
}

/** What is to be written of somebody. Instants epoch ms, UTC. */
export interface MomentPut {
  personId: string;
  /** As it was when their facts were read; null when nothing was there. */
  before: PersonState | null;
  moment: Moment;
  since: number;
  /** State or reason are others than were told. */
  isNews: boolean;
  /** The choice by hand has ended and is forgotten. */
  clearManual: boolean;
}

/**
 * Writes what timelines say now, and a line of history where it is news. Returns whose was written: not that of somebody who chose something by hand since they were read, and of nobody who does not exist.
 * In two statements, however many people.
 */
export async function putMoments(db: Queries, tenantId: string, puts: readonly MomentPut[], now: number): Promise<Set<string>> {
  const rows = JSON.stringify(puts.toSorted((a, b) => (a.personId < b.personId ? -1 : 1)).map(({ personId, before, moment: { state, why, until, next }, since, isNews, clearManual }) => ({
    person_id: personId, availability: state.availability, face: state.face, title: state.title, why_source: why.source, why_rule: why.rule, why_event: why.eventId, since: new Date(since),
    until: until === null ? null : new Date(until), next_state: next, is_new: before === null, seen_manual: before?.manual ?? null, clears: clearManual, is_news: isNews,
  })));
  const at = new Date(now);
  const { rows: written } = await sql<{ person_id: string }>`
    with said as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb) as s(person_id text, availability text, face text, title text, why_source text, why_rule text, why_event text, since timestamptz, until timestamptz,
        next_state jsonb, is_new boolean, seen_manual jsonb, clears boolean, is_news boolean)
    ), changed as (
      update availability_person as p set availability = said.availability, face = said.face, title = said.title, why_source = said.why_source, why_rule = said.why_rule, why_event = said.why_event,
        since = said.since, until = said.until, next_state = said.next_state, looked_at = ${at}, manual = case when said.clears then null else p.manual end
      from said where p.tenant_id = ${tenantId} and p.person_id = said.person_id and not said.is_new and p.manual is not distinct from said.seen_manual
      returning p.person_id, p.availability, p.face, p.why_source, p.why_rule, p.why_event, said.is_news
    ), made as (
      insert into availability_person (tenant_id, person_id, availability, face, title, why_source, why_rule, why_event, since, until, next_state, looked_at)
      select ${tenantId}, said.person_id, said.availability, said.face, said.title, said.why_source, said.why_rule, said.why_event, said.since, said.until, said.next_state, ${at}
      from said join person on person.tenant_id = ${tenantId} and person.person_id = said.person_id where said.is_new
      on conflict do nothing returning person_id, availability, face, why_source, why_rule, why_event, true as is_news
    ), written as (
      select * from changed union all select * from made
    ), noted as (
      insert into availability_history (tenant_id, person_id, at, availability, face, why_source, why_rule, why_event)
      select ${tenantId}, person_id, ${at}, availability, face, why_source, why_rule, why_event from written where is_news
    )
    select person_id from written`.execute(db);
  return new Set(written.map((row) => row.person_id));
}

/** Those of these people who exist. */
export async function existing(db: Queries, tenantId: string, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('availability_person').select('person_id').where('tenant_id', '=', tenantId).where('person_id', '=', sql<string>`any(${[...personIds]})`).execute();
  return new Set(rows.map((row) => row.person_id));
}

/** What somebody was, the newest first. */
export async function historyOf(db: Queries, tenantId: string, personId: string, limit: number): Promise<{ at: number; face: Face; availability: Availability; why: Why }[]> {
  const rows = await db.selectFrom('availability_history').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId).orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
  return rows.map((row) => ({ at: row.at.getTime(), face: row.face as Face, availability: row.availability as Availability, why: { source: row.why_source, rule: row.why_rule, eventId: row.why_event } as Why }));
}

export async function dropHistoryBefore(db: Queries, instant: number): Promise<void> {
  await db.deleteFrom('availability_history').where('at', '<', new Date(instant)).execute();
}

/** Everybody of whom anything was ever told or chosen. */
export async function everybodyKnown(db: Queries, tenantId: string): Promise<string[]> {
  const rows = await db.selectFrom('availability_person').select('person_id').where('tenant_id', '=', tenantId).orderBy('person_id').execute();
  return rows.map((row) => row.person_id);
}

const day = 24 * 60 * 60_000;

/**
 * Forgets states whose meetings are over: of one occurrence a month after it, else when no calendar has shown the meeting for longer than the rarest series pauses (a year). A meeting that nobody has seen yet may
 * lie as far ahead.
 */
export async function forgetRiding(db: Queries, now: number): Promise<void> {
  await db.updateTable('availability_meeting as m').set({ last_seen_at: new Date(now) })
    .where(({ exists, selectFrom }) => exists(selectFrom('availability_event as e').select('e.event_id').whereRef('e.tenant_id', '=', 'm.tenant_id').whereRef('e.series_key', '=', 'm.series_key')))
    .execute();
  await db.deleteFrom('availability_meeting')
    .where(({ or, and, eb }) => or([eb('last_seen_at', '<', new Date(now - 400 * day)), and([eb('occurrence', '!=', ''), eb('occurrence', '<', new Date(now - 30 * day).toISOString()), eb('chosen_at', '<', new Date(now - 30 * day))])]))
    .execute();
}

/** States that ride on meetings of this person. */
export async function ridingOf(db: Queries, tenantId: string, personId: string): Promise<RidingState[]> {
  return (await ridingOfMany(db, tenantId, [personId])).get(personId) ?? [];
}

/** The same of many; whoever has none is not in it. */
export async function ridingOfMany(db: Queries, tenantId: string, personIds: readonly string[]): Promise<Map<string, RidingState[]>> {
  const rows = await db.selectFrom('availability_meeting').select(['person_id', 'series_key', 'occurrence', 'availability']).where('tenant_id', '=', tenantId).where('person_id', '=', sql<string>`any(${[...personIds]})`).execute();
  const all = new Map<string, RidingState[]>();
  for (const row of rows) {
    const availability = row.availability as Availability;
    const mine = all.get(row.person_id) ?? [];
    mine.push({ seriesKey: row.series_key, originalStart: row.occurrence === '' ? null : Date.parse(row.occurrence), availability, face: availability });
    all.set(row.person_id, mine);
  }
  return all;
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
