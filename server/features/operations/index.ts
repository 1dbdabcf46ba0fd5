import { logSettings } from '../../../contract/operations/log-settings.ts';
import type { Handlers } from '../../../contract/endpoint.ts';
import type { operationsApi, SystemStatus } from '../../../contract/operations/operations.ts';
import { UserError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Connector, ConnectorStatus, Gap } from '../../ports/connector.ts';
import type { Log } from '../../ports/log.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import type { WorkPut } from '../../store/work.ts';
import type { WorkHandlers } from '../../store/worker.ts';
import type { LogKeeper } from './log-keeper.ts';
import { allTold, dropLinesBefore, failingWork, insertLines, keepsFrom, linesOf, logSize, namesOf, putTold } from './rows.ts';

export { createLogKeeper, type LogKeeper } from './log-keeper.ts';

export interface OperationsDeps {
  clock: Clock;
  log: Log;
  store: { db: Queries; transaction: RunTransaction };
  tenantId: string;
  version: string;
  connectors: readonly Connector[];
  /** How each does, as far as this process knows. */
  statuses(): readonly ConnectorStatus[];
  /** Where a connector reaches its system, as configured. */
  addressOf(instance: string): string | null;
  /** Kinds and keys of work that look at everything of a system. */
  force(tenantId: string, instance: string): Promise<string[]>;
  /** What is missing of a system besides what its connector says, by its instance. */
  furtherGaps(tenantId: string): Promise<ReadonlyMap<string, readonly Gap[]>>;
  limits(tenantId: string): Promise<{ days: number; megabytes: number }>;
  keeper: LogKeeper;
}

export interface OperationsFeature {
  handlers: Handlers<typeof operationsApi>;
  workHandlers: WorkHandlers;
  /** In a process that works: tells the others how its connectors do. */
  listen(): () => void;
}

const day = 24 * 60 * 60_000;
const tidyEveryMs = 10 * 60_000;
const iso = (instant: number): string => new Date(instant).toISOString();

/** What stands in one field of lines, each once. */
function texts(lines: readonly { fields: Readonly<Record<string, unknown>> }[], field: string): string[] {
  return [...new Set(lines.flatMap(({ fields }) => (typeof fields[field] === 'string' ? [fields[field]] : [])))];
}

/** What administrators see of the machine room: systems with their remedies, force now, and the log (A118, A119, A123, A126). */
export function createOperations(deps: OperationsDeps): OperationsFeature {
  const { clock, connectors, store, tenantId } = deps;
  deps.keeper.storeWith((lines) => store.transaction((tx) => insertLines(tx, tenantId, lines)));

  async function systems(tenant: string): Promise<SystemStatus[]> {
    const [told, failing, further] = await Promise.all([allTold(store.db, tenant), failingWork(store.db, tenant), deps.furtherGaps(tenant)]);
    return deps.statuses().map((here) => {
      // Another process has it: what it told last.
      const known = here.state === 'elsewhere' ? told.get(here.instance) : undefined;
      const { instance, type, state, since, version, capabilities, gaps } = known?.status ?? here;
      return {
        instance, type, state, since: iso(since), toldAt: iso(known?.toldAt ?? clock.now()), address: deps.addressOf(instance), version: version ?? null, capabilities, gaps: [...gaps, ...(further.get(instance) ?? [])],
        failing: failing.filter((each) => each.instance === instance).map(({ kind, waiting, error }) => ({ kind, waiting, error })), canForce: true,
      };
    });
  }

  async function tidy(tenant: string): Promise<{ againAt: number }> {
    const { days, megabytes } = await deps.limits(tenant);
    const now = clock.now();
    const full = await keepsFrom(store.db, tenant, megabytes * 1_000_000);
    await store.transaction((tx) => dropLinesBefore(tx, tenant, Math.max(now - days * day, full ?? 0)));
    return { againAt: now + tidyEveryMs };
  }

  return {
    handlers: {
      status: async (_input, caller) => ({ version: deps.version, asOf: iso(clock.now()), systems: await systems(caller.tenantId) }),
      async force({ params }, caller) {
        if (!connectors.some((each) => each.instance === params.instance)) {
          throw new UserError(404, { code: 'system-unknown', field: 'instance', message: `No system is connected under the name ${params.instance}.`, remedy: 'Choose one of the list.' });
        }
        deps.log.info({ step: 'system.force', instance: params.instance }, 'an administrator wants everything of a system looked at now');
        return { asked: await deps.force(caller.tenantId, params.instance) };
      },
      async log({ query }, caller) {
        const [lines, { bytes, oldest }] = await Promise.all([
          linesOf(store.db, caller.tenantId, { after: query.after ?? null, before: query.before ?? null, level: query.level, instance: query.instance ?? null, limit: query.limit }), logSize(store.db, caller.tenantId),
        ]);
        return {
          lines: lines.map(({ at, fields, instance, ...line }) => {
            const { step, ...more } = fields;
            return { ...line, at: iso(at), step: typeof step === 'string' ? step : null, fields: { ...(instance === null ? {} : { instance }), ...more } };
          }),
          names: Object.fromEntries(await namesOf(store.db, caller.tenantId, { people: texts(lines, 'personId'), mailboxes: texts(lines, 'mailbox') })),
          usedMegabytes: Math.round(bytes / 10_000) / 100, oldest: oldest === null ? null : iso(oldest),
        };
      },
    },
    workHandlers: { 'operations.tidy': ({ tenantId: tenant }) => tidy(tenant) },
    listen() {
      const tell = (status: ConnectorStatus): void => {
        deps.log.info({ step: 'system.state', instance: status.instance, state: status.state, version: status.version ?? null, address: deps.addressOf(status.instance) }, 'a connected system tells how it does');
        putTold(store.db, tenantId, status, clock.now()).catch((error: unknown) => deps.log.warn({ instance: status.instance, err: String(error) }, 'the state of a system could not be kept'));
      };
      const stops = connectors.map((each) => each.onStatus(tell));
      return () => stops.forEach((stop) => stop());
    },
  };
}

/** The settings of the log, declared by this feature. */
export const operationsSettings = [{ declaration: logSettings }];

export function tidyWork(tenantId: string, now: number): WorkPut {
  return { tenantId, kind: 'operations.tidy', key: 'all', dueAt: now, unlessEarlier: true };
}
