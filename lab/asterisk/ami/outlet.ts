import type { Socket } from 'node:net';

import type { LabClock } from '../../clock.ts';

/**
 * Writes to a client and cuts it off, silently, when it stops reading (tried: after some thousand events the client sees the end of file).
 * Asterisk gives it `writeTimeoutMs` without progress (manager.conf writetimeout, 100 ms).
 */
export function createOutlet(socket: Socket, clock: LabClock, writeTimeoutMs: number): (text: string) => void {
  let cancel: (() => void) | null = null;

  function delivered(): number {
    return socket.bytesWritten - socket.writableLength;
  }

  function watch(since: number, silentRounds: number): void {
    // Two rounds of half the time: after a blocked event loop the first one fires before the socket had its turn.
    cancel = clock.at(clock.now() + writeTimeoutMs / 2, () => {
      cancel = null;
      if (socket.destroyed || socket.writableLength === 0) return;
      if (delivered() > since) watch(delivered(), 0);
      else if (silentRounds === 0) watch(since, 1);
      else socket.destroy();
    });
  }

  socket.once('close', () => cancel?.());
  return (text) => {
    if (!socket.writable) return;
    socket.write(text);
    if (!cancel && socket.writableNeedDrain) watch(delivered(), 0);
  };
}
