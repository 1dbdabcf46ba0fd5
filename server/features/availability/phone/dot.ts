import { TheirError } from '../../../domain/errors.ts';
import type { MailboxRef } from '../../../domain/calendar.ts';
import type { CallDots } from '../../../ports/call-dots.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps, OwnedLine } from '../deps.ts';
import { arePhonesBusy, busyPhones, dotOf, putDot, toldInCall } from './target-rows.ts';

/** A call is told when it has lasted this long, and its end too: a phone that is picked up and put down again is no news (graph.md §4: 5 to 10 s). */
export const settleMs = 5_000;
/** Told for an hour, and again after three quarters of it while the call goes on: if we die, the mark ends by itself. */
const toldForMs = 60 * 60_000;
const againAfterMs = 45 * 60_000;

/**
 * Work `availability.dot`: whether somebody is on the phone, in Outlook's and Teams' own dots. Looks at the present, once more when the other system has room for us: of many calls only what is now is told. Whom
 * the other system refuses (no licence, no such user, no right) is left alone until their next call, and nobody else waits for it.
 */
export async function tellDot(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<{ againAt: number } | void> {
  const mailbox = await deps.people.mailboxOf(tenantId, personId);
  const dots = mailbox && deps.dots.find((each) => each.instance === mailbox.instance);
  if (!dots) return;
  try {
    return await tell(deps, tenantId, personId, mailbox, dots);
  } catch (error) {
    if (!(error instanceof TheirError) || error.passing) throw error;
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'a call cannot be shown as a dot');
  }
}

async function tell(deps: AvailabilityDeps, tenantId: string, personId: string, mailbox: MailboxRef, dots: CallDots): Promise<{ againAt: number } | void> {
  const { db } = deps.store;
  const policy = await deps.policyOf(tenantId, personId);
  // Only lines that the person owns: a line that many share says nothing about one of them.
  const lines = policy.showsCalls ? await deps.people.linesOf(tenantId, personId) : [];
  const isInCall = async (): Promise<boolean> => (await Promise.all(lines.map((line) => arePhonesBusy(db, tenantId, line.pbx, line.devices)))).includes(true);
  const before = await dotOf(db, tenantId, personId);
  const now = deps.clock.now();
  if (!(await isInCall())) {
    if (before?.isInCall !== true) return;
    await deps.effect('availability.dot', () => dots.callOver(mailbox, policy.afterCall === 'available'));
    await deps.effect('availability.dot.write', () => putDot(db, tenantId, personId, false, now));
    return;
  }
  const isFresh = before?.isInCall === true && now - before.at < againAfterMs;
  if (isFresh) return { againAt: before.at + againAfterMs };
  // Whoever was told there once was seen there. In a storm of calls the question may have waited: the call may be over by now.
  if (before === null && (!(await dots.isSeen(mailbox)) || !(await isInCall()))) return;
  await deps.effect('availability.dot', () => dots.inCall(mailbox, toldForMs));
  await deps.effect('availability.dot.write', () => putDot(db, tenantId, personId, true, now));
  return { againAt: now + againAfterMs };
}

/** Rules or lines are others now: whoever is on the phone, or was told to be, is looked at again. A call that has just begun lasts as long as any other before it is told. */
export async function dotsAnew(deps: AvailabilityDeps, tenantId: string): Promise<void> {
  const { db } = deps.store;
  const busy = await busyPhones(db, tenantId);
  const lines = busy.size === 0 ? new Map<string, OwnedLine[]>() : await deps.crowd.lines(tenantId, await deps.people.withLines(tenantId));
  const onThePhone = [...lines].flatMap(([personId, own]) => (own.some(({ pbx, devices }) => devices.some((device) => busy.has(`${pbx}/${device}`))) ? [personId] : []));
  const people = new Set([...onThePhone, ...(await toldInCall(db, tenantId))]);
  await putWork(db, ...[...people].map((key) => ({ tenantId, kind: 'availability.dot', key, dueAt: deps.clock.now() + settleMs, unlessEarlier: true })));
}

/** Work `availability.undot`: somebody in a call has another mailbox now; in the old one's name nothing is told any more. Safe to repeat. `key`: instance and mailbox id. */
export async function endDot(deps: AvailabilityDeps, key: string): Promise<void> {
  const slash = key.indexOf('/');
  const mailbox = { instance: key.slice(0, slash), id: key.slice(slash + 1) };
  try {
    await deps.effect('availability.dot', async () => deps.dots.find((each) => each.instance === mailbox.instance)?.callOver(mailbox, false));
  } catch (error) {
    // It ends by itself within the hour for which it was told.
    if (!(error instanceof TheirError) || error.passing) throw error;
  }
}
