import type { Accounts } from '../accounts/people.ts';
import type { Config } from '../config/schema.ts';
import type { MailboxRef } from '../domain/calendar.ts';
import type { Log } from '../ports/log.ts';

/** The word that books a conference; null when it is switched off. */
export function bookingKeyword({ conference: { keyword } }: Config): string | null {
  return keyword.enabled ? keyword.word : null;
}

/** Of everybody whom we know, and of those whom the configuration names besides. */
export async function keywordMailboxes(accounts: Accounts, { conference: { keyword } }: Config, log: Log, tenantId: string): Promise<MailboxRef[]> {
  for (const address of keyword.people) {
    // Makes them known; one address that nobody has may not cost the others their keyword.
    const person = await accounts.personByAddress(tenantId, address);
    if (!person) log.warn({ option: 'conference.keyword.people' }, 'nobody has an address that may book by the keyword');
  }
  return accounts.mailboxes(tenantId);
}
