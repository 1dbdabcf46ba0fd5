import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { viewsOf } from './view.ts';

/** Whoever asked for a person, each to be answered. */
type Waiting = Map<string, { resolve(view: AvailabilityView | null): void; reject(error: unknown): void }[]>;

/** So many people are read in one question; a parameter each, and PostgreSQL takes many more. */
const mostAtOnce = 500;

/**
 * Reads states for live streams. Whoever asks in the same turn of the event loop is answered by one reading: a hundred recipients of one pane, and one person whom two
 * thousand panes show, cost the database the same. No reading answers a question that came after it began, so nobody sees what stood before the change they were told of.
 */
export function createViewReader(deps: AvailabilityDeps): (tenantId: string, personId: string) => Promise<AvailabilityView | null> {
  const waiting = new Map<string, Waiting>();

  async function readAll(tenantId: string, asked: Waiting): Promise<void> {
    const ids = [...asked.keys()];
    for (let first = 0; first < ids.length; first += mostAtOnce) {
      const some = ids.slice(first, first + mostAtOnce);
      try {
        const views = await viewsOf(deps, tenantId, some);
        for (const id of some) for (const each of asked.get(id) ?? []) each.resolve(views.get(id) ?? null);
      } catch (error) {
        for (const id of some) for (const each of asked.get(id) ?? []) each.reject(error);
      }
    }
  }

  function begin(tenantId: string): Waiting {
    const asked: Waiting = new Map();
    waiting.set(tenantId, asked);
    setImmediate(() => {
      waiting.delete(tenantId);
      void readAll(tenantId, asked);
    });
    return asked;
  }

  return (tenantId, personId) =>
    new Promise((resolve, reject) => {
      const asked = waiting.get(tenantId) ?? begin(tenantId);
      const others = asked.get(personId);
      if (others) others.push({ resolve, reject });
      else asked.set(personId, [{ resolve, reject }]);
    });
}
