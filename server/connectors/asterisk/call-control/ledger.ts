import type { Clock } from '../../../ports/clock.ts';
import type { CallOutcome, CallProgress } from '../../../ports/call-control.ts';

/** What we know of a call that we began. */
export interface Entry {
  progress: CallProgress;
  /** Of a message. */
  box: string;
  /** Why my own phone did not come, as far as it was told. */
  own: CallOutcome | null;
  /** Why the other side did not come, as far as it was told. */
  far: CallOutcome | null;
  /** I ended it: by my phone, or by `hangUp`. */
  isMine: boolean;
  /** What tieline-play told. */
  played: CallOutcome | null;
  cancel: () => void;
}

/** The calls of the last hour, by key. */
export interface Ledger {
  get(key: string): Entry | undefined;
  /** Null when the key was used within the hour: nothing may ring again. */
  begin(key: string, kind: CallProgress['kind'], box: string, patienceMs: number): Entry | null;
  forget(key: string): void;
  advance(key: string, phase: 'answered' | 'connected'): void;
  end(key: string, outcome: CallOutcome): void;
  /** Waits longer: the phone was answered, and people may talk. */
  stayPatient(key: string, ms: number): void;
  onProgress(fn: (progress: CallProgress) => void): () => void;
  open(): string[];
  stop(): void;
}

/** A key is remembered this long, so that a repeated request does not ring again, ms. */
const rememberMs = 60 * 60_000;

const order = ['ringing', 'answered', 'connected', 'ended'] as const;

export function createLedger(clock: Clock): Ledger {
  const entries = new Map<string, Entry>();
  const watchers = new Set<(progress: CallProgress) => void>();

  function tell(entry: Entry): void {
    for (const fn of watchers) fn({ ...entry.progress });
  }

  function move(key: string, phase: CallProgress['phase'], outcome: CallOutcome | null): void {
    const entry = entries.get(key);
    if (!entry || order.indexOf(phase) <= order.indexOf(entry.progress.phase)) return;
    entry.progress = { ...entry.progress, phase, outcome, at: clock.now() };
    if (phase === 'ended') entry.cancel();
    tell(entry);
  }

  function end(key: string, outcome: CallOutcome): void {
    move(key, 'ended', outcome);
  }

  function patience(key: string, ms: number): () => void {
    return clock.at(clock.now() + ms, () => end(key, 'unknown'));
  }

  return {
    end,
    get: (key) => entries.get(key),
    begin(key, kind, box, patienceMs) {
      for (const [each, { progress }] of entries) if (progress.phase === 'ended' && progress.at + rememberMs <= clock.now()) entries.delete(each);
      if (entries.has(key)) return null;
      const entry: Entry = { progress: { key, kind, phase: 'ringing', outcome: null, at: clock.now() }, box, own: null, far: null, isMine: false, played: null, cancel: patience(key, patienceMs) };
      entries.set(key, entry);
      tell(entry);
      return entry;
    },
    forget(key) {
      entries.get(key)?.cancel();
      entries.delete(key);
    },
    advance: (key, phase) => move(key, phase, null),
    stayPatient(key, ms) {
      const entry = entries.get(key);
      if (!entry || entry.progress.phase === 'ended') return;
      entry.cancel();
      entry.cancel = patience(key, ms);
    },
    onProgress(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    open: () => [...entries].filter(([, { progress }]) => progress.phase !== 'ended').map(([key]) => key),
    stop() {
      for (const { cancel } of entries.values()) cancel();
    },
  };
}
