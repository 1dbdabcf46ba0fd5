import { TheirError } from '../../domain/errors.ts';
import { putWork } from '../../store/work.ts';
import { askOfNew } from './calendar/absence.ts';
import { dropEventsBefore } from './calendar/event-rows.ts';
import type { AvailabilityDeps } from './deps.ts';
import { greetingsKept } from './greeting/prepare.ts';
import { dotsAnew } from './phone/dot.ts';
import { follow, lookAtAll } from './phone/follow.ts';
import { dropHistoryBefore, everybodyKnown, forgetRiding } from './rows.ts';
import { behind, historyKept, lookAgain } from './rules/horizon.ts';
import { dropWaitsBefore } from './when-free/rows.ts';
import { dropWishesBefore, wishLivesMs } from './wish-rows.ts';

/**
 * Work `availability.round`: looks at everybody once, asks for the calendars of those who have a line, and takes back what lines were told that are nobody's any more. Daily, and when rules or lines have changed.
 * Whoever has no line is looked at as well: panes show them, by what they chose and by what others made us read.
 */
export async function takeUp(deps: AvailabilityDeps, tenantId: string): Promise<{ againAt: number }> {
  const now = deps.clock.now();
  const withLines = await deps.people.withLines(tenantId);
  const others = (await everybodyKnown(deps.store.db, tenantId)).filter((personId) => !withLines.includes(personId));
  // Everybody is looked at first: a change of settings acts at once, and the mail system is asked one by one.
  await lookAtAll(deps, tenantId, [...withLines, ...others]);
  await dotsAnew(deps, tenantId);
  await putWork(deps.store.db, { tenantId, kind: 'availability.release', key: 'all', dueAt: now });
  // Whoever has no line is not asked for: only what is linked to them already is looked at.
  const linked = await deps.crowd.mailboxes(tenantId, others);
  for (const personId of [...withLines, ...linked.keys()]) await followOrLater(deps, tenantId, personId);
  await askOfNew(deps, tenantId, [...withLines, ...linked.keys()]);
  await dropEventsBefore(deps.store.db, now - 2 * behind);
  for (const store of deps.greetings) await store.forget(now - greetingsKept);
  await dropHistoryBefore(deps.store.db, now - historyKept);
  await forgetRiding(deps.store.db, now);
  await dropWaitsBefore(deps.store.db, now);
  await dropWishesBefore(deps.store.db, now - wishLivesMs);
  return { againAt: now + lookAgain };
}

/** A mail system that cannot say whose a calendar is holds up only whom it is asked for. */
async function followOrLater(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<void> {
  try {
    await deps.store.transaction((tx) => follow(deps, tx, tenantId, personId));
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    await putWork(deps.store.db, { tenantId, kind: 'availability.follow', key: personId, dueAt: deps.clock.now() + followLaterMs });
  }
}

/** As long as a pause that mail systems ask for. Ours. */
const followLaterMs = 60_000;
