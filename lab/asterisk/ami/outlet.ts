import type { Socket } from 'node:net';

import type { LabClock } from '../../clock.ts';

/** What is handed to the socket at once, characters: small, so that every piece that gets through shows progress. */
const pieceLength = 64 * 1024;

export interface Outlet {
  write(text: string): void;
  /** Closes once everything is out. */
  end(): void;
}

/**
 * Writes to a client and cuts it off, silently, when it stops reading (tried: after some thousand events the client sees the end of file).
 * Asterisk gives it `writeTimeoutMs` without progress (manager.conf writetimeout, 100 ms).
 */
export function createOutlet(socket: Socket, clock: LabClock, writeTimeoutMs: number): Outlet {
  let waiting = '';
  let writing = false;
  let ending = false;
  let pieces = 0;
  let cancel: (() => void) | null = null;

  function watch(since: number, silentRounds: number): void {
    // Two rounds of half the time: after a blocked event loop the first one fires before the socket had its turn.
    cancel = clock.at(clock.now() + writeTimeoutMs / 2, () => {
      cancel = null;
      if (socket.destroyed || !writing) return;
      if (pieces > since) watch(pieces, 0);
      else if (silentRounds === 0) watch(since, 1);
      else socket.destroy();
    });
  }

  function pump(): void {
    if (writing || !socket.writable) return;
    if (waiting === '') {
      if (ending) socket.end();
      return;
    }
    const piece = waiting.slice(0, pieceLength);
    waiting = waiting.slice(pieceLength);
    writing = true;
    socket.write(piece, () => {
      writing = false;
      pieces += 1;
      pump();
    });
    if (!cancel) watch(pieces, 0);
  }

  socket.once('close', () => cancel?.());
  return {
    write(text) {
      waiting += text;
      pump();
    },
    end() {
      ending = true;
      pump();
    },
  };
}
