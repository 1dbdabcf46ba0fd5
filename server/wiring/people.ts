import { peopleApi, personPhoto } from '../../contract/people/people.ts';
import { createPeopleFeature, type PeopleDeps } from '../features/people/index.ts';
import { bindBytes } from '../web/bytes.ts';
import { bind } from '../web/endpoints.ts';
import { minute, type Feature, type World } from './feature.ts';
import { rememberFor } from './remember.ts';

/** Who colleagues are and how they are reached. Asks the availability feature, which may not be asked from another's folder. */
export function peopleFeature({ accounts, clock, connectors, lines, log }: World, availability: PeopleDeps['availability']): Feature {
  const feature = createPeopleFeature({
    clock, log, availability,
    directories: connectors.flatMap((each) => each.directorySource ?? []),
    accounts: {
      byAddress: (tenant, address) => accounts.knownByAddress(tenant, address),
      person: (tenant, personId) => accounts.person(tenant, personId),
      search: (tenant, text, limit) => accounts.search(tenant, text, limit),
      async byExtension(tenant, digits, limit) {
        const found = await lines.beginningWith(tenant, digits, limit);
        const people = await accounts.many(tenant, [...new Set(found.flatMap((line) => line.owner?.personId ?? []))]);
        return people.map(({ personId, name, address }) => ({ personId, name, address }));
      },
      async extensionsOf(tenant, personIds) {
        const owned = await lines.ownedByAny(tenant, personIds);
        return new Map(personIds.map((personId) => [personId, owned.filter((line) => line.owner?.personId === personId).map((line) => line.extension)]));
      },
      mailboxOf: (tenant, personId) => accounts.mailboxOf(tenant, personId),
      domains: rememberFor(clock, 10 * minute, async (tenant) => new Set(await accounts.domains(tenant))),
    },
  });
  return { endpoints: bind(peopleApi, feature.handlers), bytes: [bindBytes(personPhoto, feature.photo)] };
}
