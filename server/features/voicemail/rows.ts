import { sql } from 'kysely';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import { Overtaken, type BoxState, type SoundRow, type TrailLine, type VoicemailJournal } from './journal.ts';
import { inTheWayTopic } from './in-the-way.ts';
import type { Pair, Wish } from './rules/pair.ts';
import { topicsOf } from './team/topics.ts';
import { boxFrom, boxRound, pairFrom, pairTo } from './shape-rows.ts';

/** Every query on the tables of voicemail. Instants go in and out as epoch ms. */

interface Store { db: Queries; transaction: RunTransaction }

/** Told in the transaction of every change of somebody's voicemail, by live topics. */
export type Announce = (tx: Queries, tenantId: string, ...topics: string[]) => void;

/** Told in the transaction in which new messages were written down: what follows from them is never forgotten and never done twice. */
export type Arrived = (tx: Queries, tenantId: string, pairIds: readonly string[]) => Promise<void>;

export function createJournal({ db, transaction }: Store, announce: Announce, arrived: Arrived = async () => undefined): VoicemailJournal {
  return {
    async load(tenantId, instance, box) {
      const row = await db.selectFrom('voicemail_box').selectAll().where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).executeTakeFirst();
      if (!row) return null;
      const pairs = await db.selectFrom('voicemail_pair').selectAll().where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).execute();
      return { state: boxFrom(row), pairs: pairs.map(pairFrom) };
    },
    async boxesOf(tenantId, personId) {
      const rows = await db.selectFrom('voicemail_box').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId).execute();
      return rows.map(boxFrom);
    },
    save: (state, pairs, lines, sounds = []) => transaction(async (tx) => {
      const { version, members, isOtherwise } = await nextVersion(tx, state, boxRound(state));
      await putPairs(tx, pairs);
      await putSounds(tx, state.tenantId, sounds);
      await putLines(tx, state.tenantId, lines);
      for (const personId of new Set(pairs.map((each) => each.personId))) announce(tx, state.tenantId, ...topicsOf(personId, members));
      if (isOtherwise && state.personId !== null) announce(tx, state.tenantId, inTheWayTopic({ personId: state.personId }));
      const fresh = lines.filter(({ what, because }) => what === 'seen' && because !== 'old message').map(({ pairId }) => pairId);
      if (fresh.length > 0) await arrived(tx, state.tenantId, fresh);
      return version;
    }),
    end: (state, pairId) => transaction(async (tx) => {
      const { version, members } = await nextVersion(tx, state, {});
      await tx.deleteFrom('voicemail_pair').where('tenant_id', '=', state.tenantId).where('id', '=', pairId).execute();
      if (state.personId !== null) announce(tx, state.tenantId, ...topicsOf(state.personId, members));
      return version;
    }),
    async phoneSeen(tenantId, instance, box, at) {
      await db.updateTable('voicemail_box').set({ phone_seen_at: sql<Date>`greatest(phone_seen_at, ${new Date(at)})` })
        .where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).execute();
    },
    async witnesses(tenantId, instance, exceptBox, limit) {
      const rows = await db.selectFrom('voicemail_pair').select(['box', 'voicemail_id']).where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '<>', exceptBox)
        .where('voicemail', 'in', ['unheard', 'heard']).distinctOn('box').orderBy('box').limit(limit).execute();
      return rows.map((row) => ({ box: row.box, voicemailId: row.voicemail_id }));
    },
    async audio(tenantId, pairId) {
      const row = await db.selectFrom('voicemail_sound').select(['content_type', 'bytes']).where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).executeTakeFirst();
      return row ? { contentType: row.content_type, bytes: row.bytes } : null;
    },
  };
}

/**
 * Only one of two processes that have loaded the same row gets on. Who shares the box, and whether what may be in the way became something else (`isOtherwise`), is told by the
 * same statement: rounds are many.
 */
async function nextVersion(tx: Queries, state: BoxState, fields: Partial<ReturnType<typeof boxRound>>): Promise<{ version: number; members: string[]; isOtherwise: boolean }> {
  const seen = state.phoneSeenAt === null ? {} : { phone_seen_at: sql<Date>`greatest(phone_seen_at, ${new Date(state.phoneSeenAt)})` };
  const row = await tx.updateTable('voicemail_box').set({ ...fields, ...seen, version: state.version + 1 })
    .where('tenant_id', '=', state.tenantId).where('instance', '=', state.instance).where('box', '=', state.box).where('version', '=', state.version)
    .returning([
      sql<string[]>`array(select person_id from voicemail_member where tenant_id = ${state.tenantId} and instance = ${state.instance} and box = ${state.box})`.as('members'),
      // A query in RETURNING sees the row as it was before the statement.
      sql<boolean>`exists(select 1 from voicemail_box old where old.tenant_id = ${state.tenantId} and old.instance = ${state.instance} and old.box = ${state.box}
        and (old.brake, old.parked, old.watch_expires_at) is distinct from (voicemail_box.brake, voicemail_box.parked, voicemail_box.watch_expires_at))`.as('isOtherwise'),
    ]).executeTakeFirst();
  if (!row) throw new Overtaken('this box was saved by somebody else');
  return { version: state.version + 1, members: row.members, isOtherwise: row.isOtherwise };
}

async function putPairs(tx: Queries, pairs: readonly Pair[]): Promise<void> {
  // Rows of 30 values each, far below PostgreSQL's 65,535 a statement.
  for (let from = 0; from < pairs.length; from += 500) {
    const rows = pairs.slice(from, from + 500).map(pairTo);
    const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'tenant_id' && name !== 'id');
    await tx.insertInto('voicemail_pair').values(rows)
      .onConflict((known) => known.columns(['tenant_id', 'id']).doUpdateSet(Object.fromEntries(names.map((name) => [name, sql.ref(`excluded.${name}`)])))).execute();
  }
}

/** Whoever saves them keeps them few: they are the only large thing that is written. */
async function putSounds(tx: Queries, tenantId: string, sounds: readonly SoundRow[]): Promise<void> {
  if (sounds.length === 0) return;
  const rows = sounds.map(({ pairId, audio: { contentType, bytes } }) => ({ tenant_id: tenantId, pair_id: pairId, content_type: contentType, bytes: Buffer.from(bytes) }));
  await tx.insertInto('voicemail_sound').values(rows)
    .onConflict((known) => known.columns(['tenant_id', 'pair_id']).doUpdateSet((each) => ({ content_type: each.ref('excluded.content_type'), bytes: each.ref('excluded.bytes') }))).execute();
}

async function putLines(tx: Queries, tenantId: string, lines: readonly TrailLine[]): Promise<void> {
  const rows = lines.map(({ pairId, at, what, because }) => ({ tenant_id: tenantId, pair_id: pairId, at: new Date(at), what, because }));
  for (let from = 0; from < rows.length; from += 1_000) await tx.insertInto('voicemail_trail').values(rows.slice(from, from + 1_000)).execute();
}

/** What the phone system shows of a box. */
type ShownBox = Pick<BoxState, 'tenantId' | 'instance' | 'box' | 'personId' | 'name' | 'address' | 'isFull' | 'handsOff' | 'knownSince'>;

/** Boxes in one statement; ten values each. */
const boxesAtOnce = 500;

/**
 * Boxes as the phone system shows them, and whose they are. Each once. With a new owner it is a box that was never looked at. `knownSince` counts from the first look, and anew
 * when it was somebody else's, or the phone system mailed from it by itself: what was left there then is not ours to mail.
 */
export async function putBoxes(db: Queries, boxes: readonly ShownBox[]): Promise<void> {
  for (let from = 0; from < boxes.length; from += boxesAtOnce) await putSome(db, boxes.slice(from, from + boxesAtOnce));
}

async function putSome(db: Queries, boxes: readonly ShownBox[]): Promise<void> {
  const rows = boxes.map((box) => ({
    tenant_id: box.tenantId, instance: box.instance, box: box.box, version: 1, known_since: box.knownSince === null ? null : new Date(box.knownSince),
    name: box.name, address: box.address, is_full: box.isFull, hands_off: box.handsOff, person_id: box.personId,
  }));
  const keepIfSame = (column: string) => sql<Date | null>`case when voicemail_box.person_id is not distinct from excluded.person_id then voicemail_box.${sql.ref(column)} end`;
  await db.insertInto('voicemail_box').values(rows)
    .onConflict((known) => known.columns(['tenant_id', 'instance', 'box']).doUpdateSet((each) => ({
      name: each.ref('excluded.name'), address: each.ref('excluded.address'), is_full: each.ref('excluded.is_full'), hands_off: each.ref('excluded.hands_off'), person_id: each.ref('excluded.person_id'),
      known_since: sql<Date | null>`case when voicemail_box.hands_off is null and (voicemail_box.person_id is null or voicemail_box.person_id is not distinct from excluded.person_id)
        then voicemail_box.known_since else excluded.known_since end`,
      cut_over_at: keepIfSame('cut_over_at'), mail_looked_at: keepIfSame('mail_looked_at'),
      cursor: sql<string | null>`case when voicemail_box.person_id is not distinct from excluded.person_id then voicemail_box.cursor end`,
      version: sql<number>`voicemail_box.version + case when voicemail_box.person_id is not distinct from excluded.person_id then 0 else 1 end`,
    }))).execute();
}

/** Everybody who has a box, those first whose mails were looked at longest ago. */
export async function peopleWithBoxes(db: Queries, tenantId: string): Promise<string[]> {
  const rows = await db.selectFrom('voicemail_box').select(['person_id']).where('tenant_id', '=', tenantId).where('person_id', 'is not', null).where('hands_off', 'is', null)
    .groupBy('person_id').orderBy(sql`min(mail_looked_at) nulls first`).execute();
  return rows.flatMap(({ person_id: id }) => (id === null ? [] : [id]));
}

export async function ownerOfBox(db: Queries, tenantId: string, instance: string, box: string): Promise<string | null> {
  const row = await db.selectFrom('voicemail_box').select('person_id').where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).executeTakeFirst();
  return row?.person_id ?? null;
}

export async function ownersOfMailbox(db: Queries, tenantId: string, instance: string, mailboxId: string): Promise<string[]> {
  const rows = await db.selectFrom('voicemail_box').select('person_id').distinct().where('tenant_id', '=', tenantId).where('mailbox_instance', '=', instance).where('mailbox_id', '=', mailboxId).execute();
  return rows.flatMap(({ person_id: id }) => (id === null ? [] : [id]));
}

export async function ownersOnSystem(db: Queries, tenantId: string, instance: string): Promise<string[]> {
  const rows = await db.selectFrom('voicemail_box').select('person_id').distinct().where('tenant_id', '=', tenantId).where('instance', '=', instance).execute();
  return rows.flatMap(({ person_id: id }) => (id === null ? [] : [id]));
}

/** One person's messages, newest first. */
export async function pairsOf(db: Queries, tenantId: string, personId: string, { before, limit }: { before: number | null; limit: number }): Promise<Pair[]> {
  const query = db.selectFrom('voicemail_pair').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId);
  const rows = await (before === null ? query : query.where('left_at', '<', new Date(before))).orderBy('left_at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(pairFrom);
}

export async function findPair(db: Queries, tenantId: string, personId: string, id: string): Promise<Pair | null> {
  const row = await db.selectFrom('voicemail_pair').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('id', '=', id).executeTakeFirst();
  return row ? pairFrom(row) : null;
}

/** Whoever's it is: for work, never for somebody who asks. */
export async function pairById(db: Queries, tenantId: string, id: string): Promise<Pair | null> {
  const row = await db.selectFrom('voicemail_pair').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
  return row ? pairFrom(row) : null;
}

/** Whose mail it is: for the pane that is open on it. */
export async function findByMessageId(db: Queries, tenantId: string, personId: string, messageId: string): Promise<Pair | null> {
  const row = await db.selectFrom('voicemail_pair').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('message_id', '=', messageId).executeTakeFirst();
  return row ? pairFrom(row) : null;
}

export async function trailOf(db: Queries, tenantId: string, pairId: string): Promise<{ at: number; what: string; because: string }[]> {
  const rows = await db.selectFrom('voicemail_trail').select(['at', 'what', 'because']).where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).orderBy('seq').execute();
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** Writes down what somebody asks for. The round that is under way, if any, is overtaken and begins anew. */
export async function putWish({ transaction }: Store, pair: Pair, wish: Wish): Promise<void> {
  await transaction(async (tx) => {
    await tx.updateTable('voicemail_box').set({ version: sql<number>`version + 1` }).where('tenant_id', '=', pair.tenantId).where('instance', '=', pair.instance).where('box', '=', pair.box).execute();
    await tx.updateTable('voicemail_pair').set({ wish }).where('tenant_id', '=', pair.tenantId).where('id', '=', pair.id).execute();
  });
}

/** An administrator says that what vanished is meant. */
export async function releaseBrake(db: Queries, tenantId: string, instance: string, box: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('voicemail_box').set({ brake_released_at: new Date(now) })
    .where('tenant_id', '=', tenantId).where('instance', '=', instance).where('box', '=', box).where('brake', 'is not', null).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Boxes that wait for somebody: no owner, hands off, parked, or behind the brake. */
export async function boxesInTrouble(db: Queries, tenantId: string): Promise<BoxState[]> {
  const rows = await db.selectFrom('voicemail_box').selectAll().where('tenant_id', '=', tenantId)
    .where((each) => each.or([each('person_id', 'is', null), each('hands_off', 'is not', null), each('parked', 'is not', null), each('brake', 'is not', null), each('is_full', '=', true)]))
    .orderBy('instance').orderBy('box').limit(1_000).execute();
  return rows.map(boxFrom);
}

/** What we know of each box of a phone system: to compare with its own counts. */
export async function countsOnSystem(db: Queries, tenantId: string, instance: string): Promise<Map<string, Pick<BoxState, 'personId' | 'handsOff' | 'isFull' | 'name' | 'address'> & { unheard: number; heard: number }>> {
  const rows = await db.selectFrom('voicemail_box').leftJoin('voicemail_pair', (join) => join
    .onRef('voicemail_pair.tenant_id', '=', 'voicemail_box.tenant_id').onRef('voicemail_pair.instance', '=', 'voicemail_box.instance').onRef('voicemail_pair.box', '=', 'voicemail_box.box'))
    .where('voicemail_box.tenant_id', '=', tenantId).where('voicemail_box.instance', '=', instance)
    .select(['voicemail_box.box', 'voicemail_box.person_id', 'hands_off', 'is_full', 'name', 'address'])
    .select([sql<number>`(count(*) filter (where voicemail_pair.voicemail = 'unheard'))::int`.as('unheard'), sql<number>`(count(*) filter (where voicemail_pair.voicemail = 'heard'))::int`.as('heard')])
    .groupBy(['voicemail_box.tenant_id', 'voicemail_box.instance', 'voicemail_box.box']).execute();
  return new Map(rows.map((row) => [row.box, { personId: row.person_id, handsOff: row.hands_off, isFull: row.is_full, name: row.name, address: row.address, unheard: row.unheard, heard: row.heard }]));
}
