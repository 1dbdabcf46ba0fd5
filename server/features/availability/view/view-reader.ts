import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { viewsOf } from './view.ts';

/** Whoever asked for a person, each to be answered. */
type Waiting = Map<string, { resolve(view: AvailabilityView | null): void; reject(error: unknown): void }[]>;

/** So many people are read in one question; a parameter each, and PostgreSQL takes many more. */
const mostAtOnce = 500;

/**
 * Reads states for live streams. There is one reading at a time, and whoever asks meanwhile is answered by the next one: a hundred recipients of one pane, one person whom two thousand panes
 * show, and two thousand panes that come back within a second cost the database what it has time for. No reading answers a question that came after it began, so nobody sees what stood before
 * the change they were told of.
 */
export function createViewReader(deps: AvailabilityDeps, read: typeof viewsOf = viewsOf): (tenantId: string, personId: string) => Promise<AvailabilityView | null> {
  /** By tenant, those who are answered next; a tenant that stands in it has a reading under way or about to begin. */
  const next = new Map<string, Waiting>();

  async function answer(tenantId: string, asked: Waiting): Promise<void> {
    const ids = [...asked.keys()];
    for (let first = 0; first < ids.length; first += mostAtOnce) {
      const some = ids.slice(first, first + mostAtOnce);
      try {
        const views = await read(deps, tenantId, some);
        for (const id of some) for (const each of asked.get(id) ?? []) each.resolve(views.get(id) ?? null);
      } catch (error) {
        for (const id of some) for (const each of asked.get(id) ?? []) each.reject(error);
      }
    }
  }

  async function readOn(tenantId: string): Promise<void> {
    for (let asked = next.get(tenantId); asked && asked.size > 0; asked = next.get(tenantId)) {
      next.set(tenantId, new Map());
      await answer(tenantId, asked);
    }
    next.delete(tenantId);
  }

  function begin(tenantId: string): Waiting {
    const asked: Waiting = new Map();
    next.set(tenantId, asked);
    // Whoever asks in the same turn of the event loop belongs to the first reading.
    setImmediate(() => void readOn(tenantId));
    return asked;
  }

  return (tenantId, personId) =>
    new Promise((resolve, reject) => {
      const asked = next.get(tenantId) ?? begin(tenantId);
      const others = asked.get(personId);
      if (others) others.push({ resolve, reject });
      else asked.set(personId, [{ resolve, reject }]);
    });
}
