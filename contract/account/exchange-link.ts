import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { exchangeLinkRoutes } from './exchange-link-routes.ts';

/** Linking an account of an Exchange server of one's own to a person, once: its identity token names no address. Instants ISO, UTC. */

const nothing = z.object({});
const waiting = z.object({ accounts: z.array(z.object({ account: z.string(), address: z.string(), name: z.string(), firstAt: z.iso.datetime() })) }).meta({ id: 'ExchangeAccountsWaiting' });

export const exchangeLinkApi = {
  ask: endpoint({
    route: exchangeLinkRoutes.ask, summary: 'Mail a code to the address that is mine, to prove it', kind: 'change', params: nothing, query: nothing,
    body: z.object({ address: z.email().max(320), name: z.string().max(200).default('') }),
    /** `administrator`: nothing can be mailed here; an administrator finds the account in their list. */
    response: z.object({ way: z.enum(['mail', 'administrator']), address: z.string(), endsAt: z.iso.datetime() }).meta({ id: 'ExchangeLinkAsked' }),
  }),
  confirm: endpoint({
    route: exchangeLinkRoutes.confirm, summary: 'Here is the code that was mailed to me', kind: 'change', params: nothing, query: nothing,
    body: z.object({ code: z.string().max(40) }), response: z.object({ personId: z.string(), name: z.string(), address: z.string() }).meta({ id: 'ExchangeLinked' }),
  }),
  waiting: endpoint({ route: exchangeLinkRoutes.waiting, summary: 'Accounts of Exchange that nobody has linked yet', kind: 'read', params: nothing, query: nothing, body: nothing, response: waiting }),
  decide: endpoint({
    route: exchangeLinkRoutes.decide, summary: 'Say whose account it is, or that it is nobody\'s', kind: 'change', params: nothing, query: nothing,
    body: z.object({ account: z.string().max(2_500), decision: z.enum(['link', 'refuse']), address: z.email().max(320).optional() }), response: waiting,
  }),
};

export type ExchangeLinkAskedView = z.output<typeof exchangeLinkApi.ask.response>;
