import type { LiveState } from '../../contract/live.ts';
import { liveRoute } from '../../contract/live.ts';
import { addressOf } from './http.ts';
import type { Transport } from './http.ts';

/** Pauses between attempts to open the stream again, ms; the last one is kept. A little more each time spares a server that restarts. */
const PAUSES = [1000, 2000, 5000, 15_000];

/** The server says something every 15 s (contract/live.ts); after this long without a sound the stream counts as dead. */
const SILENCE_MS = 40_000;

function isLiveState(value: unknown): value is LiveState {
  return typeof value === 'object' && value !== null && 'topic' in value && 'state' in value;
}

/** The states in one piece of an event stream; what is no JSON of ours is left out. */
export function statesOf(event: string): LiveState[] {
  const data = event
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trim());
  if (data.length === 0) return [];
  try {
    const value: unknown = JSON.parse(data.join('\n'));
    return isLiveState(value) ? [value] : [];
  } catch {
    return [];
  }
}

async function readStream(response: Response, heard: () => void, found: (state: LiveState) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    const pieces = (rest + value).split(/\r?\n\r?\n/);
    rest = pieces.pop() ?? '';
    for (const state of pieces.flatMap(statesOf)) found(state);
  }
}

/** Waits before the next attempt; a computer that has its network back does not wait to the end. */
async function pause(transport: Transport, ms: number): Promise<void> {
  if (typeof window === 'undefined') return transport.wait(ms);
  const back = new AbortController();
  const online = new Promise<void>((resolve) => {
    window.addEventListener('online', () => resolve(), { signal: back.signal });
  });
  await Promise.race([transport.wait(ms), online]);
  back.abort();
}

/**
 * Follows topics (one, or a list): their whole states now, and again whenever it changes. Opens again by itself; a gap is closed by the
 * snapshot that every opening begins with.
 *
 * @param connected hears whether the stream is up, for "as of".
 * @param end closes the stream.
 */
export async function follow(transport: Transport, topic: string | readonly string[], found: (state: LiveState) => void, connected: (up: boolean) => void, end: AbortSignal): Promise<void> {
  const topics = new URLSearchParams([topic].flat().map((each) => ['topic', each])).toString();

  async function once(renew: boolean): Promise<boolean> {
    const limit = new AbortController();
    const stop = (): void => limit.abort();
    end.addEventListener('abort', stop);
    let timer = setTimeout(stop, SILENCE_MS);
    const heard = (): void => {
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE_MS);
    };
    try {
      const response = await transport.fetch(`${addressOf(transport.origin, liveRoute, {})}?${topics}`, {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${await transport.token(renew)}` },
        signal: limit.signal,
        cache: 'no-store',
      });
      if (!response.ok) return response.status === 401;
      connected(true);
      await readStream(response, heard, found);
      return false;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
      end.removeEventListener('abort', stop);
    }
  }

  let renew = false;
  for (let round = 0; !end.aborted; round += 1) {
    const started = performance.now();
    renew = await once(renew);
    if (end.aborted) return;
    connected(false);
    if (performance.now() - started > SILENCE_MS) round = 0;
    await pause(transport, PAUSES[Math.min(round, PAUSES.length - 1)] ?? 1000);
  }
}
