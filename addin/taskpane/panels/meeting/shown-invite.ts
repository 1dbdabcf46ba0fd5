import type { InInvite } from '../../../invite/outcome.ts';
import type { InviteState } from '../../../invite/read.ts';

/** What is being done to the invite right now. */
export type Busy = 'loading' | 'adding' | 'removing' | 'updating';

/** The invite as the panel shows it. */
export interface Shown extends InviteState {
  busy: Busy | undefined;
  /** What was just taken out, for *Undo*. */
  removed: { invite: InInvite | undefined; parts: boolean } | undefined;
}

/** Nothing read yet. */
export const NOTHING: Shown = { id: undefined, invite: undefined, damaged: false, copied: false, foreign: [], trouble: undefined, busy: 'loading', removed: undefined };
