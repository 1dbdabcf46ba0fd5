import { randomUUID } from 'node:crypto';
import type { Queries } from '../../../store/schema.ts';
import type { GuessCounts } from './admission-rule.ts';

/** Queries on counted guesses. Codes are counted by their hash, so that no wrong (perhaps mistyped) code is ever kept. */

export interface GuessKeys {
  caller: string;
  code: string;
  overall: string;
}

export async function countGuesses(db: Queries, tenantId: string, keys: GuessKeys, since: number): Promise<GuessCounts> {
  const rows = await db
    .selectFrom('conference_guess').select((each) => ['counted', each.fn.countAll<string>().as('count')])
    .where('tenant_id', '=', tenantId).where('counted', 'in', [keys.caller, keys.code, keys.overall]).where('at', '>', new Date(since))
    .groupBy('counted').execute();
  const countOf = (key: string): number => Number(rows.find((row) => row.counted === key)?.count ?? 0);
  return { caller: countOf(keys.caller), code: countOf(keys.code), overall: countOf(keys.overall) };
}

/** Counts one wrong guess and forgets those that no longer count. */
export async function addGuess(tx: Queries, tenantId: string, keys: GuessKeys, now: number, forgetBefore: number): Promise<void> {
  await tx.deleteFrom('conference_guess').where('tenant_id', '=', tenantId).where('at', '<', new Date(forgetBefore)).execute();
  await tx
    .insertInto('conference_guess')
    .values([keys.caller, keys.code, keys.overall].map((counted) => ({ tenant_id: tenantId, counted, at: new Date(now), id: randomUUID() })))
    .execute();
}
