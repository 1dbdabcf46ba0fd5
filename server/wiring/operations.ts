import { logSettings } from '../../contract/operations/log-settings.ts';
import { operationsApi } from '../../contract/operations/operations.ts';
import { createOperations, operationsSettings, tidyWork, type LogKeeper } from '../features/operations/index.ts';
import type { ConnectorConfig } from '../connectors/registry.ts';
import { addressesOf } from '../connectors/graph/config.ts';
import type { ConnectorStatus, Gap } from '../ports/connector.ts';
import { putWork } from '../store/work.ts';
import { bind } from '../web/endpoints.ts';
import type { Feature, World } from './feature.ts';

/** Systems, force now and the log, for administrators. */
export function operationsFeature(world: World, { keeper, statuses }: { keeper: LogKeeper; statuses: () => readonly ConnectorStatus[] }): Feature {
  const { calendars, clock, config, connectors, log, settings, store, tenantId, version } = world;

  /** Everything that is looked at from time to time anyway, now. What asks a connection is done by the process that has it. */
  async function force(tenant: string, instance: string): Promise<string[]> {
    const connector = connectors.find((each) => each.instance === instance);
    const now = clock.now();
    const work = [
      ...(connector?.absenceSource ? [{ kind: 'availability.absences', key: instance }] : []),
      ...(connector?.voicemailStore ? [{ kind: 'voicemail.boxes', key: instance }, { kind: 'lines.adopt', key: instance }] : []),
      ...(connector?.presenceTarget || connector?.calendarSource ? [{ kind: 'availability.round', key: 'all' }] : []),
    ];
    await putWork(store.db, ...work.map((each) => ({ tenantId: tenant, ...each, dueAt: now })));
    const watched = connector?.calendarSource ? await calendars.lookAtAll(tenant, instance) : 0;
    return [...work.map((each) => each.kind), ...(watched > 0 ? ['calendar.subscription', 'calendar.sweep'] : [])];
  }

  /** Calendars that refuse us are nothing that a connector knows: it works, and some mailboxes do not. */
  async function furtherGaps(tenant: string): Promise<Map<string, Gap[]>> {
    const all = await calendars.leftAlone(tenant);
    return new Map(all.map(({ instance, count, since, reason }) => [instance, [{
      capability: 'calendars',
      reason: `${count === 1 ? 'One calendar' : `${count} calendars`} cannot be read, the first since ${new Date(since).toISOString()}: ${reason}.`,
      remedy: 'A person\'s timeline says whether theirs is one of them. Grant the right, or say which mailbox is theirs now; they are asked again by themselves.',
    }]]));
  }

  const feature = createOperations({
    clock, log, store, tenantId, version, connectors, statuses, keeper, force, furtherGaps,
    addressOf: (instance) => config.connectors.filter((each) => each.instance === instance).map(addressOf)[0] ?? null,
    limits: (tenant) => settings.valuesOf(logSettings, tenant, ''),
  });
  return {
    endpoints: bind(operationsApi, feature.handlers),
    settings: operationsSettings,
    workHandlers: feature.workHandlers,
    listen: () => feature.listen(),
    resume: () => putWork(store.db, tidyWork(tenantId, clock.now())),
  };
}

/** As an administrator knows it: "Using EWS URL" of the seed (A126). */
function addressOf(entry: ConnectorConfig): string | null {
  if (entry.type === 'graph') return addressesOf(entry).base;
  if (entry.type === 'jitsi') return entry.url;
  if (entry.type === 'asterisk') return `${entry.ami.host}:${entry.ami.port}`;
  return 'host' in entry && typeof entry.host === 'string' ? entry.host : null;
}
