import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import { readAbsence } from './absence.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { toldZone } from '../rows.ts';

/** Somebody who moved has the times of their new clock a day later, for one request a day of those who get mails from us. Ours. */
const freshMs = 24 * 60 * 60_000;
/** Whoever writes a mail now waits no longer for the mail system: the mail is worth more than its clock. Ours. */
const patienceMs = 3_000;
/** A mail system that did not tell is asked again after this. Ours. */
const pauseMs = 10 * 60_000;

/** The zone of somebody's mailbox (IANA), for what is written to them now; null when their mail system tells none, or not in time. */
export type AskZone = (tenantId: string, personId: string, mailboxOf: () => Promise<MailboxRef | null>) => Promise<string | null>;

/**
 * What is known, where it is a day old at most; else the mail system is asked, with its own deadline and budget, and its answer is remembered for everybody: whoever was
 * invited a minute ago has their first mail in their own time. An answer that comes late is there for the next mail. Never throws for the mail system.
 */
export function createAskZone(deps: AvailabilityDeps): AskZone {
  /** Until when nobody is asked again after a failure, by person. */
  const pauses = new Map<string, number>();
  /** Questions on their way, begun before the database was asked what is known: ten messages at once are one. */
  const open = new Map<string, Promise<void>>();

  async function read(tenantId: string, personId: string, mailboxOf: () => Promise<MailboxRef | null>): Promise<void> {
    const key = `${tenantId}/${personId}`;
    pauses.set(key, deps.clock.now() + pauseMs);
    try {
      const mailbox = await mailboxOf();
      const source = mailbox && deps.absences.find(({ instance }) => instance === mailbox.instance);
      if (!source) return;
      if (await readAbsence(deps, tenantId, source, personId, mailbox)) pauses.delete(key);
    } catch (error) {
      if (!(error instanceof TheirError)) throw error;
      deps.log.warn({ instance: error.connector, fault: error.fault }, 'the zone of a mailbox cannot be read');
    }
  }

  async function readUnlessFresh(tenantId: string, personId: string, mailboxOf: () => Promise<MailboxRef | null>): Promise<void> {
    const known = await toldZone(deps.store.db, tenantId, personId);
    const now = deps.clock.now();
    if (known && now - known.at < freshMs) return;
    if ((pauses.get(`${tenantId}/${personId}`) ?? 0) <= now) await read(tenantId, personId, mailboxOf);
  }

  return async (tenantId, personId, mailboxOf) => {
    if (deps.absences.length > 0) {
      const key = `${tenantId}/${personId}`;
      const asked = open.get(key) ?? readUnlessFresh(tenantId, personId, mailboxOf).finally(() => open.delete(key));
      open.set(key, asked);
      const giveUp = new AbortController();
      // Nobody waits for a late answer, and what breaks in it is not this mail's.
      asked.catch((error: unknown) => deps.log.error({ err: String(error) }, 'reading the zone of a mailbox broke'));
      await Promise.race([asked.catch(() => undefined), deps.clock.sleep(patienceMs, giveUp.signal).catch(() => undefined)]);
      giveUp.abort();
    }
    return (await toldZone(deps.store.db, tenantId, personId))?.zone ?? null;
  };
}
