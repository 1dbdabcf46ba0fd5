import { accountApi } from '../../contract/account.ts';
import { signInApi } from '../../contract/sign-in.ts';
import { accountHandlers } from '../accounts/handlers.ts';
import { signInHandlers } from '../accounts/sign-in.ts';
import { bind } from '../web/endpoints.ts';
import type { Feature, World } from './feature.ts';

/** Who somebody is, and how they sign in. */
export function accountsFeature({ accounts, config, connectors, version }: World): Feature {
  const hasCalendars = connectors.some((each) => each.calendarSource !== undefined);
  const offer = { tenants: config.signIn.tenants, scope: config.signIn.scope, addinOrigin: config.addin.origin ?? config.publicUrl };
  return { endpoints: [...bind(accountApi, accountHandlers(accounts, { version, hasCalendars })), ...bind(signInApi, signInHandlers(offer))] };
}
