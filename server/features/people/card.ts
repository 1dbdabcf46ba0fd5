import type { PersonCard } from '../../../contract/people/people.ts';
import type { AvailabilityView } from '../../../contract/availability/availability.ts';
import type { DirectoryPerson } from '../../ports/directory-source.ts';
import type { PeopleDeps } from './deps.ts';
import { aboutOf, asked } from './search.ts';

/** One person as `viewer` may see them. Of a stranger nothing is told, and no directory is asked about one. */
export async function cardOf(deps: PeopleDeps, tenantId: string, address: string, viewer: string): Promise<PersonCard> {
  const personId = await deps.accounts.byAddress(tenantId, address);
  const isInside = personId !== null || (await deps.accounts.domains(tenantId)).has(address.split('@').at(-1) ?? '');
  const [known, told] = await Promise.all([personId === null ? null : deps.accounts.person(tenantId, personId), isInside ? inDirectory(deps, address) : null]);
  const [view, extensions, free] = personId === null ? [null, [], null] : await Promise.all([
    deps.availability.of(tenantId, personId, viewer), deps.accounts.extensionsOf(tenantId, [personId]).then((all) => all.get(personId) ?? []), deps.availability.freeHalfHour(tenantId, personId),
  ]);
  return {
    personId, name: known?.name ?? told?.name ?? address, address, about: told ? aboutOf(told) : '', isInside,
    numbers: [...extensions.map((number) => ({ kind: 'extension', number }) as const), ...(told?.numbers ?? [])],
    availability: view,
    ifCalled: view && extensions.length > 0 ? ifCalled(view) : null,
    freeHalfHour: free && view?.followsCalendar ? { from: new Date(free.from).toISOString(), to: new Date(free.to).toISOString() } : null,
  };
}

async function inDirectory(deps: PeopleDeps, address: string): Promise<DirectoryPerson | null> {
  for (const directory of deps.directories) {
    const found = await asked(deps, directory.instance, directory.person(address));
    if (found) return found;
  }
  return null;
}

/** As pbx/asterisk/routing.conf sends calls unless an administrator decided otherwise: do not disturb and out of office to voicemail, everybody else rings. */
export function ifCalled({ state, onThePhone }: Pick<AvailabilityView, 'state' | 'onThePhone'>): 'rings' | 'busy' | 'voicemail' {
  if (state.availability === 'doNotDisturb' || state.face === 'outOfOffice' || state.face === 'vacation') return 'voicemail';
  return onThePhone === true ? 'busy' : 'rings';
}
