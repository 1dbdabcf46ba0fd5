import { sql } from 'kysely';
import type { LineRef, LineSource } from '../../domain/line.ts';
import type { Queries } from '../../store/schema.ts';
import type { Line } from './line.ts';

/** Every query on lines and their members. Instants epoch ms, UTC. */

function read(row: { pbx_id: string; context: string; extension: string; name: string; devices: string[]; voicemail_box: string | null; owner_id: string | null; owner_source: string | null; owner_since: Date | null; claim: string | null }): Line {
  const owner = row.owner_id === null ? null : { personId: row.owner_id, source: (row.owner_source ?? 'administrator') as LineSource, since: row.owner_since?.getTime() ?? 0 };
  return { pbx: row.pbx_id, context: row.context, extension: row.extension, name: row.name, devices: row.devices, voicemailBox: row.voicemail_box, owner, claim: row.claim };
}

export async function allLines(db: Queries, tenantId: string): Promise<Line[]> {
  const rows = await db.selectFrom('line').selectAll().where('tenant_id', '=', tenantId).orderBy('pbx_id').orderBy('context').orderBy('extension').execute();
  return rows.map(read);
}

export async function findLine(db: Queries, tenantId: string, line: LineRef): Promise<Line | null> {
  const row = await db.selectFrom('line').selectAll().where('tenant_id', '=', tenantId).where('pbx_id', '=', line.pbx).where('context', '=', line.context).where('extension', '=', line.extension).executeTakeFirst();
  return row ? read(row) : null;
}

/** Lines that the person owns, in the order of their extensions. */
export async function linesOwnedBy(db: Queries, tenantId: string, personId: string): Promise<Line[]> {
  const rows = await db.selectFrom('line').selectAll().where('tenant_id', '=', tenantId).where('owner_id', '=', personId).orderBy('extension').execute();
  return rows.map(read);
}

/** Lines that any of these people own, in the order of their extensions. */
export async function linesOwnedByAny(db: Queries, tenantId: string, personIds: readonly string[]): Promise<Line[]> {
  if (personIds.length === 0) return [];
  const rows = await db.selectFrom('line').selectAll().where('tenant_id', '=', tenantId).where('owner_id', 'in', [...personIds]).orderBy('extension').execute();
  return rows.map(read);
}

/**
 * Of the lines that any of these people own, those that drive their phone system. It keeps one state for an extension, whatever the context: where lines of two people have the same one, the line drives that has had
 * its owner for longer, so that two people never take turns on one phone (A045).
 */
export async function drivingLines(db: Queries, tenantId: string, personIds: readonly string[]): Promise<Line[]> {
  const rows = await db.selectFrom('line').selectAll('line').where('line.tenant_id', '=', tenantId).where('line.owner_id', '=', sql<string>`any(${[...personIds]})`)
    .where(({ not, exists, selectFrom }) => not(exists(
      selectFrom('line as other').select('other.extension').whereRef('other.tenant_id', '=', 'line.tenant_id').whereRef('other.pbx_id', '=', 'line.pbx_id').whereRef('other.extension', '=', 'line.extension')
        .where('other.owner_id', 'is not', null).whereRef('other.owner_id', '!=', 'line.owner_id').where(sql<boolean>`(other.owner_since, other.context) < (line.owner_since, line.context)`),
    )))
    .orderBy('line.extension').execute();
  return rows.map(read);
}

/** Whose state the phone system keeps for this extension, by the same rule; null when nobody owns a line with it. */
export async function driverOfExtension(db: Queries, tenantId: string, pbx: string, extension: string): Promise<string | null> {
  const longest = await db.selectFrom('line').select('owner_id').where('tenant_id', '=', tenantId).where('pbx_id', '=', pbx).where('extension', '=', extension).where('owner_id', 'is not', null)
    .orderBy('owner_since').orderBy('context').limit(1).executeTakeFirst();
  return longest?.owner_id ?? null;
}

/** Lines of somebody whose extension begins with these digits. */
export async function linesBeginningWith(db: Queries, tenantId: string, digits: string, limit: number): Promise<Line[]> {
  const rows = await db.selectFrom('line').selectAll().where('tenant_id', '=', tenantId).where('owner_id', 'is not', null).where('extension', 'like', `${digits.replaceAll(/\D/g, '')}%`).orderBy('extension').limit(limit).execute();
  return rows.map(read);
}

/** Lines that the person shares. */
export async function linesSharedBy(db: Queries, tenantId: string, personId: string): Promise<Line[]> {
  const rows = await db
    .selectFrom('line')
    .innerJoin('line_member as member', (join) =>
      join.onRef('member.tenant_id', '=', 'line.tenant_id').onRef('member.pbx_id', '=', 'line.pbx_id').onRef('member.context', '=', 'line.context').onRef('member.extension', '=', 'line.extension'),
    )
    .selectAll('line')
    .where('line.tenant_id', '=', tenantId)
    .where('member.person_id', '=', personId)
    .orderBy('line.extension')
    .execute();
  return rows.map(read);
}

/** The line whose voicemail this is; null when there is none, or more than one. */
export async function lineOfBox(db: Queries, tenantId: string, pbx: string, box: string): Promise<Line | null> {
  const rows = await db.selectFrom('line').selectAll().where('tenant_id', '=', tenantId).where('pbx_id', '=', pbx).where('voicemail_box', '=', box).limit(2).execute();
  const [only, other] = rows;
  return only && !other ? read(only) : null;
}

/** A line to write. Its owner's `since` is kept while the owner stays the same person. */
export type LineToPut = Omit<Line, 'owner'> & { owner: { personId: string; source: LineSource } | null };

/** Rows in one statement: 13 values each, and PostgreSQL takes 65,535 in all. */
const rowsAtOnce = 1_000;

export async function putLines(db: Queries, tenantId: string, lines: readonly LineToPut[], now: number): Promise<void> {
  for (let first = 0; first < lines.length; first += rowsAtOnce) await putSome(db, tenantId, lines.slice(first, first + rowsAtOnce), new Date(now));
  // What refers to these lines is checked row by row, by a plan that was made when the table was small: it would read all of them each time.
  if (lines.length > rowsAtOnce) await sql`analyze line`.execute(db);
}

/** Adds lines that a phone system showed; one that is there by now is left as it is. Returns how many are new. */
export async function addLines(db: Queries, tenantId: string, lines: readonly LineToPut[], now: number): Promise<number> {
  let added = 0n;
  for (let first = 0; first < lines.length; first += rowsAtOnce) {
    const { numInsertedOrUpdatedRows } = await db.insertInto('line').values(rowsOf(tenantId, lines.slice(first, first + rowsAtOnce), new Date(now))).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    added += numInsertedOrUpdatedRows ?? 0n;
  }
  return Number(added);
}

function rowsOf(tenantId: string, lines: readonly LineToPut[], at: Date) {
  return lines.map((line) => ({
    tenant_id: tenantId, pbx_id: line.pbx, context: line.context, extension: line.extension, name: line.name, devices: JSON.stringify(line.devices), voicemail_box: line.voicemailBox,
    owner_id: line.owner?.personId ?? null, owner_source: line.owner?.source ?? null, owner_since: line.owner ? at : null, claim: line.claim, claim_asked_at: null, created_at: at, updated_at: at,
  }));
}

async function putSome(db: Queries, tenantId: string, lines: readonly LineToPut[], at: Date): Promise<void> {
  await db
    .insertInto('line')
    .values(rowsOf(tenantId, lines, at))
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'pbx_id', 'context', 'extension']).doUpdateSet((row) => ({
        name: row.ref('excluded.name'), devices: row.ref('excluded.devices'), voicemail_box: row.ref('excluded.voicemail_box'),
        owner_id: row.ref('excluded.owner_id'), owner_source: row.ref('excluded.owner_source'), claim: row.ref('excluded.claim'), claim_asked_at: null, updated_at: at,
        owner_since: sql<Date>`case when line.owner_id is not distinct from excluded.owner_id then line.owner_since else excluded.owner_since end`,
      })),
    )
    .execute();
}

/** True when there was such a line. */
export async function removeLine(db: Queries, tenantId: string, line: LineRef): Promise<boolean> {
  const gone = await db.deleteFrom('line').where('tenant_id', '=', tenantId).where('pbx_id', '=', line.pbx).where('context', '=', line.context).where('extension', '=', line.extension).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** These people share these lines from now on, and no others. Many lines in few statements: a list of all of them may name members for each. */
export async function putMembers(db: Queries, tenantId: string, shared: readonly { line: LineRef; personIds: readonly string[] }[], now: number): Promise<void> {
  if (shared.length === 0) return;
  const [pbxs, contexts, extensions] = [shared.map(({ line }) => line.pbx), shared.map(({ line }) => line.context), shared.map(({ line }) => line.extension)];
  // As arrays to be joined: of a thousand tuples each row would be compared with all.
  await sql`delete from line_member as member using unnest(${pbxs}::text[], ${contexts}::text[], ${extensions}::text[]) as gone(pbx_id, context, extension)
    where member.tenant_id = ${tenantId} and member.pbx_id = gone.pbx_id and member.context = gone.context and member.extension = gone.extension`.execute(db);
  const rows = shared.flatMap(({ line, personIds }) => [...new Set(personIds)].map((personId) => ({ tenant_id: tenantId, pbx_id: line.pbx, context: line.context, extension: line.extension, person_id: personId, created_at: new Date(now) })));
  for (let first = 0; first < rows.length; first += rowsAtOnce) await db.insertInto('line_member').values(rows.slice(first, first + rowsAtOnce)).execute();
}

/** Addresses of those who own a line, by person; '' for whoever has none. */
export async function addressesOfOwners(db: Queries, tenantId: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('person').select(['person_id', 'address']).where('tenant_id', '=', tenantId)
    .where('person_id', 'in', (inner) => inner.selectFrom('line').select('line.owner_id').where('line.tenant_id', '=', tenantId).where('line.owner_id', 'is not', null).$castTo<{ owner_id: string }>()).execute();
  return new Map(rows.map((row) => [row.person_id, row.address]));
}

/** Addresses of those who share a line, by "pbx/context/extension"; whoever has none cannot be named. */
export async function addressesOfMembers(db: Queries, tenantId: string): Promise<Map<string, string[]>> {
  const rows = await db.selectFrom('line_member as member')
    .innerJoin('person', (join) => join.onRef('person.tenant_id', '=', 'member.tenant_id').onRef('person.person_id', '=', 'member.person_id'))
    .select(['member.pbx_id', 'member.context', 'member.extension', 'person.address'])
    .where('member.tenant_id', '=', tenantId).where('person.address', '!=', '').orderBy('person.address').execute();
  const found = new Map<string, string[]>();
  for (const { pbx_id, context, extension, address } of rows) {
    const key = `${pbx_id}/${context}/${extension}`;
    found.set(key, [...(found.get(key) ?? []), address]);
  }
  return found;
}

export async function membersOf(db: Queries, tenantId: string, line: LineRef): Promise<string[]> {
  const rows = await db.selectFrom('line_member').select('person_id').where('tenant_id', '=', tenantId).where('pbx_id', '=', line.pbx).where('context', '=', line.context).where('extension', '=', line.extension).orderBy('created_at').execute();
  return rows.map((row) => row.person_id);
}

/** Lines whose owner was named and is not found yet; those first that nobody was asked about for the longest time. */
export async function claimedLines(db: Queries, tenantId: string, askedBefore: number, limit: number): Promise<Line[]> {
  const rows = await db
    .selectFrom('line')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('claim', 'is not', null)
    .where((where) => where.or([where('claim_asked_at', 'is', null), where('claim_asked_at', '<', new Date(askedBefore))]))
    .orderBy(sql`claim_asked_at nulls first`)
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** Its owner was found. False when the line changed meanwhile: what an administrator wrote while a mail system was asked stands. */
export async function claimFound(db: Queries, tenantId: string, line: LineRef & { claim: string | null }, personId: string, now: number): Promise<boolean> {
  const at = new Date(now);
  const { numUpdatedRows } = await db
    .updateTable('line')
    .set({ owner_id: personId, owner_source: 'administrator', owner_since: at, claim: null, claim_asked_at: null, updated_at: at })
    .where('tenant_id', '=', tenantId).where('pbx_id', '=', line.pbx).where('context', '=', line.context).where('extension', '=', line.extension).where('claim', '=', line.claim)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function claimAsked(db: Queries, tenantId: string, line: LineRef, now: number): Promise<void> {
  await db.updateTable('line').set({ claim_asked_at: new Date(now) }).where('tenant_id', '=', tenantId).where('pbx_id', '=', line.pbx).where('context', '=', line.context).where('extension', '=', line.extension).execute();
}

/** Somebody is known by this address (lower case) from now on: lines that wait for them need not wait for the next question. True when there are any. */
export async function claimKnown(db: Queries, tenantId: string, address: string): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('line').set({ claim_asked_at: null }).where('tenant_id', '=', tenantId).where(sql<string>`lower(claim)`, '=', address).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Everybody who owns a line. */
export async function lineOwners(db: Queries, tenantId: string): Promise<string[]> {
  const rows = await db.selectFrom('line').select('owner_id').distinct().where('tenant_id', '=', tenantId).where('owner_id', 'is not', null).orderBy('owner_id').execute();
  return rows.flatMap((row) => row.owner_id ?? []);
}

/** The owner of the one line with this extension, or with this device; null when there is none, or more than one. */
export async function ownerOfLineWith(db: Queries, tenantId: string, pbx: string, sign: { extension: string } | { device: string }): Promise<string | null> {
  const rows = await db
    .selectFrom('line')
    .select('owner_id')
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where('pbx_id', '=', pbx)
    .where('owner_id', 'is not', null)
    .$if('extension' in sign, (query) => query.where('extension', '=', 'extension' in sign ? sign.extension : ''))
    .$if('device' in sign, (query) => query.where(sql<boolean>`devices @> ${JSON.stringify(['device' in sign ? sign.device : ''])}::jsonb`))
    .limit(2)
    .execute();
  const [only, other] = rows;
  return only && !other ? only.owner_id : null;
}
