import { createHash } from 'node:crypto';
import type { Queries } from '../../../store/schema.ts';

/** Every query on `conference_visit`. Instants epoch ms. */

export interface Visit {
  name: string;
  proof: string | null;
  wantsIn: boolean;
}

/** Forgotten after a day: whoever waits longer presses again. */
const keptMs = 24 * 60 * 60_000;

export async function findVisit(db: Queries, tenantId: string, conferenceId: string, browser: string, now: number): Promise<Visit | null> {
  const row = await db
    .selectFrom('conference_visit').selectAll()
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('browser', '=', browser).where('at', '>', new Date(now - keptMs)).executeTakeFirst();
  return row ? { name: row.name, proof: row.proof, wantsIn: row.wants_in } : null;
}

/** Writes it, and forgets what is old. */
export async function putVisit(db: Queries, tenantId: string, conferenceId: string, browser: string, { name, proof, wantsIn }: Visit, now: number): Promise<void> {
  await db.deleteFrom('conference_visit').where('tenant_id', '=', tenantId).where('at', '<', new Date(now - keptMs)).execute();
  const columns = { name, proof, wants_in: wantsIn, at: new Date(now) };
  await db
    .insertInto('conference_visit').values({ tenant_id: tenantId, conference_id: conferenceId, browser, ...columns })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'conference_id', 'browser']).doUpdateSet(columns))
    .execute();
}

/** What is kept of a typed passcode: enough to see whether it is still the right one. */
export function proofOf(conferenceId: string, passcode: string): string {
  return createHash('sha256').update(`${conferenceId} ${passcode.replaceAll(/\D/g, '')}`).digest('base64url');
}
