import { availabilityApi, availabilitySettings } from '../../contract/availability.ts';
import { createAvailabilityFeature } from '../features/availability/index.ts';
import { bind } from '../web/endpoints.ts';
import type { Feature, World } from './feature.ts';

/** Calendar, automatic replies and choices by hand, on phones and in panes. */
export function availabilityFeature({ accounts, calendars, clock, connectors, lines, log, settings, store, tenantId }: World): Feature {
  const feature = createAvailabilityFeature({
    clock, log, store, live: store.live, calendars,
    absences: connectors.flatMap((each) => each.absenceSource ?? []),
    targets: connectors.flatMap((each) => each.presenceTarget ?? []),
    dots: connectors.flatMap((each) => each.callDots ?? []),
    people: {
      nameOf: async (tenant, personId) => (await accounts.person(tenant, personId))?.name ?? null,
      mailboxOf: (tenant, personId) => accounts.mailboxOf(tenant, personId),
      ownerOfMailbox: async (tenant, mailbox) => (await accounts.ownerOfMailbox(tenant, mailbox))?.personId ?? null,
      knownByAddress: (tenant, address) => accounts.knownByAddress(tenant, address),
      linesOf: (tenant, personId) => lines.ownedBy(tenant, personId),
      ownerOfDevice: (tenant, pbx, device) => lines.ownerWith(tenant, pbx, { device }),
      ownerOfExtension: (tenant, pbx, extension) => lines.ownerWith(tenant, pbx, { extension }),
      withLines: (tenant) => lines.owners(tenant),
    },
    policyOf: (tenant, personId) => settings.valuesOf(availabilitySettings, tenant, personId),
    effect: (_name, run) => run(),
  });
  return {
    endpoints: bind(availabilityApi, feature.handlers),
    settings: [{ declaration: availabilitySettings, changed: feature.settingsChanged }],
    workHandlers: feature.workHandlers,
    snapshot: (person, topic) => feature.snapshot(person.tenantId, person.personId, topic),
    listen: () => feature.listen(tenantId),
    resume: () => feature.resume(tenantId),
  };
}
