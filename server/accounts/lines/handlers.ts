import type { Handlers } from '../../../contract/endpoint.ts';
import type { linesApi } from '../../../contract/people/lines.ts';
import type { Lines } from './lines.ts';

/** The endpoints of contract/people/lines.ts. */
export function lineHandlers(lines: Lines, wake: (tenantId: string) => Promise<void>): Handlers<typeof linesApi> {
  return {
    async all(_input, { tenantId }) {
      const found = await lines.all(tenantId);
      return { lines: found.map(({ owner, devices, ...line }) => ({ ...line, devices: [...devices], owner: owner && { ...owner, since: new Date(owner.since).toISOString() } })) };
    },
    unmatched: ({ query }, { tenantId }) => lines.unmatched(tenantId, query),
    async importList({ body }, { tenantId }) {
      const imported = await lines.importCsv(tenantId, body.csv, { onlyLook: body.onlyLook });
      if (!body.onlyLook) await wake(tenantId);
      return imported;
    },
    exportList: async (_input, { tenantId }) => ({ csv: await lines.exportCsv(tenantId) }),
    async remove({ params }, { tenantId }) {
      const removed = await lines.remove(tenantId, params);
      // What the line showed is taken back.
      if (removed) await wake(tenantId);
      return { removed };
    },
  };
}
