import type { LiveState } from '../../contract/live.ts';
import { liveRoute } from '../../contract/live.ts';
import { addressOf } from './http.ts';
import type { Transport } from './http.ts';

/** Pauses between attempts to open the stream again, ms; the last one is kept. A little more each time spares a server that restarts. */
const PAUSES = [1000, 2000, 5000, 15_000];
/** A stream that was heard for this long was no failed attempt: the pauses begin anew. */
const LONG_MS = 10_000;

/** The server says something every 15 s (contract/live.ts); after this long without a sound the stream counts as dead. */
const SILENCE_MS = 40_000;

/** A stream begins with what is now, so that its first words come at once. Where they do not, something in between holds them back. */
const FIRST_MS = 6000;

/** Behind a proxy that hands answers on only when they have ended, this many end by themselves, before a stream is tried again. */
const POLLS = 60;
/** They end with the first change, or after so many seconds. The one after a gap ends at once. */
const POLL_S = 10;
/** Between two of them, ms: a server that is full of changes is not asked as fast as it can answer. */
const POLL_PAUSE_MS = 500;

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
 * snapshot that every opening begins with. Where a stream brings nothing (a proxy that collects answers), openings that end are asked for instead.
 *
 * @param connected hears whether the connection is up, when that changes; with it the epoch ms of the last sound, for "as of".
 * @param end closes the stream.
 * @param firstMs how long a stream may be without a word at its beginning.
 */
export async function follow(transport: Transport, topic: string | readonly string[], found: (state: LiveState) => void, connected: (up: boolean, heardAt: number) => void, end: AbortSignal, firstMs = FIRST_MS): Promise<void> {
  const topics = new URLSearchParams([topic].flat().map((each) => ['topic', each])).toString();
  let heardAt = Date.now();
  let isUp: boolean | undefined;
  let polls = 0;

  function tell(up: boolean): void {
    if (up !== isUp) connected(up, heardAt);
    isUp = up;
  }

  /** `refused`: the token is. `ended`: words came, and the answer ended as it was to. */
  async function once(renew: boolean): Promise<'refused' | 'ended' | 'lost'> {
    const limit = new AbortController();
    const stop = (): void => limit.abort();
    end.addEventListener('abort', stop);
    const silent = (): void => {
      polls = POLLS;
      stop();
    };
    let timer = setTimeout(stop, SILENCE_MS);
    const wait = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(silent, ms);
    };
    const wasPoll = polls > 0;
    let hasHeard = false;
    try {
      const token = await transport.token(renew);
      wait(wasPoll ? SILENCE_MS : firstMs);
      const ends = wasPoll ? `&ends=${isUp === true ? POLL_S : 0}` : '';
      polls -= wasPoll ? 1 : 0;
      const response = await transport.fetch(`${addressOf(transport.origin, liveRoute, {})}?${topics}${ends}`, { headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` }, signal: limit.signal, cache: 'no-store' });
      if (!response.ok) return response.status === 401 ? 'refused' : 'lost';
      await readStream(response, () => {
        hasHeard = true;
        heardAt = Date.now();
        tell(true);
        wait(SILENCE_MS);
      }, found);
      return wasPoll && hasHeard ? 'ended' : 'lost';
    } catch {
      return 'lost';
    } finally {
      clearTimeout(timer);
      end.removeEventListener('abort', stop);
    }
  }

  for (let round = 0, renew = false; !end.aborted; round += 1) {
    const started = Date.now();
    const how = await once(renew);
    renew = how === 'refused';
    if (end.aborted) return;
    if (how === 'ended') {
      round = -1;
      await pause(transport, POLL_PAUSE_MS);
      continue;
    }
    tell(false);
    // What held for a while was good: a proxy that cuts every half minute costs a second each time.
    if (heardAt - started > LONG_MS) round = 0;
    await pause(transport, PAUSES[Math.min(round, PAUSES.length - 1)] ?? 1000);
  }
}
