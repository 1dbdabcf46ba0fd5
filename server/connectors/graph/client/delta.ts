import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import { isOwnLink } from './address.ts';
import type { GraphCall } from './call.ts';
import type { GraphClient } from './client.ts';
import { refusalOf } from './graph-error.ts';
import { walkPages } from './pages.ts';

/** What a delta row has in common whatever it is about. */
const rowHead = z.object({ id: z.string().min(1).max(2_048), '@removed': z.unknown().optional() });

export interface DeltaResult {
  /** Living rows by id, each as it was told last, in the order of that. */
  rows: Map<string, unknown>;
  removed: Set<string>;
  deltaLink: string;
  /** The cursor was refused and all was read anew. */
  wasReset: boolean;
}

export interface DeltaWalk {
  client: GraphClient;
  connector: string;
  /** Reads everything. */
  first: GraphCall;
  /** Where we were: a delta link of an earlier walk. Null: read everything. */
  cursor: string | null;
  /** Rows without an id are left out and told here. */
  onBrokenRow: () => void;
}

/** Codes by which Graph says that it no longer knows where we were, with 410 or another 4xx (graph.md §2). Told in any case. */
const forgotten = /^(syncStateNotFound|SyncStateInvalid|ErrorInvalidSyncStateData|resyncRequired|resyncChangesApplyDifferences|resyncChangesUploadDifferences)$/i;

/** True when the walk has to begin anew. */
export function isForgotten(error: unknown): boolean {
  const refusal = refusalOf(error);
  if (refusal === null) return false;
  return refusal.status === 410 || (refusal.status >= 400 && refusal.status < 500 && forgotten.test(refusal.code));
}

/**
 * Walks a delta from the cursor to its end. The same row may come twice (the last counts), pages may be empty, and the state may be forgotten at any page:
 * then all is read anew, a few calendars at a time. `Location` of a 410 only leads to the same beginning, so it is not needed.
 */
export async function walkDelta(walk: DeltaWalk): Promise<DeltaResult> {
  const { client, connector, first, cursor } = walk;
  // A cursor of another Graph (the configuration was changed) says nothing here.
  const link = cursor !== null && isOwnLink(client.base, cursor) ? cursor : null;
  if (cursor === null) return once(walk, first, false);
  if (link === null) return client.budgets.resync(() => once(walk, first, true));
  try {
    return await once(walk, { ...first, target: { link } }, false);
  } catch (error) {
    if (!isForgotten(error)) throw error;
  }
  return client.budgets.resync(() => once(walk, first, true)).catch((error: unknown) => {
    if (!isForgotten(error)) throw error;
    throw new TheirError(connector, 'unavailable', `${first.what}: Graph forgot the state again while all was read`, { cause: error });
  });
}

async function once({ client, connector, onBrokenRow }: DeltaWalk, first: GraphCall, wasReset: boolean): Promise<DeltaResult> {
  const rows = new Map<string, unknown>();
  const removed = new Set<string>();
  // Many calendars and inboxes are walked at a time, and nobody looks at a screen meanwhile.
  const call: GraphCall = { ...first, sharesRequest: true };
  const last = await walkPages(client, connector, call, (page) => {
    for (const row of page) {
      const head = rowHead.safeParse(row);
      if (!head.success) {
        onBrokenRow();
        continue;
      }
      const { id } = head.data;
      rows.delete(id);
      removed.delete(id);
      if (head.data['@removed'] === undefined) rows.set(id, row);
      else removed.add(id);
    }
  });
  const deltaLink = last['@odata.deltaLink'];
  if (deltaLink === undefined) throw new TheirError(connector, 'unreadable', `${call.what}: the last page names no way on`);
  if (!isOwnLink(client.base, deltaLink)) throw new TheirError(connector, 'unreadable', `${call.what}: Graph gave a link to another host`);
  return { rows, removed, deltaLink, wasReset };
}
