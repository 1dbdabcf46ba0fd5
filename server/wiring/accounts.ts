import { accountApi } from '../../contract/account/account.ts';
import { signInApi } from '../../contract/account/sign-in.ts';
import { groupApi } from '../../contract/people/group.ts';
import { settingsApi } from '../../contract/account/settings.ts';
import { groupHandlers } from '../accounts/groups/handlers.ts';
import { accountHandlers } from '../accounts/handlers.ts';
import { settingsHandlers, type FindPerson } from '../accounts/settings/handlers.ts';
import type { DeclaredSettings } from '../accounts/settings/settings.ts';
import { signInHandlers } from '../accounts/sign-in.ts';
import { UserError } from '../domain/errors.ts';
import { bind } from '../web/endpoints.ts';
import { settingsSnapshot } from '../accounts/settings/snapshot.ts';
import type { Feature, World } from './feature.ts';

/** Who somebody is, how they sign in, which groups they are in, and what they set of the features that declare something. */
export function accountsFeature({ accounts, config, connectors, groups, log, settings, version }: World, declared: readonly DeclaredSettings[]): Feature {
  const hasCalendars = connectors.some((each) => each.calendarSource !== undefined);
  // Whoever comes into a group, or leaves it, has other settings from now on.
  groups.onChanged(async (tx, tenantId, whose) => {
    for (const { changed } of declared) await changed?.(tx, tenantId, whose);
  });
  const offer = { tenants: config.signIn.tenants, scope: config.signIn.scope, addinOrigin: config.addin.origin ?? config.publicUrl };
  const findPerson: FindPerson = async (caller, idOrAddress) => {
    const personId = idOrAddress.includes('@') ? await accounts.knownByAddress(caller.tenantId, idOrAddress) : ((await accounts.person(caller.tenantId, idOrAddress))?.personId ?? null);
    if (personId === null) throw new UserError(404, { code: 'person-unknown', field: 'person', message: 'Nobody is known by this.', remedy: 'Write their mail address as they sign in with it.' });
    log.info({ by: caller.personId, person: personId, correlationId: caller.correlationId }, 'an administrator looked at the settings of a person');
    return personId;
  };
  return {
    endpoints: [
      ...bind(accountApi, accountHandlers(accounts, { version, hasCalendars })), ...bind(signInApi, signInHandlers(offer)),
      ...bind(settingsApi, settingsHandlers(settings, groups, declared, findPerson)), ...bind(groupApi, groupHandlers(groups, accounts)),
    ],
    snapshot: (person, topic) => settingsSnapshot(settings, declared, person, topic),
  };
}
