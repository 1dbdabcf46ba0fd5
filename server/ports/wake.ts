/** "Something about this changed, look again." One insert, before the caller is answered. */
export interface WakeKey {
  /** Which work looks: 'calendar.sweep', 'bridge.sweep' … */
  kind: string;
  /** What it looks at: a mailbox as `<instance>/<id>`, a conference id … */
  key: string;
}

export interface Wake {
  /** Resolves when the keys are safe on disk. Marking twice is the same as once. */
  mark(keys: WakeKey[]): Promise<void>;
}
