import type { AvailabilityDeps } from './deps.ts';
import { arePhonesBusy, dotOf, putDot } from './target-rows.ts';

/** A call is told when it has lasted this long, and its end too: a phone that is picked up and put down again is no news (graph.md §4: 5 to 10 s). */
export const settleMs = 5_000;
/** Told for an hour, and again after three quarters of it while the call goes on: if we die, the mark ends by itself. */
const toldForMs = 60 * 60_000;
const againAfterMs = 45 * 60_000;

/** Work `availability.dot`: whether somebody is on the phone, in Outlook's and Teams' own dots. Looks at the present: of many calls only what is now is told. */
export async function tellDot(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<{ againAt: number } | void> {
  const mailbox = await deps.people.mailboxOf(tenantId, personId);
  const dots = mailbox && deps.dots.find((each) => each.instance === mailbox.instance);
  if (!dots) return;
  const { db } = deps.store;
  const now = deps.clock.now();
  const policy = await deps.policyOf(tenantId, personId);
  // Only lines that the person owns: a line that many share says nothing about one of them.
  const lines = policy.showsCalls ? await deps.people.linesOf(tenantId, personId) : [];
  const phones = await Promise.all(lines.map((line) => arePhonesBusy(db, tenantId, line.pbx, line.devices)));
  const isInCall = phones.includes(true);
  const before = await dotOf(db, tenantId, personId);
  if (isInCall) {
    const isFresh = before?.isInCall === true && now - before.at < againAfterMs;
    if (!isFresh) {
      if (!(await dots.isSeen(mailbox))) return;
      await deps.effect('availability.dot', () => dots.inCall(mailbox, toldForMs));
      await deps.effect('availability.dot.write', () => putDot(db, tenantId, personId, true, now));
    }
    return { againAt: (isFresh ? before.at : now) + againAfterMs };
  }
  if (before?.isInCall !== true) return;
  await deps.effect('availability.dot', () => dots.callOver(mailbox, policy.afterCall === 'available'));
  await deps.effect('availability.dot.write', () => putDot(db, tenantId, personId, false, now));
}
