import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import type { exchangeLinkApi } from '../../../contract/account/exchange-link.ts';
import { OurError } from '../../domain/errors.ts';
import type { ExchangeLinks } from './link.ts';

/** The endpoints of contract/account/exchange-link.ts. */
export function exchangeLinkHandlers(links: ExchangeLinks): Handlers<typeof exchangeLinkApi> {
  function accountOf({ exchangeAccount }: Caller): string {
    if (exchangeAccount === undefined) throw new OurError('only an account of Exchange is linked');
    return exchangeAccount;
  }

  async function waiting(tenantId: string) {
    return { accounts: (await links.waiting(tenantId)).map(({ firstAt, ...each }) => ({ ...each, firstAt: new Date(firstAt).toISOString() })) };
  }

  return {
    async ask({ body }, caller) {
      const { way, endsAt } = await links.ask(caller.tenantId, accountOf(caller), { ...body, language: caller.language });
      return { way, address: body.address, endsAt: new Date(endsAt).toISOString() };
    },
    confirm: async ({ body }, caller) => links.confirm(caller.tenantId, accountOf(caller), body.code),
    waiting: (_input, { tenantId }) => waiting(tenantId),
    async decide({ body }, { tenantId }) {
      if (body.decision === 'refuse') await links.refuse(tenantId, body.account);
      else await links.decide(tenantId, body.account, body.address ?? null);
      return waiting(tenantId);
    },
  };
}
