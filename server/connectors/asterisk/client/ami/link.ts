import { TheirError } from '../../../../domain/errors.ts';
import { pauseBefore } from '../../../../outbound/retry.ts';
import type { RetryPolicy } from '../../../../outbound/retry.ts';
import type { Clock } from '../../../../ports/clock.ts';
import type { Log } from '../../../../ports/log.ts';
import type { AmiConnection } from './connection.ts';

/** Asterisk is back 0.5 to 2 s after a restart (by trial), so the first tries come soon; a PBX that stays away is asked about four times a minute. */
const reconnect: RetryPolicy = { attempts: Infinity, firstDelayMs: 250, longestDelayMs: 15_000, longestWaitMs: Infinity };

/** A refused login is not tried often, so that fail2ban and the like do not bar us: both connections together at most 8 times in 10 minutes. Ours. */
const refusedPauseMs = 180_000;

export interface Link {
  start(): void;
  stop(): Promise<void>;
}

/** Keeps one connection alive: opens, pings, notices a half-open one, opens again. `open` connects and logs in. */
export function createLink(options: {
  name: string;
  clock: Clock;
  random: () => number;
  log: Log;
  open: (signal: AbortSignal) => Promise<AmiConnection>;
  pingEveryMs: number;
  pingDeadlineMs: number;
  onUp: (connection: AmiConnection) => void;
  onDown: (why: TheirError) => void;
}): Link {
  const { name, clock, random, log } = options;
  let stopped: AbortController | undefined;
  let running: Promise<void> = Promise.resolve();

  async function pingUntilGone(connection: AmiConnection, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(options.pingEveryMs, signal);
      await connection.action('Ping', {}, { deadlineMs: options.pingDeadlineMs, signal });
    }
  }

  /** One life of a connection. Returns why it ended. */
  async function live(signal: AbortSignal): Promise<TheirError> {
    const connection = await options.open(signal);
    const over = new AbortController();
    function shut(): void {
      connection.close();
    }
    signal.addEventListener('abort', shut, { once: true });
    if (signal.aborted) shut();
    log.info({ link: name }, 'manager connection is up');
    options.onUp(connection);
    // A ping without answer means that the other end is gone although the socket looks alive.
    const pinging = pingUntilGone(connection, over.signal).catch((error: unknown) => {
      if (!over.signal.aborted) connection.close(error instanceof TheirError ? error : undefined);
    });
    const why = await connection.closed;
    signal.removeEventListener('abort', shut);
    over.abort(why);
    await pinging;
    return why;
  }

  async function run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = clock.now();
      let why: TheirError;
      try {
        why = await live(signal);
      } catch (error) {
        if (signal.aborted) return;
        why = error instanceof TheirError ? error : new TheirError(name, 'no-answer', 'the manager connection failed', { cause: error });
      }
      if (signal.aborted) return;
      // A connection that dies at once each time must not be opened in a tight loop: only one that lived counts as success.
      failures = clock.now() - startedAt > reconnect.longestDelayMs ? 1 : failures + 1;
      log.warn({ link: name, fault: why.fault, reason: why.message, failures }, 'manager connection is down');
      options.onDown(why);
      const pauseMs = why.fault === 'denied' ? refusedPauseMs : pauseBefore(reconnect, failures, random);
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  }

  return {
    start() {
      if (stopped) return;
      stopped = new AbortController();
      running = run(stopped.signal);
    },
    async stop() {
      stopped?.abort(new TheirError(name, 'no-answer', 'stopped'));
      await running;
      stopped = undefined;
    },
  };
}
