import { availabilityApi, availabilitySettings } from '../../contract/availability/availability.ts';
import { availabilityAdminApi } from '../../contract/availability/admin.ts';
import { greetingApi, greetingAudio } from '../../contract/availability/greeting.ts';
import type { Line } from '../accounts/lines/line.ts';
import { OurError } from '../domain/errors.ts';
import { lineKey } from '../domain/line.ts';
import { createAvailabilityAdmin } from '../features/availability/admin/index.ts';
import { createAvailabilityFeature, type AvailabilityDeps, type AvailabilityFeature } from '../features/availability/index.ts';
import { availabilityWarnings } from '../../contract/availability/warnings.ts';
import type { Greetings } from '../ports/greeting-store.ts';
import { bindBytes } from '../web/bytes.ts';
import { bind } from '../web/endpoints.ts';
import { minute, type Feature, type World } from './feature.ts';
import { rememberFor } from './remember.ts';

type Parts = Pick<World, 'accounts' | 'calendars' | 'clock' | 'connectors' | 'deeds' | 'groups' | 'lines' | 'log' | 'settings' | 'store' | 'tenantId'>;

/** Calendar, automatic replies and choices by hand, on phones and in panes. */
export function availabilityFeature({ accounts, calendars, clock, connectors, deeds, groups, lines, log, settings, store, tenantId }: Parts): Feature & { greetings: Greetings; feature: Pick<AvailabilityFeature, 'of' | 'freeHalfHour' | 'together' | 'askZone'> } {
  const deps: AvailabilityDeps = {
    clock, log, store, live: store.live, calendars,
    absences: connectors.flatMap((each) => each.absenceSource ?? []),
    targets: connectors.flatMap((each) => each.presenceTarget ?? []),
    dots: connectors.flatMap((each) => each.callDots ?? []),
    presences: connectors.flatMap((each) => each.presenceReader ?? []),
    greetings: connectors.flatMap((each) => each.greetingStore ?? []),
    people: {
      nameOf: async (tenant, personId) => (await accounts.person(tenant, personId))?.name ?? null,
      mailboxOf: (tenant, personId) => accounts.mailboxOf(tenant, personId),
      ownerOfMailbox: async (tenant, mailbox) => (await accounts.ownerOfMailbox(tenant, mailbox))?.personId ?? null,
      knownByAddress: (tenant, address) => accounts.knownByAddress(tenant, address),
      linesOf: (tenant, personId) => lines.ownedBy(tenant, personId),
      ownerOfDevice: (tenant, pbx, device) => lines.ownerWith(tenant, pbx, { device }),
      ownerOfExtension: (tenant, pbx, extension) => lines.driverOf(tenant, pbx, extension),
      withLines: (tenant) => lines.owners(tenant),
    },
    crowd: {
      async of(tenant, personIds) {
        const [people, owned] = await Promise.all([accounts.many(tenant, personIds), lines.ownedByAny(tenant, personIds)]);
        return people.map(({ personId, name, hasMailbox }) => ({ personId, name, hasMailbox, lines: owned.filter((line) => line.owner?.personId === personId) }));
      },
      byAddress: (tenant, addresses) => accounts.knownByAddresses(tenant, addresses),
      policies: (tenant, personIds) => settings.valuesOfMany(availabilitySettings, tenant, personIds),
      mailboxes: (tenant, personIds) => accounts.linkedMailboxes(tenant, personIds),
      async lines(tenant, personIds) {
        const owned = new Map<string, Line[]>();
        for (const line of await lines.drivenByAny(tenant, personIds)) if (line.owner) owned.set(line.owner.personId, [...(owned.get(line.owner.personId) ?? []), line]);
        return owned;
      },
      async followed(tenant, personIds) {
        const values = await settings.valuesOfMany(availabilitySettings, tenant, personIds);
        return new Set([...values].flatMap(([personId, { followsCalendar }]) => (followsCalendar ? personId : [])));
      },
      domains: rememberFor(clock, 10 * minute, async (tenant) => new Set(await accounts.domains(tenant))),
    },
    policyOf: (tenant, personId) => settings.valuesOf(availabilitySettings, tenant, personId),
    effect: (_name, run) => run(),
  };
  const feature = createAvailabilityFeature(deps);
  accounts.onLinked((tx, tenant, change) => feature.mailboxChanged(tx, tenant, change));
  const admin = createAvailabilityAdmin({
    ...deps,
    policyIf: (tenant, personId, { group, ...change }) =>
      settings.valuesIf(availabilitySettings, tenant, personId, group === null ? { scope: 'organisation', scopeId: '' } : { scope: 'group', scopeId: group }, change),
    async inGroup(tenant, group) {
      await groups.need(tenant, group);
      return new Set((await groups.members(tenant, group)).map((each) => each.personId));
    },
    async linksOf(tenant, personId) {
      const [mailbox, owned, driven, view] = await Promise.all([
        accounts.mailboxLink(tenant, personId), lines.ownedBy(tenant, personId), lines.drivenByAny(tenant, [personId]),
        settings.view({ declaration: availabilitySettings }, tenant, { scope: 'person', scopeId: personId, feature: availabilitySettings.feature }),
      ]);
      const drives = new Set(driven.map(lineKey));
      const { scope, name } = view.from['followsCalendar'] ?? { scope: 'default', name: null };
      return {
        mailbox,
        lines: owned.flatMap((line) => (line.owner ? [{ pbx: line.pbx, extension: line.extension, source: line.owner.source, drives: drives.has(lineKey(line)) }] : [])),
        followsCalendar: { isOn: view.values['followsCalendar'] === true, scope, name },
      };
    },
    noteLook: (caller, what, personId) => deeds.look(caller, what, personId),
  });
  return {
    feature,
    endpoints: [...bind(availabilityApi, feature.handlers), ...bind(greetingApi, feature.greetingHandlers), ...bind(availabilityAdminApi, admin.handlers)],
    bytes: [bindBytes(greetingAudio, ({ query }, { tenantId: tenant, personId }) => {
      if (personId === null) throw new OurError('a greeting needs a person');
      return feature.greetingSound(tenant, personId, query.language ?? '');
    })],
    greetings: feature.greetings(tenantId),
    settings: [{ declaration: availabilitySettings, changed: feature.settingsChanged, warnings: (values) => warnings(values) }],
    workHandlers: { ...feature.workHandlers, ...admin.workHandlers },
    workBatches: feature.workBatches,
    straightWork: feature.straightWork,
    // Only one process has the connection to a phone system.
    connectedWork: ['availability.show', 'availability.release'],
    snapshot: (person, topic) => feature.snapshot(person.tenantId, person.personId, topic),
    listen: () => feature.listen(tenantId),
    resume: () => feature.resume(tenantId),
  };
}

/** Of values that the settings have read by the schema already. */
function warnings(values: Readonly<Record<string, unknown>>): readonly string[] {
  const { followsCalendar, mapping, rules } = availabilitySettings.schema;
  return availabilityWarnings({ followsCalendar: followsCalendar.parse(values['followsCalendar']), mapping: mapping.parse(values['mapping']), rules: rules.parse(values['rules']) });
}
