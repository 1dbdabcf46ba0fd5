import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Connector, ConnectorStatus } from '../ports/connector.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../store/connect.ts';

/**
 * Which systems do not answer us. Only the process that has the connections can tell, and people ask any process: so it is a row with a name and an end in the table of what
 * one process has (`lease`), which lives as long as that process says so again. A process that dies takes its word with it.
 */
export interface Away {
  /** A system does not answer, or refuses us. */
  isAway(instance: string): Promise<boolean>;
  /** Calls `fn` in the process that has the connections, when a system went away or came back. Returns a function that stops it. */
  onTurn(fn: (instance: string) => void): () => void;
  /** Says how these do, from now on. Returns a function that ends it and takes the words back. */
  keep(connectors: readonly Connector[], statusOf: (connector: Connector) => ConnectorStatus): () => Promise<void>;
}

/** So long nobody needs to say it again, ms. */
const believedMs = 60_000;
/** It is said again after this, ms. */
const againMs = believedMs / 3;

export function createAway({ clock, log, store, tenantId }: { clock: Clock; log: Log; store: Pick<Store, 'db'>; tenantId: string }): Away {
  const listeners = new Set<(instance: string) => void>();
  const owner = randomUUID();
  const nameOf = (instance: string): string => `away:${instance}`;

  async function say(instance: string, now: number): Promise<void> {
    const row = { owner, until: new Date(now + believedMs) };
    await store.db.insertInto('lease').values({ tenant_id: tenantId, name: nameOf(instance), ...row }).onConflict((known) => known.columns(['tenant_id', 'name']).doUpdateSet(row)).execute();
  }

  /** `anyones`: it answers, whoever said otherwise; else our own word, since another process may have said its own by now. */
  async function takeBack(instance: string, anyones: boolean): Promise<void> {
    const words = store.db.deleteFrom('lease').where('tenant_id', '=', tenantId).where('name', '=', nameOf(instance));
    await (anyones ? words : words.where('owner', '=', owner)).execute();
  }

  function keepOne(connector: Connector, statusOf: (connector: Connector) => ConnectorStatus): () => Promise<void> {
    const { instance } = connector;
    /** What was said last; null: nothing, by this process. */
    let said: boolean | null = null;
    /** Epoch ms. */
    let saidAt = 0;
    let last = Promise.resolve();
    let cancel = (): void => undefined;
    let isOver = false;

    async function look(): Promise<void> {
      const isAway = isOver ? null : awayBy(statusOf(connector));
      const was = said;
      const now = clock.now();
      if (isAway === true && (was !== true || now - saidAt >= againMs)) {
        await say(instance, now);
        saidAt = now;
      } else if (isAway !== true && was !== isAway) {
        await takeBack(instance, isAway === false);
      }
      said = isAway;
      cancel();
      if (isAway === true) cancel = clock.at(saidAt + againMs, next);
      if ((was ?? false) !== (isAway ?? false)) for (const listener of listeners) listener(instance);
    }
    function next(): void {
      // One after the other: "back" must not be written over by "away".
      last = last.then(look).catch((error: unknown) => {
        log.warn({ connector: instance, err: String(error) }, 'it could not be written down whether a system answers');
        // What was not written is written later.
        cancel();
        if (!isOver) cancel = clock.at(clock.now() + againMs, next);
      });
    }

    const deaf = connector.onStatus(next);
    next();
    return async () => {
      deaf();
      isOver = true;
      next();
      await last;
    };
  }

  return {
    async isAway(instance) {
      const row = await store.db.selectFrom('lease').select('name').where('tenant_id', '=', tenantId).where('name', '=', nameOf(instance)).where('until', '>', new Date(clock.now())).executeTakeFirst();
      return row !== undefined;
    },
    onTurn(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    keep(connectors, statusOf) {
      const ends = connectors.map((connector) => keepOne(connector, statusOf));
      return async () => {
        for (const end of ends) await end();
      };
    },
  };
}

/** Null where this process cannot know: another one has the connection, or it is just being made. */
function awayBy({ state }: ConnectorStatus): boolean | null {
  if (state === 'elsewhere' || state === 'starting') return null;
  return state === 'down' || state === 'refused';
}
