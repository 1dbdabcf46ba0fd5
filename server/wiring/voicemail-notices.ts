import type { LayerKey } from '../accounts/settings/rows.ts';
import { UserError } from '../domain/errors.ts';
import type { World } from './feature.ts';

/**
 * Where people may have notices sent: voicemail is the organisation's, and a forgotten or stolen session must not send it away quietly. What an administrator names for
 * a group or for everybody is not asked. Throws UserError 422.
 */
export async function checkNotices({ accounts, config, connectors }: Pick<World, 'accounts' | 'config' | 'connectors'>, tenantId: string, values: Readonly<Record<string, unknown>>, { scope, scopeId }: LayerKey): Promise<void> {
  const to = values['noticeTo'];
  if (typeof to !== 'string' || to === '') return;
  if (!connectors.some(({ mailSender }) => mailSender)) {
    throw new UserError(422, { code: 'no-mail-sender', field: 'noticeTo', message: 'No mail system is connected that sends mails for Tieline.', remedy: 'An administrator connects one (type smtp).' });
  }
  if (scope !== 'person') return;
  const allowed = [...config.voicemail.noticeDomains, ...(await accounts.addressesOf(tenantId, scopeId)).map(domainOf)];
  if (allowed.includes('*') || allowed.includes(domainOf(to))) return;
  throw new UserError(422, { code: 'notice-domain', field: 'noticeTo', message: `Notices may not go to ${domainOf(to)}.`, remedy: 'Choose an address of your organisation, or ask an administrator to allow this one.' });
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
