import type { Route } from '../../../../contract/endpoint.ts';
import { settingsRoutes } from '../../../../contract/account/settings-routes.ts';

/** Whose settings: the organisation's (`id` empty), a group's, or one person's. */
export interface Whose {
  scope: 'organisation' | 'group' | 'person';
  id: string;
}

export const organisation: Whose = { scope: 'organisation', id: '' };

export function ofGroup(group: string | null): Whose {
  return group === null ? organisation : { scope: 'group', id: group };
}

export function ofPerson(id: string): Whose {
  return { scope: 'person', id };
}

/** Where a layer is read and saved. */
export const layerRoutes: Readonly<Record<Whose['scope'], { read: Route; save: Route }>> = {
  organisation: { read: settingsRoutes.organisations, save: settingsRoutes.saveOrganisations },
  group: { read: settingsRoutes.groups, save: settingsRoutes.saveGroups },
  person: { read: settingsRoutes.persons, save: settingsRoutes.savePersons },
};
