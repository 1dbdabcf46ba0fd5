import type { LiveState } from '../../contract/live.ts';
import { liveRoute } from '../../contract/live.ts';
import { readStream } from './event-stream.ts';
import { addressOf } from './http.ts';
import type { Transport } from './http.ts';

/** Pauses between attempts to open the stream again, ms; the last one is kept. A little more each time spares a server that restarts, and half of each is left to chance: thousands of panes lose it at one instant. */
const PAUSES = [1000, 2000, 5000, 15_000];
/** A stream that was heard and held for this long was no failed attempt: the pauses begin anew. */
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

/** A panel that opens follows several things, one after the other; ms. */
const GATHER_MS = 50;

type Found = (state: LiveState) => void;
type Connected = (up: boolean, heardAt: number) => void;

interface Follower {
  topics: readonly string[];
  found: Found;
  connected: Connected;
}

/** What all followers of one transport share: a browser grants a server six connections over HTTP/1.1, and a stream keeps one for as long as it is open. */
interface Line {
  join(follower: Follower, end: AbortSignal): Promise<void>;
}

function createLine(transport: Transport, firstMs: number): Line {
  const followers = new Set<Follower>();
  /** The topics of the stream that is open, and what was last heard of each. */
  let open: readonly string[] = [];
  const last = new Map<string, LiveState>();
  let opening = new AbortController();
  /** Ends the pause between two attempts. */
  let nudge = (): void => undefined;
  let isRunning = false;
  /** The stream is opened again for more topics; nothing was lost. */
  let isForMore = false;
  let heardAt = Date.now();
  let isUp: boolean | undefined;
  let polls = 0;

  function tell(up: boolean): void {
    const isNews = up !== isUp;
    isUp = up;
    if (isNews) for (const { connected } of followers) connected(up, heardAt);
  }

  function hear(state: LiveState): void {
    last.set(state.topic, state);
    for (const { topics, found } of followers) if (topics.includes(state.topic)) found(state);
  }

  /** Waits before the next attempt; a computer that has its network back does not wait to the end, nor does somebody new. */
  async function pause(ms: number): Promise<void> {
    const back = new AbortController();
    await Promise.race([transport.wait(ms), new Promise<void>((resolve) => {
      nudge = resolve;
      if (typeof window !== 'undefined') window.addEventListener('online', () => resolve(), { signal: back.signal });
    })]);
    back.abort();
  }

  /** `refused`: the token is. `ended`: words came, and the answer ended as it was to. */
  async function once(renew: boolean): Promise<'refused' | 'ended' | 'lost'> {
    const wasPoll = polls > 0;
    let hasHeard = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const token = await transport.token(renew);
      if (followers.size === 0) return 'lost';
      const limit = (opening = new AbortController());
      const wait = (ms: number): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          polls = POLLS;
          limit.abort();
        }, ms);
      };
      open = [...new Set([...followers].flatMap(({ topics }) => topics))];
      for (const topic of last.keys()) if (!open.includes(topic)) last.delete(topic);
      isForMore = false;
      wait(wasPoll ? SILENCE_MS : firstMs);
      const ends = wasPoll ? `&ends=${isUp === true ? POLL_S : 0}` : '';
      polls -= wasPoll ? 1 : 0;
      const response = await transport.fetch(`${addressOf(transport.origin, liveRoute, {})}?${new URLSearchParams(open.map((each) => ['topic', each])).toString()}${ends}`, { headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` }, signal: limit.signal, cache: 'no-store' });
      if (!response.ok) return response.status === 401 ? 'refused' : 'lost';
      await readStream(response, () => {
        hasHeard = true;
        heardAt = Date.now();
        tell(true);
        wait(SILENCE_MS);
      }, hear);
      return wasPoll && hasHeard ? 'ended' : 'lost';
    } catch {
      return 'lost';
    } finally {
      clearTimeout(timer);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    for (let round = 0, renew = false; followers.size > 0;) {
      const started = Date.now();
      const how = await once(renew);
      renew = how === 'refused';
      if (followers.size === 0) break;
      if (isForMore) {
        await transport.wait(GATHER_MS);
      } else if (how === 'ended') {
        round = 0;
        await pause(POLL_PAUSE_MS);
      } else {
        tell(false);
        // What held for a while was good: a proxy that cuts every half minute costs a second each time.
        if (heardAt >= started && Date.now() - started > LONG_MS) round = 0;
        await pause((PAUSES[Math.min(round, PAUSES.length - 1)] ?? 1000) * (1 - Math.random() / 2));
        round += 1;
      }
    }
    isRunning = false;
    open = [];
    last.clear();
    isUp = undefined;
  }

  /** Hears what is known already, and has the stream opened again where it has topics that are not in it. */
  function welcome(follower: Follower): void {
    if (!followers.has(follower)) return;
    if (isUp !== undefined) follower.connected(isUp, heardAt);
    for (const topic of follower.topics) {
      const state = last.get(topic);
      if (state !== undefined) follower.found(state);
    }
    if (!isRunning) return void run();
    nudge();
    if (!opening.signal.aborted && follower.topics.every((topic) => open.includes(topic))) return;
    isForMore = true;
    opening.abort();
  }

  return {
    join: (follower, end) => new Promise((resolve) => {
      const leave = (): void => {
        followers.delete(follower);
        if (followers.size === 0) opening.abort();
        resolve();
      };
      if (end.aborted) return leave();
      followers.add(follower);
      end.addEventListener('abort', leave);
      // Whoever follows is done with what it does first.
      queueMicrotask(() => welcome(follower));
    }),
  };
}

const lines = new WeakMap<Transport, Line>();

/**
 * Follows topics (one, or a list): their whole states now, and again whenever one changes, over the one stream that all of a pane share. It opens again by itself; a gap is
 * closed by the snapshot that every opening begins with, so one may be heard that is known already. Where a stream brings nothing (a proxy that collects answers), openings that end are asked for instead.
 *
 * @param connected hears whether the connection is up, when that changes; with it the epoch ms of the last sound, for "as of".
 * @param end ends the following; the stream closes with the last one.
 * @param firstMs how long a stream may be without a word at its beginning.
 */
export function follow(transport: Transport, topic: string | readonly string[], found: Found, connected: Connected, end: AbortSignal, firstMs = FIRST_MS): Promise<void> {
  const line = lines.get(transport) ?? createLine(transport, firstMs);
  lines.set(transport, line);
  return line.join({ topics: [topic].flat(), found, connected }, end);
}
