import { linesApi } from '../../contract/lines.ts';
import { lineHandlers } from '../accounts/lines/handlers.ts';
import { createLines, type Lines } from '../accounts/lines/lines.ts';
import { putWork } from '../store/work.ts';
import { bind } from '../web/endpoints.ts';
import type { Feature, World } from './feature.ts';

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
  const wake = (tenant: string): Promise<void> => putWork(store.db, { tenantId: tenant, kind: 'lines.claims', key: 'all', dueAt: clock.now() });
  return {
    endpoints: bind(linesApi, lineHandlers(lines, wake)),
    workHandlers: {
      'lines.claims': async ({ tenantId: tenant }) => {
        if (await lines.resolveClaims(tenant)) return { againAt: clock.now() };
        return { againAt: clock.now() + 60 * 60_000 };
      },
    },
    resume: () => wake(tenantId),
  };
}
