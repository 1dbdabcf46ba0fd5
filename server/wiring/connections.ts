import { OurError } from '../domain/errors.ts';
import type { Connector, ConnectorStatus } from '../ports/connector.ts';
import { createLease, type Lease } from '../store/lease.ts';
import type { World } from './feature.ts';

/**
 * Which connectors run in this process. Those that hold a connection (a PBX tells each listener everything, and would act on each of them) run in one process at a time,
 * all of them together, so that the work that needs them has one place as well; the others run in every process that works.
 */
export interface Connections {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** True when this process may do this kind of work now. */
  mayDo(kind: string): boolean;
  statusOf(connector: Connector): ConnectorStatus;
  /** Resolves when nobody is being asked who has them: for tests. */
  idle(): Promise<void>;
}

export interface ConnectionsOptions {
  world: Pick<World, 'clock' | 'connectors' | 'log' | 'store' | 'tenantId'>;
  /** Kinds of work that ask a connector that holds a connection. */
  kinds: ReadonlySet<string>;
  leaseMs?: number;
  /** Something came or went: there may be other work to do. */
  onChange: () => void;
}

export function createConnections({ world, kinds, leaseMs, onChange }: ConnectionsOptions): Connections {
  const { clock, connectors, log, store, tenantId } = world;
  const held = connectors.filter((each) => each.holdsConnection);
  const free = connectors.filter((each) => !each.holdsConnection);
  const lease: Lease | null = held.length === 0 ? null : createLease({
    db: store.db, clock, log, tenantId, name: 'connections', ...(leaseMs === undefined ? {} : { leaseMs }),
    async onGain() {
      for (const connector of held) await connector.start();
      onChange();
    },
    async onLose() {
      for (const connector of held.toReversed()) await connector.stop().catch((error: unknown) => log.error({ connector: connector.instance, err: error }, 'a connector could not be stopped cleanly'));
      onChange();
    },
  });

  return {
    async start() {
      for (const connector of free) await connector.start();
      lease?.start();
    },
    async stop() {
      await lease?.stop();
      for (const connector of free.toReversed()) await connector.stop();
    },
    idle: async () => lease?.idle(),
    mayDo: (kind) => lease === null || lease.isOurs || !kinds.has(kind),
    statusOf: (connector) => (connector.holdsConnection && !lease?.isOurs ? elsewhere(connector.status()) : connector.status()),
  };
}

/** What is known here of a connector that another process runs. */
export function elsewhere(status: ConnectorStatus): ConnectorStatus {
  return { ...status, state: 'elsewhere', capabilities: [], gaps: [] };
}

/** A kind that no feature does would never be done by anybody. Throws OurError. */
export function connectedKinds(features: readonly { connectedWork?: readonly string[]; workHandlers?: Readonly<Record<string, unknown>>; workBatches?: Readonly<Record<string, unknown>> }[]): Set<string> {
  const all = new Set(features.flatMap((each) => each.connectedWork ?? []));
  const known = new Set(features.flatMap((each) => Object.keys({ ...each.workHandlers, ...each.workBatches })));
  const stray = [...all].find((kind) => !known.has(kind));
  if (stray !== undefined) throw new OurError(`nobody does the work "${stray}"`);
  return all;
}
