import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import type { settingsApi, SettingsView } from '../../../contract/account/settings.ts';
import { described } from './described.ts';
import { OurError, UserError } from '../../domain/errors.ts';
import type { Groups } from '../groups/groups.ts';
import type { LayerKey } from './rows.ts';
import type { DeclaredSettings, Settings } from './settings.ts';

/** Somebody whom an administrator names, by our id or by their mail address. Throws UserError 404. */
export type FindPerson = (caller: Caller, idOrAddress: string) => Promise<string>;

/** The endpoints of contract/account/settings.ts: a person their own layer, an administrator those of the organisation, of groups and of each person. */
export function settingsHandlers(settings: Settings, groups: Groups, declared: readonly DeclaredSettings[], findPerson: FindPerson): Handlers<typeof settingsApi> {
  function find(feature: string): DeclaredSettings {
    const found = declared.find((each) => each.declaration.feature === feature);
    if (found) return found;
    throw new UserError(404, { code: 'settings-unknown', field: 'feature', message: `Nothing called "${feature}" has settings.`, remedy: `Ask for one of: ${declared.map((each) => each.declaration.feature).join(', ')}.` });
  }

  const mine = (feature: string, caller: Caller): LayerKey => {
    if (caller.personId === null) throw new OurError('settings need a person');
    return { scope: 'person', scopeId: caller.personId, feature };
  };
  const organisation = (feature: string): LayerKey => ({ scope: 'organisation', scopeId: '', feature });
  async function ofGroup({ group, feature }: { group: string; feature: string }, caller: Caller): Promise<LayerKey> {
    await groups.need(caller.tenantId, group);
    return { scope: 'group', scopeId: group, feature };
  }
  async function ofPerson({ person, feature }: { person: string; feature: string }, caller: Caller): Promise<LayerKey> {
    return { scope: 'person', scopeId: await findPerson(caller, person), feature };
  }
  const answer = async (view: Promise<SettingsView>): Promise<{ settings: SettingsView }> => ({ settings: await view });

  return {
    mine: ({ params }, caller) => answer(settings.view(find(params.feature), caller.tenantId, mine(params.feature, caller))),
    saveMine({ params, body }, caller) {
      if (body.locks !== undefined && body.locks.length > 0) {
        throw nothingToLock();
      }
      return answer(settings.save(find(params.feature), caller.tenantId, mine(params.feature, caller), body, caller.personId ?? ''));
    },
    persons: async ({ params }, caller) => answer(settings.view(find(params.feature), caller.tenantId, await ofPerson(params, caller))),
    async savePersons({ params, body }, caller) {
      if (body.locks !== undefined && body.locks.length > 0) throw nothingToLock();
      return answer(settings.save(find(params.feature), caller.tenantId, await ofPerson(params, caller), body, caller.personId ?? ''));
    },
    described: async () => ({ features: declared.map(({ declaration }) => described(declaration)) }),
    organisations: ({ params }, caller) => answer(settings.view(find(params.feature), caller.tenantId, organisation(params.feature))),
    saveOrganisations: ({ params, body }, caller) => answer(settings.save(find(params.feature), caller.tenantId, organisation(params.feature), body, caller.personId ?? '')),
    groups: async ({ params }, caller) => answer(settings.view(find(params.feature), caller.tenantId, await ofGroup(params, caller))),
    saveGroups: async ({ params, body }, caller) => answer(settings.save(find(params.feature), caller.tenantId, await ofGroup(params, caller), body, caller.personId ?? '')),
  };
}

function nothingToLock(): UserError {
  return new UserError(422, { code: 'nothing-to-lock', field: 'locks', message: 'Nobody is below a person.', remedy: 'Leave out "locks".' });
}
