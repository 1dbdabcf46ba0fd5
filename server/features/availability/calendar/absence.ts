import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { Absence, AbsenceSource } from '../../../ports/absence-source.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { knownAbsences, putAbsence } from '../rows.ts';

/** Automatic replies have no change notification (graph.md §0): who is away is asked in bulk this often, and only who changed is read. */
const everyMs = 5 * 60_000;
/** Where a system cannot tell many at once, each mailbox is read this often. */
const singlyEveryMs = 60 * 60_000;

/** A mailbox that refuses to be read is asked again as seldom: nobody mends that within minutes, and a missing right is missing for everybody. */
const refusedForMs = singlyEveryMs;
/** A mailbox that does not answer at the moment is asked again after this. */
const silentAgainMs = 60_000;
/** So many mailboxes in a row that do not answer are a mail system that does not. Ours. */
const silentInARow = 3;

/** Asks mail systems for automatic replies. */
export interface Absences {
  /** Work `availability.absences`: one round over the mailboxes of one mail system. */
  ask(tenantId: string, instance: string): Promise<{ againAt: number } | void>;
}

export function createAbsences(deps: AvailabilityDeps): Absences {
  /** By mailbox, when it may be asked again after it refused, epoch ms. Forgotten with the process: then it is asked once more. */
  const refused = new Map<string, number>();

  async function askAll(tenantId: string, instance: string): Promise<{ againAt: number } | void> {
    const source = deps.absences.find((each) => each.instance === instance);
    if (!source) return;
    const now = deps.clock.now();
    const mine = await mailboxesIn(deps, tenantId, instance);
    deps.log.info({ step: 'absence.many', instance, people: mine.length }, 'asking for automatic replies');
    const away = await source.whoIsAway(mine.map((each) => each.mailbox));
    const all = await knownAbsences(deps.store.db, tenantId);
    let silent = 0;
    let isWhole = true;
    for (const { personId, mailbox } of mine) {
      const known = all.get(personId);
      const isAway = known != null && known.from <= now && now < known.to;
      // Read when the bulk answer differs from what we know, when its end may have been moved, and the first time, for its zone.
      if (away !== null && known !== undefined && away.has(mailbox.id) === isAway) continue;
      if (isRefused(mailbox, now)) continue;
      const told = await orRefused(mailbox, now, () => ask(deps, source, mailbox));
      if (told === 'refused') continue;
      silent = told === 'silent' ? silent + 1 : 0;
      if (silent >= silentInARow) throw new TheirError(instance, 'no-answer', `${silent} mailboxes in a row tell nothing of their automatic replies`);
      if (told === 'silent') isWhole = false;
      else await write(deps, tenantId, personId, told);
    }
    return { againAt: now + (isWhole ? (away === null ? singlyEveryMs : everyMs) : silentAgainMs) };
  }

  /** One mailbox that is gone, refused or being moved holds up nobody else. */
  async function orRefused<T>(mailbox: MailboxRef, now: number, run: () => Promise<T>): Promise<T | 'refused' | 'silent'> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof TheirError)) throw error;
      deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'automatic replies cannot be read');
      if (error.passing) return 'silent';
      refused.set(keyOf(mailbox), now + refusedForMs);
      return 'refused';
    }
  }

  /** A clock that was set back makes nobody wait for longer. */
  function isRefused(mailbox: MailboxRef, now: number): boolean {
    const until = refused.get(keyOf(mailbox));
    if (until === undefined) return false;
    if (until > now && until <= now + refusedForMs) return true;
    refused.delete(keyOf(mailbox));
    return false;
  }

  return { ask: askAll };
}

function keyOf({ instance, id }: MailboxRef): string {
  return `${instance}/${id}`;
}

/** Of those whose mailbox is known: of others the next evaluation asks which it is. */
async function mailboxesIn(deps: AvailabilityDeps, tenantId: string, instance: string): Promise<{ personId: string; mailbox: MailboxRef }[]> {
  const linked = await deps.crowd.mailboxes(tenantId, await deps.people.withLines(tenantId));
  return [...linked].flatMap(([personId, mailbox]) => (mailbox.instance === instance ? [{ personId, mailbox }] : []));
}

/** Asks at once for those of whom nobody was asked yet: until then times are told by a clock that may not be theirs, and automatic replies count for nothing. In bulk, so that a crowd costs few requests. */
export async function askOfNew(deps: AvailabilityDeps, tenantId: string, personIds: readonly string[]): Promise<void> {
  const [linked, asked] = await Promise.all([deps.crowd.mailboxes(tenantId, personIds), knownAbsences(deps.store.db, tenantId)]);
  const instances = new Set([...linked].flatMap(([personId, { instance }]) => (asked.has(personId) ? [] : [instance])));
  const dueAt = deps.clock.now();
  const puts = deps.absences.flatMap(({ instance }) => (instances.has(instance) ? [{ tenantId, kind: 'availability.absences', key: instance, dueAt, unlessEarlier: true }] : []));
  if (puts.length > 0) await putWork(deps.store.db, ...puts);
}

/** Reads one mailbox and writes down what it told; false where it will not tell. Throws TheirError when it may later. */
export async function readAbsence(deps: AvailabilityDeps, tenantId: string, source: AbsenceSource, personId: string, mailbox: MailboxRef): Promise<boolean> {
  const told = await ask(deps, source, mailbox).catch((error: unknown) => {
    if (!(error instanceof TheirError) || error.passing) throw error;
    deps.log.warn({ instance: mailbox.instance, mailbox: mailbox.id, fault: error.fault }, 'automatic replies cannot be read');
    return null;
  });
  if (told === null) return false;
  await write(deps, tenantId, personId, told);
  return true;
}

function ask(deps: AvailabilityDeps, source: AbsenceSource, mailbox: MailboxRef): Promise<Absence> {
  deps.log.info({ step: 'absence.one', instance: mailbox.instance, mailbox: mailbox.id }, 'reading automatic replies of a mailbox');
  return source.absence(mailbox);
}

async function write(deps: AvailabilityDeps, tenantId: string, personId: string, { outOfOffice, zone }: Absence): Promise<void> {
  await deps.effect('availability.absence', () =>
    deps.store.transaction(async (tx) => {
      const now = deps.clock.now();
      await putAbsence(tx, tenantId, personId, { outOfOffice, zone }, now);
      // Phones and greetings are told as well: in another zone the same end has another time.
      await putWork(tx, ...['availability.person', 'availability.show', ...(deps.greetings.length > 0 ? ['availability.greeting'] : [])].map((kind) => ({ tenantId, kind, key: personId, dueAt: now })));
    }),
  );
}
