import { linesApi } from '../../contract/lines.ts';
import { lineHandlers } from '../accounts/lines/handlers.ts';
import { createLines, type Lines } from '../accounts/lines/lines.ts';
import { putWork } from '../store/work.ts';
import { bind } from '../web/endpoints.ts';
import { hour, type Feature, type World } from './feature.ts';

/** Phone lines and whose they are: several features ask for them. */
export function makeLines({ accounts, clock, config, connectors, store }: Pick<World, 'accounts' | 'clock' | 'config' | 'connectors' | 'store'>): Lines {
  return createLines({
    clock, store,
    pbxs: connectors.filter((each) => each.type === 'asterisk').map((each) => each.instance),
    personByAddress: (tenant, address) => accounts.personByAddress(tenant, address),
    templates: { number: config.lines.number ?? null, address: config.lines.ownerAddress ?? null },
  });
}

/** Their endpoints, and the questions to the directories about owners who were named and are not known. */
export function linesFeature({ clock, lines, store, tenantId }: World): Feature {
  /** Owners are looked for, and whoever follows people's lines looks at them anew. */
  const wake = (tenant: string): Promise<void> => putWork(store.db, ...['lines.claims', 'availability.round'].map((kind) => ({ tenantId: tenant, kind, key: 'all', dueAt: clock.now() })));
  return {
    endpoints: bind(linesApi, lineHandlers(lines, wake)),
    workHandlers: {
      'lines.claims': async ({ tenantId: tenant }) => {
        const { asked, found } = await lines.resolveClaims(tenant);
        if (found > 0) await putWork(store.db, { tenantId: tenant, kind: 'availability.round', key: 'all', dueAt: clock.now() });
        return { againAt: clock.now() + (asked > 0 ? 0 : hour) };
      },
    },
    resume: () => wake(tenantId),
  };
}
