/** What the frame shows of panels that are not in it: tiny, because the first panel bears its weight. */
export interface Signal {
  /** Unheard voicemail. */
  unheard: number;
  /** A recording is being listened to, or stands paused. */
  sound: boolean;
}

let value: Signal = { unheard: 0, sound: false };
const watchers = new Set<() => void>();

export const frameSignal = (): Signal => value;

/** Tells the frame; what is said twice is told once. */
export function signal(news: Partial<Signal>): void {
  const next = { ...value, ...news };
  if (next.unheard === value.unheard && next.sound === value.sound) return;
  value = next;
  for (const watcher of watchers) watcher();
}

export function watchSignal(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}
