import { sql } from 'kysely';
import type { ShownState } from '../../../ports/presence-target.ts';
import type { Queries } from '../../../store/schema.ts';

/** Queries on what phone systems were told, and what phones do. Instants epoch ms, UTC. */

/** What a target shows. */
export interface Shown {
  instance: string;
  target: string;
  shown: ShownState;
}

/** What targets were told last, and when, by instance and target; `shown` is null when they may have forgotten. Whoever was never told is not in it. */
export async function shownAt(db: Queries, tenantId: string, targets: readonly Omit<Shown, 'shown'>[]): Promise<Map<string, { shown: ShownState | null; at: number }>> {
  if (targets.length === 0) return new Map();
  const { rows } = await sql<{ instance: string; target: string; shown: ShownState | null; shown_at: Date | null }>`
    select t.instance, t.target, t.shown, t.shown_at from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as asked(instance text, target text)
    join availability_target t on t.tenant_id = ${tenantId} and t.instance = asked.instance and t.target = asked.target`.execute(db);
  return new Map(rows.map((row) => [`${row.instance}\n${row.target}`, { shown: row.shown, at: row.shown_at?.getTime() ?? 0 }]));
}

export async function putShown(db: Queries, tenantId: string, told: readonly Shown[], now: number): Promise<void> {
  await sql`
    insert into availability_target (tenant_id, instance, target, shown, shown_at)
    select ${tenantId}, told.instance, told.target, told.shown, ${new Date(now)} from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as told(instance text, target text, shown jsonb)
    order by told.instance collate "C", told.target collate "C"
    on conflict (tenant_id, instance, target) do update set shown = excluded.shown, shown_at = excluded.shown_at`.execute(db);
}

/** The phone system may have forgotten all that it was told. Returns the targets. */
export async function forgetShown(db: Queries, tenantId: string, instance: string): Promise<string[]> {
  const rows = await db.updateTable('availability_target').set({ shown: null }).where('tenant_id', '=', tenantId).where('instance', '=', instance).returning('target').execute();
  return rows.map((row) => row.target);
}

/** Every line that was ever told something. */
export async function everyTarget(db: Queries, tenantId: string): Promise<Omit<Shown, 'shown'>[]> {
  return db.selectFrom('availability_target').select(['instance', 'target']).where('tenant_id', '=', tenantId).orderBy('instance').orderBy('target').execute();
}

export async function dropTarget(db: Queries, tenantId: string, { instance, target }: Omit<Shown, 'shown'>): Promise<void> {
  await db.deleteFrom('availability_target').where('tenant_id', '=', tenantId).where('instance', '=', instance).where('target', '=', target).execute();
}

/** The phone system may have forgotten what it was told for this extension, in whatever context. */
export async function forgetShownOf(db: Queries, tenantId: string, instance: string, extension: string): Promise<void> {
  await db.updateTable('availability_target').set({ shown: null }).where('tenant_id', '=', tenantId).where('instance', '=', instance)
    .where(sql<boolean>`right(target, ${extension.length + 1}) = ${`/${extension}`}`).execute();
}

/** True when this is news. */
export async function putPhone(db: Queries, tenantId: string, instance: string, device: string, isBusy: boolean, now: number): Promise<boolean> {
  const written = await db
    .insertInto('availability_phone')
    .values({ tenant_id: tenantId, instance, device, is_busy: isBusy, since: new Date(now) })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'instance', 'device']).doUpdateSet({ is_busy: isBusy, since: new Date(now) }).where('availability_phone.is_busy', '!=', isBusy))
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** What was told of every device of a phone system, by its name. */
export async function knownPhones(db: Queries, tenantId: string, instance: string): Promise<Map<string, boolean>> {
  const rows = await db.selectFrom('availability_phone').select(['device', 'is_busy']).where('tenant_id', '=', tenantId).where('instance', '=', instance).execute();
  return new Map(rows.map((row) => [row.device, row.is_busy]));
}

/** Whether the other system was told of a call, and when; null when never. */
export async function dotOf(db: Queries, tenantId: string, personId: string): Promise<{ isInCall: boolean; at: number } | null> {
  const row = await db.selectFrom('availability_dot').select(['is_in_call', 'told_at']).where('tenant_id', '=', tenantId).where('person_id', '=', personId).executeTakeFirst();
  return row ? { isInCall: row.is_in_call, at: row.told_at.getTime() } : null;
}

export async function putDot(db: Queries, tenantId: string, personId: string, isInCall: boolean, now: number): Promise<void> {
  const said = { is_in_call: isInCall, told_at: new Date(now) };
  await db.insertInto('availability_dot').values({ tenant_id: tenantId, person_id: personId, ...said }).onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet(said)).execute();
}

/** Everybody whom the other system was told to be in a call. */
export async function toldInCall(db: Queries, tenantId: string): Promise<string[]> {
  const rows = await db.selectFrom('availability_dot').select('person_id').where('tenant_id', '=', tenantId).where('is_in_call', '=', true).execute();
  return rows.map((row) => row.person_id);
}

/** Devices that are in a call, as instance and name with a slash between. */
export async function busyPhones(db: Queries, tenantId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('availability_phone').select(['instance', 'device']).where('tenant_id', '=', tenantId).where('is_busy', '=', true).execute();
  return new Set(rows.map((row) => `${row.instance}/${row.device}`));
}

/** What the other system was told stands in somebody else's name. True when it was told of a call that goes on. */
export async function dropDot(db: Queries, tenantId: string, personId: string): Promise<boolean> {
  const row = await db.deleteFrom('availability_dot').where('tenant_id', '=', tenantId).where('person_id', '=', personId).returning('is_in_call').executeTakeFirst();
  return row?.is_in_call === true;
}

/** Whether one of the devices is in a call; null when nothing is known of any. */
export async function arePhonesBusy(db: Queries, tenantId: string, instance: string, devices: readonly string[]): Promise<boolean | null> {
  if (devices.length === 0) return null;
  const rows = await db.selectFrom('availability_phone').select('is_busy').where('tenant_id', '=', tenantId).where('instance', '=', instance).where('device', 'in', [...devices]).execute();
  return rows.length === 0 ? null : rows.some((row) => row.is_busy);
}

/** A device as it was last told. */
export interface PhoneSeen {
  instance: string;
  device: string;
  isBusy: boolean;
  since: number;
}

/** What is known of any of these devices, on whatever phone system. */
export async function phonesAmong(db: Queries, tenantId: string, devices: readonly string[]): Promise<PhoneSeen[]> {
  if (devices.length === 0) return [];
  const rows = await db.selectFrom('availability_phone').select(['instance', 'device', 'is_busy', 'since']).where('tenant_id', '=', tenantId).where('device', 'in', [...new Set(devices)]).execute();
  return rows.map((row) => ({ instance: row.instance, device: row.device, isBusy: row.is_busy, since: row.since.getTime() }));
}
