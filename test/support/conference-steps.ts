import type { Caller } from '../../contract/endpoint.ts';
import type { ConferenceView, HoldRequest, InviteFacts } from '../../contract/conference/conference.ts';
import type { Store } from '../../server/store/connect.ts';
import { anna, start, type ConferenceWorld } from './conference-world.ts';

/** What people do, in the fewest words. */

/** Makes the organisation that everything belongs to. */
export async function inTenant(store: Store): Promise<void> {
  await store.db.insertInto('tenant').values({ tenant_id: anna.tenantId, name: 'Test', created_at: new Date(start) }).onConflict((each) => each.doNothing()).execute();
}

export async function holdIn(world: ConferenceWorld, more: Partial<HoldRequest> = {}, caller: Caller = anna): Promise<ConferenceView> {
  const body = { idempotencyKey: crypto.randomUUID(), ...more };
  return (await world.feature.handlers.hold({ params: {}, query: {}, body }, caller)).conference;
}

export async function sendIn(world: ConferenceWorld, id: string, body: InviteFacts, caller: Caller = anna): Promise<ConferenceView> {
  return (await world.feature.handlers.commit({ params: { id }, query: {}, body }, caller)).conference;
}
