import type { z } from 'zod';
import type { availabilityApi } from '../../../../contract/availability/availability.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { seenBy, viewsOf } from './view.ts';

type Answer = z.input<typeof availabilityApi.people.response>;

/**
 * The states behind addresses as a mail carries them, in the caller's order, each once. Only whom we know already: looking at recipients must neither fill our tables with
 * strangers nor ask a directory five hundred times.
 */
export async function statesByAddress(deps: AvailabilityDeps, tenantId: string, viewer: string, addresses: readonly string[]): Promise<Answer> {
  const wanted = [...new Set(addresses)];
  const known = await deps.crowd.byAddress(tenantId, wanted.map(plain));
  const [views, domains] = await Promise.all([viewsOf(deps, tenantId, [...new Set(known.values())]), deps.crowd.domains(tenantId)]);
  return {
    people: wanted.map((address) => {
      const view = seenBy(viewer, views.get(known.get(plain(address)) ?? '') ?? null);
      if (view) return { address, where: 'member', availability: view };
      return { address, where: domains.has(plain(address).split('@').at(-1) ?? '') ? 'inside' : 'outside', availability: null };
    }),
  };
}

function plain(address: string): string {
  return address.trim().toLowerCase();
}
