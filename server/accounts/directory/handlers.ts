import type { Handlers } from '../../../contract/endpoint.ts';
import type { knownPeopleApi } from '../../../contract/people/known-people.ts';
import type { Queries } from '../../store/schema.ts';
import type { Accounts } from '../people.ts';
import { knownPeople } from './rows.ts';

/** The endpoints of contract/people/known-people.ts. */
export function knownPeopleHandlers(db: Queries, accounts: Pick<Accounts, 'linkMailbox'>): Handlers<typeof knownPeopleApi> {
  return {
    list: ({ query }, { tenantId }) => knownPeople(db, tenantId, query),
    linkMailbox: async ({ params, body }, { tenantId }) => ({ mailbox: await accounts.linkMailbox(tenantId, params.person, body) }),
  };
}
