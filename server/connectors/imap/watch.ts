import type { Clock } from '../../ports/clock.ts';
import type { ImapConnection } from './client/connection.ts';
import type { Line } from './client/line.ts';
import type { ImapConfig } from './config.ts';

export interface WatchOptions {
  config: ImapConfig;
  clock: Clock;
  random: () => number;
  /** Takes one of the standing connections; false when all are taken. */
  takePlace: () => boolean;
  givePlace: () => void;
}

export interface Watch { stop(): void }

/** What a look at a folder's state shows; the same text means that nothing happened that shows there. */
async function stateOf(connection: ImapConnection, path: string): Promise<string> {
  const { uidValidity, uidNext, messages, unseen, highestModseq } = (await connection.status(path)) ?? {};
  return [uidValidity, uidNext, messages, unseen, highestModseq].join(' ');
}

/**
 * Watches one mailbox until stopped: over a connection that stands and is told (IDLE), or by looks with pauses that grow while nothing happens. The one becomes
 * the other when the server has no IDLE or our standing connections are all taken. Throws TheirError when the mailbox cannot be entered.
 */
export async function startWatch(line: Line, path: string, onNews: () => void, { config, clock, random, takePlace, givePlace }: WatchOptions): Promise<Watch> {
  const { fastSeconds, slowSeconds } = config.poll;
  let isStopped = false;
  let hasPlace = takePlace();
  /** Until the server was asked. */
  let canIdle = true;
  let cancel: (() => void) | null = null;
  let pauseMs = fastSeconds * 1_000;
  let last: string | null = null;

  function leavePlace(): void {
    if (hasPlace) givePlace();
    hasPlace = false;
  }

  function later(): void {
    // Spread, so that thousands of mailboxes are not asked in the same moment.
    cancel = clock.at(clock.now() + Math.ceil(pauseMs * (0.9 + random() * 0.1)), () => void look());
  }

  async function look(): Promise<void> {
    try {
      const state = await line.use('always', (connection) => stateOf(connection, path));
      const isNews = last !== null && state !== last;
      last = state;
      pauseMs = isNews ? fastSeconds * 1_000 : Math.min(slowSeconds * 1_000, pauseMs * 1.5);
      if (isNews && !isStopped) onNews();
    } catch {
      // What is wrong is told by the connector's status; the sweep is the net under this.
      pauseMs = slowSeconds * 1_000;
    }
    const stands = !isStopped && canIdle && (await stand());
    if (!stands && !isStopped) later();
  }

  /** Takes a standing connection that another mailbox has left. What happened between the last look and the first word of the server is looked for once. */
  async function stand(): Promise<boolean> {
    hasPlace = takePlace();
    if (!hasPlace) return false;
    line.hold(path, onNews);
    try {
      canIdle = await line.use('always', async ({ can }) => can.idle);
    } catch {
      // Looks go on, and say what is wrong by themselves.
      giveUp();
      return false;
    }
    if (!canIdle) giveUp();
    else if (!isStopped) onNews();
    return canIdle;
  }

  function giveUp(): void {
    line.release();
    leavePlace();
  }

  if (hasPlace) line.hold(path, onNews);
  try {
    canIdle = await line.use('always', async ({ can }) => can.idle);
    if (!canIdle || !hasPlace) {
      giveUp();
      await look();
    }
  } catch (error) {
    giveUp();
    throw error;
  }

  return {
    stop() {
      if (isStopped) return;
      isStopped = true;
      cancel?.();
      giveUp();
    },
  };
}
