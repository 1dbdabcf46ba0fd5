import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Queries } from './schema.ts';

/** Something that one process at a time has, of all that share the database: a row with a name, an owner and an end. Taken over when its owner does not renew it. */
export interface Lease {
  /** True while it is ours for certain. */
  readonly isOurs: boolean;
  start(): void;
  /** Gives it back, so that another process need not wait for its end. */
  stop(): Promise<void>;
  /** Resolves when the database is not being asked: for tests. */
  idle(): Promise<void>;
}

export interface LeaseOptions {
  db: Queries;
  clock: Clock;
  log: Log;
  tenantId: string;
  name: string;
  /** How long nobody else may have it after its owner was last heard of, ms. */
  leaseMs?: number;
  /** It is ours from now on. What it throws is logged, and the lease is given up. */
  onGain: () => Promise<void>;
  /** It is not ours any more, or soon will not be. Awaited before it is asked for again. */
  onLose: () => Promise<void>;
}

const defaultLeaseMs = 15_000;

/** Renewed after a third of its time; given up after two thirds without an answer, so that we have let go before anybody else can begin. */
export function createLease({ db, clock, log, tenantId, name, leaseMs = defaultLeaseMs, onGain, onLose }: LeaseOptions): Lease {
  const owner = randomUUID();
  const stopping = new AbortController();
  const everyMs = leaseMs / 3;
  let running: Promise<void> | undefined;
  let isOurs = false;
  let asking: Promise<unknown> = Promise.resolve();

  /** Takes or renews it: true when it is ours until `now + leaseMs`. */
  async function ask(now: number): Promise<boolean> {
    const { rows } = await sql<{ owner: string }>`
      insert into lease (tenant_id, name, owner, until) values (${tenantId}, ${name}, ${owner}, ${new Date(now + leaseMs)})
      on conflict (tenant_id, name) do update set owner = excluded.owner, until = excluded.until
      where lease.owner = excluded.owner or lease.until <= ${new Date(now)}
      returning owner`.execute(db);
    return rows.length > 0;
  }

  async function hold(): Promise<void> {
    let askedAt = clock.now();
    if (!(await answered(askedAt))) return;
    isOurs = true;
    log.info({ lease: name }, 'this process has the connections now');
    try {
      await onGain();
      while (!stopping.signal.aborted) {
        await clock.sleep(everyMs, stopping.signal);
        const now = clock.now();
        const isHeld = await answered(now);
        if (isHeld) askedAt = now;
        else if (isHeld === false || clock.now() - askedAt >= 2 * everyMs) break;
      }
    } finally {
      isOurs = false;
      await onLose();
      await db.deleteFrom('lease').where('tenant_id', '=', tenantId).where('name', '=', name).where('owner', '=', owner).execute().catch(() => undefined);
    }
  }

  /** Null while the database does not answer, within a third of the lease. */
  async function answered(now: number): Promise<boolean | null> {
    const unanswered = new AbortController();
    const late = clock.sleep(everyMs, unanswered.signal).then(() => null, () => null);
    try {
      const asked = ask(now);
      asking = asked.catch(() => undefined);
      return await Promise.race([asked, late]);
    } catch (error) {
      log.warn({ lease: name, err: String(error) }, 'a lease could not be asked for');
      return null;
    } finally {
      unanswered.abort();
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await hold().catch((error: unknown) => {
        if (!stopping.signal.aborted) log.error({ lease: name, err: error }, 'what a lease is for could not be begun');
      });
      if (!stopping.signal.aborted) await clock.sleep(everyMs, stopping.signal).catch(() => undefined);
    }
  }

  return {
    get isOurs() {
      return isOurs;
    },
    async idle() {
      await asking;
    },
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort(new Error('the lease is given back'));
      await running;
    },
  };
}
