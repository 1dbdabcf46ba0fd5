import { TheirError } from '../../../domain/errors.ts';
import { shortRetry, withRetry } from '../../../outbound/retry.ts';
import type { Repeat } from '../../../outbound/retry.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ImapConnection } from './connection.ts';

/** One mailbox's connection, and the turns of those who use it. */
export interface Line {
  /** Runs when it is one's turn, over a connection that is signed in; a broken one is replaced. Throws TheirError. */
  use<T>(repeat: Repeat, run: (connection: ImapConnection) => Promise<T>): Promise<T>;
  /** From now on the connection stands and is told of changes in `path`; ends when `release` is called. */
  hold(path: string, onNews: () => void): void;
  release(): void;
  readonly isHeld: boolean;
  close(): void;
}

export interface LineOptions {
  clock: Clock;
  random: () => number;
  lingerMs: number;
  connect: (hooks: { onChange: () => void; onOver: () => void }) => Promise<ImapConnection>;
}

/** Before a held connection that broke is opened again: a second first, a minute in the end, with full jitter. Ours. */
const reopen = { firstMs: 1_000, longestMs: 60_000 };

export function createLine({ clock, random, lingerMs, connect }: LineOptions): Line {
  let connection: ImapConnection | null = null;
  let turns: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let held: { path: string; onNews: () => void } | null = null;
  let cancelAlarm: (() => void) | null = null;
  let failures = 0;
  let isClosed = false;

  function alarm(ms: number, fn: () => void): void {
    cancelAlarm?.();
    cancelAlarm = clock.at(clock.now() + ms, () => {
      cancelAlarm = null;
      fn();
    });
  }

  async function connected(): Promise<ImapConnection> {
    if (connection && !connection.isOver) return connection;
    if (isClosed) throw new TheirError('imap', 'unavailable', 'the connector was stopped');
    const own: { opened?: ImapConnection } = {};
    own.opened = await connect({
      onChange: () => held?.onNews(),
      onOver() {
        if (connection !== own.opened) return;
        connection = null;
        if (held) comeBack();
      },
    });
    if (isClosed) {
      own.opened.close();
      throw new TheirError('imap', 'unavailable', 'the connector was stopped');
    }
    connection = own.opened;
    return connection;
  }

  /** Something may have happened that nobody told us of: whoever listens is told to look. */
  function comeBack(): void {
    const pause = Math.min(reopen.longestMs, reopen.firstMs * 2 ** failures);
    alarm(Math.ceil(pause / 2 + random() * (pause / 2)), () => {
      const listener = held;
      if (!listener || isClosed) return;
      use('never', async () => undefined).then(
        () => {
          failures = 0;
          listener.onNews();
        },
        () => {
          failures += 1;
          comeBack();
        },
      );
    });
  }

  /** After the last of those who wait: listens, or lingers for a while. */
  async function rest(): Promise<void> {
    const current = connection;
    if (!current || current.isOver) return;
    if (held && current.can.idle) {
      if (current.openPath !== held.path) await current.open(held.path);
      return current.idle();
    }
    alarm(lingerMs, () => {
      if (waiting === 0) connection?.close();
    });
  }

  async function turn<T>(run: () => Promise<T>): Promise<T> {
    waiting++;
    const mine = turns.then(run);
    turns = mine.catch(() => undefined).then(async () => {
      waiting--;
      // When listening cannot begin the connection is over, and that is told by itself.
      if (waiting === 0) await rest().catch(() => connection?.close());
    });
    return mine;
  }

  function use<T>(repeat: Repeat, run: (connection: ImapConnection) => Promise<T>): Promise<T> {
    return turn(() => withRetry({ clock, policy: shortRetry, repeat, random }, async () => run(await connected())));
  }

  return {
    use,
    get isHeld() {
      return held !== null;
    },
    hold(path, onNews) {
      // It was used before it was watched, and would be closed when that has lingered.
      cancelAlarm?.();
      cancelAlarm = null;
      held = { path, onNews };
    },
    release() {
      held = null;
      failures = 0;
      if (waiting === 0) alarm(lingerMs, () => connection?.close());
    },
    close() {
      isClosed = true;
      held = null;
      cancelAlarm?.();
      connection?.close();
      connection = null;
    },
  };
}
