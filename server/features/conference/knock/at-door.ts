import type { Knocker, Refusal } from '../../../ports/admission.ts';
import type { RuleResult } from '../admission/admission-rule.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { dropKnock, knockId, knocksAt, putKnock, wasSentAway, type Knock } from './knock-rows.ts';

/** Limits at the door. Ours: a host has to be able to look at everybody, and nobody is kept on the line for ever. */
export const doorLimits = {
  /** How long somebody waits at most, ms. */
  waitMs: 15 * 60_000,
  /** Callers at one door; whoever comes later is told that nobody else is let in. */
  waiting: 20,
  /** Who was sent away is not asked about again for so long when they call from the same number, ms. */
  sentAwayMs: 10 * 60_000,
} as const;

/** What becomes of a caller at the door now. */
export type DoorResult = { outcome: 'wait' } | { outcome: 'in' } | { outcome: 'out'; refusal: Refusal };

/** Decided purely from the rule's verdict at this moment, which may have changed since they came, and from what the host said. */
export function atDoorNow(rule: RuleResult, knock: Pick<Knock, 'state' | 'askedAt'>, now: number): DoorResult {
  if (!rule.admit) return { outcome: 'out', refusal: rule.refusal };
  if (knock.state === 'refused') return { outcome: 'out', refusal: 'lobby-closed' };
  // The lobby was opened for everybody meanwhile.
  if (knock.state === 'let-in' || !rule.asksToBeLetIn) return { outcome: 'in' };
  return now - knock.askedAt >= doorLimits.waitMs ? { outcome: 'out', refusal: 'lobby-closed' } : { outcome: 'wait' };
}

/** Notes that somebody waits, and says what becomes of them. */
export async function standAtDoor(deps: ConferenceDeps, { tenantId, id }: Conference, knocker: Knocker, rule: RuleResult): Promise<DoorResult> {
  const now = deps.clock.now();
  const knock = { id: knockId(knocker.instance, knocker.callId), instance: knocker.instance, name: cut(knocker.name), number: cut(knocker.number) };
  return deps.effect('knock.write', () =>
    deps.store.transaction(async (tx) => {
      const others = (await knocksAt(tx, tenantId, id, now)).filter((each) => each.id !== knock.id);
      const isPest = /\d/.test(knock.number) && (await wasSentAway(tx, tenantId, id, knock.number, now - doorLimits.sentAwayMs));
      if (isPest || others.length >= doorLimits.waiting) return { outcome: 'out', refusal: 'lobby-closed' };
      const { knock: kept, isNew } = await putKnock(tx, tenantId, id, knock, now);
      const result = atDoorNow(rule, kept, now);
      if (result.outcome !== 'wait') await dropKnock(tx, tenantId, id, knock.id);
      if (isNew !== (result.outcome !== 'wait')) deps.live.announce(tx, tenantId, `room:${id}`);
      return result;
    }),
  );
}

/** They hung up, or went in. */
export async function leaveDoor(deps: ConferenceDeps, { tenantId, id }: Conference, { instance, callId }: Knocker): Promise<void> {
  await deps.effect('knock.left.write', () =>
    deps.store.transaction(async (tx) => {
      if (await dropKnock(tx, tenantId, id, knockId(instance, callId))) deps.live.announce(tx, tenantId, `room:${id}`);
    }),
  );
}

/** What a telephone says is shown to a host, never more than a line of it. */
function cut(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(0, 64);
}
