/** What is known when things that we knew are not listed any more. */
export interface Vanishing {
  /** Things that should be listed. */
  known: number;
  /** Of these, those that are not. */
  vanished: number;
  /** Somebody was at that side since the last look, so that there is a reason. */
  hasCause: boolean;
  /**
   * Something else of the same system that we know is listed: it has not lost its disk. `none-known`: there is nothing else that could be asked.
   */
  witness: 'seen' | 'not-seen' | 'none-known';
  /** Most that may go at once without a cause. */
  most: number;
}

export type BrakeReason = 'emptied' | 'too-many';

/**
 * An empty side never reads as "all deleted". Null: what vanished may be believed. Otherwise it stays unknown until there is a witness, fewer are
 * missing, or somebody says that it is meant.
 */
export function brake({ known, vanished, hasCause, witness, most }: Vanishing): BrakeReason | null {
  if (vanished === 0) return null;
  if (vanished === known && (witness === 'none-known' ? !hasCause : witness === 'not-seen')) return 'emptied';
  return vanished > most && !hasCause ? 'too-many' : null;
}
