import { partAt } from './parts.ts';
import type { Part } from './parts.ts';
import type { Source } from './source.ts';
import { silence } from './silence.ts';

/** What the player does and where it is. Times in seconds of the recording. */
export interface Playing {
  /** Of the voicemail; undefined when there is none. */
  id: string | undefined;
  phase: 'none' | 'loading' | 'playing' | 'paused' | 'ended' | 'failed';
  at: number;
  /** NaN until it is known. */
  duration: number;
  rate: number;
  /** 0 to 1. */
  volume: number;
  /** With `failed`: why. */
  fault: unknown;
}

/** What the player needs of an audio element. */
export type Sounding = Pick<HTMLAudioElement, 'src' | 'currentTime' | 'duration' | 'playbackRate' | 'volume' | 'preservesPitch' | 'preload' | 'play' | 'pause' | 'addEventListener'>;

export interface PlayerOptions {
  /** @throws TalkFault */
  open: (id: string, end: AbortSignal) => Promise<Source>;
  audio: () => Sounding;
  /** Somebody has listened: two seconds, or to the end. Once for each time that a message is opened. */
  heard: (id: string) => void;
  /** The address by which an element plays a file; and its end. */
  address: (file: Blob) => string;
  forget: (address: string) => void;
}

export interface Player {
  state: () => Playing;
  subscribe: (changed: () => void) => () => void;
  /** Plays from where it is; another message from `from`, seconds, or its beginning. Only ever called because a person pressed something. */
  play: (id: string, from?: number) => void;
  pause: () => void;
  /** Keeps playing when it played; with nothing open it opens nothing. */
  seek: (seconds: number) => void;
  setRate: (rate: number) => void;
  setVolume: (volume: number) => void;
  close: () => void;
}

/** ux.md section 2: playing marks heard after so long. */
const HEARD_SECONDS = 2;
/** Between two reports of the same element there is no more than this; more was a seek. Reports come every quarter of a second. */
const STEP_SECONDS = 1.5;

/** One message being listened to. */
interface Session {
  id: string;
  end: AbortController;
  source: Source | undefined;
  listened: number;
  isHeard: boolean;
}

const nothing: Playing = { id: undefined, phase: 'none', at: 0, duration: Number.NaN, rate: 1, volume: 1, fault: undefined };

/**
 * Plays a recording part by part with two audio elements: while one sounds, the other has the next part ready. A browser plays no file while we fetch it with our own token, and an address
 * that opens a recording without one would be a secret in logs.
 */
export function createPlayer({ open, audio, heard, address, forget }: PlayerOptions): Player {
  const elements = [audio(), audio()] as const;
  const watchers = new Set<() => void>();
  let state = nothing;
  let session: Session | undefined;
  /** Which element sounds, and the part in it; none while something else is being fetched. */
  let active: 0 | 1 = 0;
  let inside: Part | undefined;
  /** The part that waits in the other element. */
  let ready: Part | undefined;
  let turn = 0;
  let isBlessed = false;

  function tell(news: Partial<Playing>): void {
    state = { ...state, ...news };
    for (const watcher of watchers) watcher();
  }

  function fill(element: Sounding, file: Blob): void {
    if (element.src !== '') forget(element.src);
    element.src = address(file);
    element.preload = 'auto';
    element.preservesPitch = true;
    element.playbackRate = state.rate;
    element.volume = state.volume;
  }

  /** Safari lets an element sound later only when it was played in the very moment of the press. */
  function bless(): void {
    if (isBlessed) return;
    isBlessed = true;
    for (const element of elements) {
      fill(element, silence());
      element.play().catch(() => undefined);
    }
  }

  function fail(fault: unknown): void {
    inside = undefined;
    elements.forEach((element) => element.pause());
    tell({ phase: 'failed', fault });
  }

  async function sound(element: Sounding): Promise<void> {
    const mine = turn;
    try {
      await element.play();
      if (mine === turn) tell({ phase: 'playing' });
    } catch (fault) {
      if (mine !== turn) return;
      // The browser wants another press; that is no failure.
      if (fault instanceof DOMException && (fault.name === 'NotAllowedError' || fault.name === 'AbortError')) tell({ phase: 'paused' });
      else fail(fault);
    }
  }

  /** Fetches a part and plays it from a second on. */
  async function enter(part: Part, at: number): Promise<void> {
    const mine = ++turn;
    const { source, end } = session ?? {};
    if (source === undefined || end === undefined) return;
    inside = undefined;
    ready = undefined;
    elements.forEach((element) => element.pause());
    tell({ phase: 'loading', at });
    try {
      const file = await source.file(part);
      if (mine !== turn || end.signal.aborted) return;
      const element = elements[active];
      fill(element, file);
      if (at > part.startsAt) element.currentTime = at - part.startsAt;
      inside = part;
      await sound(element);
      await prepare(source, part.index + 1, mine);
    } catch (fault) {
      if (mine === turn && !end.signal.aborted) fail(fault);
    }
  }

  /** The next part into the other element. That it cannot be had matters only when it is its turn: then it is asked for again. */
  async function prepare(source: Source, index: number, mine: number): Promise<void> {
    const next = source.parts[index];
    if (next === undefined) return;
    const file = await source.file(next).catch(() => undefined);
    if (file === undefined || mine !== turn) return;
    fill(elements[active === 0 ? 1 : 0], file);
    ready = next;
  }

  function partEnded(): void {
    const { source } = session ?? {};
    const next = source?.parts[(inside?.index ?? 0) + 1];
    if (source === undefined || next === undefined) return finish();
    if (ready !== next) return void enter(next, next.startsAt);
    active = active === 0 ? 1 : 0;
    inside = next;
    ready = undefined;
    turn += 1;
    void sound(elements[active]);
    void prepare(source, next.index + 1, turn);
  }

  function finish(): void {
    inside = undefined;
    markHeard();
    tell({ phase: 'ended', at: Number.isNaN(state.duration) ? state.at : state.duration });
  }

  function markHeard(): void {
    if (session === undefined || session.isHeard) return;
    session.isHeard = true;
    heard(session.id);
  }

  function moved(element: Sounding): void {
    if (session === undefined || inside === undefined) return;
    const at = inside.startsAt + element.currentTime;
    const step = at - state.at;
    if (state.phase === 'playing' && step > 0 && step < STEP_SECONDS * state.rate) session.listened += step;
    if (session.listened >= HEARD_SECONDS) markHeard();
    tell({ at });
  }

  for (const [index, element] of elements.entries()) {
    const isMine = (): boolean => index === active && inside !== undefined;
    element.addEventListener('timeupdate', () => isMine() && moved(element));
    element.addEventListener('ended', () => isMine() && partEnded());
    element.addEventListener('error', () => isMine() && fail(new DOMException('the browser cannot play this', 'NotSupportedError')));
    element.addEventListener('durationchange', () => {
      if (isMine() && Number.isNaN(state.duration) && Number.isFinite(element.duration)) tell({ duration: element.duration });
    });
  }

  function close(): void {
    turn += 1;
    session?.end.abort();
    session = undefined;
    inside = undefined;
    ready = undefined;
    elements.forEach((element) => element.pause());
    tell({ ...nothing, rate: state.rate, volume: state.volume });
  }

  async function begin(id: string, from: number): Promise<void> {
    close();
    const mine: Session = { id, end: new AbortController(), source: undefined, listened: 0, isHeard: false };
    session = mine;
    tell({ id, phase: 'loading', at: from });
    try {
      mine.source = await open(id, mine.end.signal);
      if (session !== mine) return;
      tell({ duration: mine.source.durationSeconds });
      const part = partAt(mine.source.parts, state.at);
      // Somebody may have pressed pause while it was fetched.
      if (part !== undefined && state.phase === 'loading') await enter(part, state.at);
    } catch (fault) {
      if (session === mine) fail(fault);
    }
  }

  return {
    state: () => state,
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    play(id, from = 0) {
      bless();
      const { source } = session ?? {};
      if (session?.id !== id || source === undefined) {
        if (session?.id !== id || state.phase !== 'loading') void begin(id, from);
        return;
      }
      if (state.phase === 'playing' || state.phase === 'loading') return;
      const at = state.phase === 'ended' ? 0 : state.at;
      if (inside !== undefined && state.phase === 'paused') return void sound(elements[active]);
      const part = partAt(source.parts, at);
      if (part !== undefined) void enter(part, at);
    },
    pause() {
      if (state.phase !== 'playing' && state.phase !== 'loading') return;
      turn += 1;
      elements.forEach((element) => element.pause());
      // What was being prepared still may be: the turn only takes back what would sound.
      const { source } = session ?? {};
      if (source !== undefined && inside !== undefined && ready === undefined) void prepare(source, inside.index + 1, turn);
      tell({ phase: 'paused' });
    },
    seek(seconds) {
      const { source } = session ?? {};
      if (session === undefined || state.phase === 'failed') return;
      const last = Number.isFinite(state.duration) ? state.duration : seconds;
      const at = Math.min(Math.max(0, seconds), last);
      const part = source && partAt(source.parts, at);
      const isPlaying = state.phase === 'playing' || (state.phase === 'loading' && source !== undefined);
      if (part !== undefined && inside === part) {
        elements[active].currentTime = at - part.startsAt;
        tell({ at });
      } else if (part !== undefined && isPlaying) void enter(part, at);
      else {
        inside = undefined;
        tell({ at, ...(state.phase === 'ended' ? { phase: 'paused' as const } : {}) });
      }
    },
    setRate(rate) {
      elements.forEach((element) => (element.playbackRate = rate));
      tell({ rate });
    },
    setVolume(volume) {
      elements.forEach((element) => (element.volume = volume));
      tell({ volume });
    },
    close,
  };
}
