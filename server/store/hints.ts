/**
 * "Something changed, look": between the processes that share a database. Only a hint: who misses one finds the truth in the tables a little later.
 * Sent after the commit, not in the transaction: PostgreSQL commits transactions with NOTIFY one at a time.
 */
import { Client, type ClientConfig, type Notification } from 'pg';
import { systemClock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

export type Hint =
  /** Work was put that is due at `dueAt`, epoch ms, UTC. */
  | { type: 'work'; dueAt: number }
  /** The state behind this live topic changed. */
  | { type: 'topic'; tenantId: string; topic: string }
  /** Hints may have been lost: look at everything. */
  | { type: 'resync' };

export interface HintBus {
  /** Tells this process at once, and the others soon. Never throws. */
  publish(hints: readonly Hint[]): void;
  /** Returns a function that stops it. */
  listen(fn: (hint: Hint) => void): () => void;
  /** True while other processes can be heard. */
  readonly connected: boolean;
  start(): void;
  stop(): Promise<void>;
}

const channel = 'tieline_hint';
/** PostgreSQL refuses payloads of 8000 bytes and more. */
const longestPayload = 7_900;
/** A connection that says nothing is asked at this interval, so that a half-open one is noticed. */
const heartbeatMs = 30_000;
/** While we cannot speak, this many hints are kept; beyond that the others are told to look at everything. */
const mostWaiting = 5_000;
const firstRetryMs = 250;
const longestRetryMs = 10_000;
const stopMs = 2_000;

export interface HintBusOptions {
  settings: ClientConfig;
  log: Log;
  /** Called before each reconnect: the embedded database is started again here. */
  revive?: (() => Promise<void>) | undefined;
}

/** Makes the bus. Waits by the machine's clock: a turned clock must not keep the database away. */
export function createHintBus({ settings, log, revive }: HintBusOptions): HintBus {
  const clock = systemClock();
  const listeners = new Set<(hint: Hint) => void>();
  const stopping = new AbortController();
  let client: Client | undefined;
  let waiting = new Set<string>();
  let sending = false;
  let running: Promise<void> | undefined;

  function tell(hint: Hint): void {
    for (const listener of listeners) listener(hint);
  }

  function heard(message: Notification, own: Client): void {
    if ('processID' in own && message.processId === own.processID) return;
    const hint = readHint(message.payload ?? '');
    if (hint) tell(hint);
    else log.warn({}, 'unreadable hint ignored');
  }

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    for (let own = client; own && waiting.size > 0; own = client) {
      const payloads = [...waiting];
      waiting = new Set();
      try {
        await own.query('select pg_notify($1, p) from unnest($2::text[]) p', [channel, payloads]);
      } catch {
        // The connection is ending: they go out over the next one.
        waiting = new Set([...payloads, ...waiting]);
        if (client === own) client = undefined;
      }
    }
    sending = false;
  }

  /** One life of the connection: resolves when it is over, throws when it could not begin. */
  async function live(): Promise<void> {
    const own = new Client(settings);
    const over = new Promise<void>((resolve) => {
      own.once('end', resolve);
      own.once('error', () => resolve());
    });
    own.on('notification', (message) => heard(message, own));
    try {
      await own.connect();
      // A hint need not survive a crash, so its commit need not wait for the disk.
      await own.query('set synchronous_commit = off');
      await own.query(`listen ${channel}`);
      client = own;
      tell({ type: 'resync' });
      void send();
      await Promise.race([over, beat(own), aborted(stopping.signal)]);
    } finally {
      client = undefined;
      await Promise.race([own.end().catch(() => undefined), clock.sleep(1_000)]);
    }
  }

  /** Resolves when the connection stops answering. */
  async function beat(own: Client): Promise<void> {
    try {
      for (;;) {
        await clock.sleep(heartbeatMs, stopping.signal);
        await own.query('select 1');
      }
    } catch {
      return;
    }
  }

  async function run(): Promise<void> {
    let retryMs = firstRetryMs;
    while (!stopping.signal.aborted) {
      try {
        await live();
        retryMs = firstRetryMs;
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ err: String(error), retryMs }, 'no connection for hints; trying again');
      }
      if (stopping.signal.aborted) return;
      await clock.sleep(retryMs, stopping.signal).catch(() => undefined);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
      if (!stopping.signal.aborted) await revive?.().catch((error: unknown) => log.warn({ err: String(error) }, 'the embedded database could not be started again'));
    }
  }

  return {
    publish(hints) {
      for (const hint of hints) {
        const payload = JSON.stringify(hint);
        tell(hint);
        if (payload.length < longestPayload) waiting.add(payload);
      }
      if (waiting.size > mostWaiting) waiting = new Set([JSON.stringify({ type: 'resync' })]);
      void send();
    },
    listen(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    get connected() {
      return client !== undefined;
    },
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      // Whatever it is waiting for (a database that does not start), it must not keep us.
      await Promise.race([running, clock.sleep(stopMs)]);
    },
  };
}

/** Whoever may write to the database may notify: what is heard is checked. */
function readHint(payload: string): Hint | null {
  try {
    const said: unknown = JSON.parse(payload);
    if (typeof said !== 'object' || said === null || !('type' in said)) return null;
    if (said.type === 'resync') return { type: 'resync' };
    if (said.type === 'work' && 'dueAt' in said && typeof said.dueAt === 'number') return { type: 'work', dueAt: said.dueAt };
    if (said.type !== 'topic' || !('tenantId' in said) || !('topic' in said)) return null;
    return { type: 'topic', tenantId: String(said.tenantId), topic: String(said.topic) };
  } catch {
    return null;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
