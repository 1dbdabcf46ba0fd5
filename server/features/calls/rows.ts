import type { Selectable } from 'kysely';
import type { CallView } from '../../../contract/people/calls.ts';
import type { Queries } from '../../store/schema.ts';
import type { PhoneCallRow } from '../../store/tables/calls.ts';

/** Queries on calls that were begun here. Instants epoch ms, UTC. */

export interface PhoneCall {
  tenantId: string;
  id: string;
  personId: string;
  pbx: string;
  phone: string;
  number: string;
  /** To be played; null for a call. */
  message: CalledMessage | null;
  state: CallView['state'];
  outcome: CallView['outcome'];
  askedAt: number;
}

/** A voicemail by our id, and where it lies on the phone system. */
export interface CalledMessage {
  voicemailId: string;
  box: string;
  messageId: string;
}

/** How long a call that is over is remembered: until nobody wonders any more what became of it. */
const keptMs = 60 * 60_000;
/** No call is followed longer (server/connectors/asterisk/call-control.ts). */
const longestMs = 13 * 60 * 60_000;

function read(row: Selectable<PhoneCallRow>): PhoneCall {
  const { voicemail_id: voicemailId, box, message_id: messageId } = row;
  return {
    tenantId: row.tenant_id, id: row.id, personId: row.person_id, pbx: row.pbx_id, phone: row.phone, number: row.number,
    message: voicemailId !== null && box !== null && messageId !== null ? { voicemailId, box, messageId } : null,
    state: row.state as PhoneCall['state'], outcome: row.outcome as PhoneCall['outcome'], askedAt: row.asked_at.getTime(),
  };
}

/** False when the id was used before. Forgets what is old. */
export async function insertCall(tx: Queries, call: PhoneCall): Promise<boolean> {
  const { tenantId, askedAt } = call;
  await tx.deleteFrom('phone_call').where('tenant_id', '=', tenantId)
    .where((row) => row.or([row.and([row('state', '=', 'ended'), row('asked_at', '<', new Date(askedAt - keptMs))]), row('asked_at', '<', new Date(askedAt - longestMs))])).execute();
  const inserted = await tx.insertInto('phone_call')
    .values({
      tenant_id: tenantId, id: call.id, person_id: call.personId, pbx_id: call.pbx, phone: call.phone, number: call.number, state: call.state, outcome: call.outcome, asked_at: new Date(askedAt),
      voicemail_id: call.message?.voicemailId ?? null, box: call.message?.box ?? null, message_id: call.message?.messageId ?? null,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing()).executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findCall(db: Queries, tenantId: string, id: string): Promise<PhoneCall | null> {
  const row = await db.selectFrom('phone_call').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
  return row ? read(row) : null;
}

/** The newest first. */
export async function callsOf(db: Queries, tenantId: string, personId: string, since: number): Promise<PhoneCall[]> {
  const rows = await db.selectFrom('phone_call').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('asked_at', '>', new Date(since))
    .orderBy('asked_at', 'desc').limit(10).execute();
  return rows.map(read);
}

/** How many the person has begun since. */
export async function countCalls(db: Queries, tenantId: string, personId: string, since: number): Promise<number> {
  const row = await db.selectFrom('phone_call').select((each) => each.fn.countAll<string>().as('count'))
    .where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('asked_at', '>', new Date(since)).executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Those of which nobody has said that they are over. */
export async function openCalls(db: Queries, tenantId: string): Promise<PhoneCall[]> {
  const rows = await db.selectFrom('phone_call').selectAll().where('tenant_id', '=', tenantId).where('state', '!=', 'ended').execute();
  return rows.map(read);
}

/** Moves it on, only from a state that is expected: false when it stands elsewhere by now. */
export async function moveCall(tx: Queries, { tenantId, id }: PhoneCall, from: readonly PhoneCall['state'][], to: PhoneCall['state'], outcome: PhoneCall['outcome'] = null): Promise<boolean> {
  const moved = await tx.updateTable('phone_call').set({ state: to, outcome }).where('tenant_id', '=', tenantId).where('id', '=', id).where('state', 'in', from).executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}
