import type { Socket } from 'node:net';

export interface LineQueue {
  /** The next line without its end; null when the other side has closed; 'aborted' when `signal` fires first (or has fired). */
  next(signal: AbortSignal | null): Promise<{ text: string } | null | 'aborted'>;
}

/** Lines of a socket, one at a time. */
export function createLineQueue(socket: Socket): LineQueue {
  let rest = '';
  let ended = false;
  const lines: string[] = [];
  let wake: (() => void) | null = null;

  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake?.();
  });
  for (const event of ['end', 'close', 'error']) {
    socket.on(event, () => {
      ended = true;
      wake?.();
    });
  }

  return {
    next(signal) {
      return new Promise((resolve) => {
        function settle(): void {
          const line = lines.shift();
          if (line !== undefined) finish({ text: line });
          else if (ended) finish(null);
          else if (signal?.aborted) finish('aborted');
        }
        function finish(result: { text: string } | null | 'aborted'): void {
          wake = null;
          signal?.removeEventListener('abort', settle);
          resolve(result);
        }
        wake = settle;
        signal?.addEventListener('abort', settle, { once: true });
        settle();
      });
    },
  };
}
