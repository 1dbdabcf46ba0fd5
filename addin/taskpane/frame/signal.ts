/** What the frame shows of panels that are not in it: tiny, because the first panel bears its weight. */
export interface Signal {
  /** Unheard voicemail. */
  unheard: number;
  /** A recording is being listened to, or stands paused. */
  sound: boolean;
  /** How often somebody has signed in by hand: what was refused for want of it is worth another try at once. */
  signIns: number;
}

let value: Signal = { unheard: 0, sound: false, signIns: 0 };
const watchers = new Set<() => void>();

export const frameSignal = (): Signal => value;

/** Tells the frame; what is said twice is told once. */
export function signal(news: Partial<Signal>): void {
  const next = { ...value, ...news };
  if (next.unheard === value.unheard && next.sound === value.sound && next.signIns === value.signIns) return;
  value = next;
  for (const watcher of watchers) watcher();
}

/** Tells whoever waits for it that somebody has signed in. */
export const tellSignedIn = (): void => signal({ signIns: value.signIns + 1 });

export function watchSignal(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}
