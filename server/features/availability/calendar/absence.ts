import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { AbsenceSource } from '../../../ports/absence-source.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { knownAbsences, putAbsence } from '../rows.ts';

/** Automatic replies have no change notification (graph.md §0): who is away is asked in bulk this often, and only who changed is read. */
const everyMs = 5 * 60_000;
/** Where a system cannot tell many at once, each mailbox is read this often. */
const singlyEveryMs = 60 * 60_000;

/** Work `availability.absences`: one round over the mailboxes of one mail system. */
export async function askAbsences(deps: AvailabilityDeps, tenantId: string, instance: string): Promise<{ againAt: number } | void> {
  const source = deps.absences.find((each) => each.instance === instance);
  if (!source) return;
  const now = deps.clock.now();
  const mine = await mailboxesIn(deps, tenantId, instance);
  deps.log.info({ step: 'absence.many', instance, people: mine.length }, 'asking for automatic replies');
  const away = await source.whoIsAway(mine.map((each) => each.mailbox));
  const all = await knownAbsences(deps.store.db, tenantId);
  for (const { personId, mailbox } of mine) {
    const known = all.get(personId);
    const isAway = known != null && known.from <= now && now < known.to;
    // Read when the bulk answer differs from what we know, when its end may have been moved, and the first time, for its zone.
    if (away !== null && known !== undefined && away.has(mailbox.id) === isAway) continue;
    await readAbsence(deps, tenantId, source, personId, mailbox);
  }
  return { againAt: now + (away === null ? singlyEveryMs : everyMs) };
}

/** Of those whose mailbox is known: of others the next evaluation asks which it is. */
async function mailboxesIn(deps: AvailabilityDeps, tenantId: string, instance: string): Promise<{ personId: string; mailbox: MailboxRef }[]> {
  const linked = await deps.crowd.mailboxes(tenantId, await deps.people.withLines(tenantId));
  return [...linked].flatMap(([personId, mailbox]) => (mailbox.instance === instance ? [{ personId, mailbox }] : []));
}

/** Reads one mailbox and writes down what it told; false where it will not tell. Throws TheirError when it may later. */
export async function readAbsence(deps: AvailabilityDeps, tenantId: string, source: AbsenceSource, personId: string, mailbox: MailboxRef): Promise<boolean> {
  try {
    deps.log.info({ step: 'absence.one', instance: mailbox.instance, mailbox: mailbox.id }, 'reading automatic replies of a mailbox');
    const { outOfOffice, zone } = await source.absence(mailbox);
    await deps.effect('availability.absence', () =>
      deps.store.transaction(async (tx) => {
        await putAbsence(tx, tenantId, personId, { outOfOffice, zone }, deps.clock.now());
        await putWork(tx, { tenantId, kind: 'availability.person', key: personId, dueAt: deps.clock.now() });
      }),
    );
    return true;
  } catch (error) {
    // One mailbox that is gone or refused holds up nobody else.
    if (!(error instanceof TheirError) || error.passing) throw error;
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'automatic replies cannot be read');
    return false;
  }
}
