import type { accountApi } from '../../contract/account/account.ts';
import type { Handlers } from '../../contract/endpoint.ts';
import { OurError, TheirError } from '../domain/errors.ts';
import type { Accounts } from './people.ts';

/** The endpoints of contract/account/account.ts. */
export function accountHandlers(accounts: Accounts, { version, hasCalendars }: { version: string; hasCalendars: boolean }): Handlers<typeof accountApi> {
  return {
    async me(_input, caller) {
      if (caller.personId === null) throw new OurError('me needs a person');
      const { mailbox, reason } = await mailboxAndReason(caller.tenantId, caller.personId);
      return { personId: caller.personId, name: caller.name, address: caller.address, roles: [...caller.roles], mailbox, mailboxReason: reason, serverVersion: version };
    },
  };

  async function mailboxAndReason(tenantId: string, personId: string): Promise<{ mailbox: { instance: string; address: string } | null; reason: string | null }> {
    if (!hasCalendars) return { mailbox: null, reason: 'no-calendar-connected' };
    try {
      const mailbox = await accounts.mailboxOf(tenantId, personId);
      return mailbox ? { mailbox: { instance: mailbox.instance, address: mailbox.address }, reason: null } : { mailbox: null, reason: 'no-mailbox' };
    } catch (error) {
      if (error instanceof TheirError && error.connector !== 'database') return { mailbox: null, reason: 'calendar-away' };
      throw error;
    }
  }
}
