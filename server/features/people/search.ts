import type { FoundPerson } from '../../../contract/people/people.ts';
import { TheirError } from '../../domain/errors.ts';
import type { DirectoryPerson } from '../../ports/directory-source.ts';
import type { KnownPerson, PeopleDeps } from './deps.ts';

/** The seed's largest number of hits (C1): who needs more writes another letter. */
const most = 25;

/** What the directory says of somebody, in one line. */
export function aboutOf({ title, department, office }: DirectoryPerson): string {
  return [title, department, office].filter((part, index, all) => part !== '' && all.indexOf(part) === index).join(' · ');
}

/** Known people, lines and the directories together, each person once. A directory that does not answer costs its own hits only. */
export async function searchPeople(deps: PeopleDeps, tenantId: string, text: string): Promise<{ people: FoundPerson[]; isPartial: boolean }> {
  const digits = text.replaceAll(/[\s()/-]/g, '');
  const isNumber = /^\+?\d+$/.test(digits);
  const [known, ...answers] = await Promise.all([isNumber ? deps.accounts.byExtension(tenantId, digits, most) : deps.accounts.search(tenantId, text, most), ...(isNumber ? [] : deps.directories.map((each) => asked(deps, each.instance, each.search(text, most))))]);
  const found = new Map<string, { known: KnownPerson | null; told: DirectoryPerson | null }>(known.map((person) => [person.address, { known: person, told: null }]));
  for (const told of answers.flatMap((answer) => answer ?? [])) {
    const before = found.get(told.address);
    // Somebody may be known here and not by these words: by a second address, or a name from before.
    if (before) before.told ??= told;
    else found.set(told.address, { known: await knownBy(deps, tenantId, told.address), told });
  }
  const hits = [...found.entries()].slice(0, most);
  const extensions = await deps.accounts.extensionsOf(tenantId, hits.flatMap(([, hit]) => hit.known?.personId ?? []));
  return {
    people: hits.map(([address, hit]) => ({
      personId: hit.known?.personId ?? null, name: hit.known?.name ?? hit.told?.name ?? address, address, about: hit.told ? aboutOf(hit.told) : '', extensions: extensions.get(hit.known?.personId ?? '') ?? [],
    })),
    isPartial: answers.includes(null),
  };
}

async function knownBy(deps: PeopleDeps, tenantId: string, address: string): Promise<KnownPerson | null> {
  const personId = await deps.accounts.byAddress(tenantId, address);
  return personId === null ? null : deps.accounts.person(tenantId, personId);
}

/** Null when a directory does not answer. */
export async function asked<T>(deps: PeopleDeps, instance: string, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    deps.log.warn({ instance, fault: error.fault }, 'a directory did not answer about people');
    return null;
  }
}
