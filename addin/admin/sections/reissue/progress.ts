import type { ReissueView } from '../../../../contract/conference/reissue.ts';

type Counted = Pick<ReissueView, 'phase' | 'state' | 'invites'>;

/** What is still open in each phase, by state of the invites. */
const open: Readonly<Record<ReissueView['phase'], readonly string[]>> = { preview: ['look'], write: ['due', 'writing'], undo: ['written', 'writing', 'undoing'] };

/** How far its phase is, in invites. */
export function progressOf({ phase, invites }: Counted): { done: number; all: number } {
  const all = Object.values(invites).reduce((sum, each) => sum + each, 0);
  return { all, done: all - open[phase].reduce((sum, state) => sum + (invites[state] ?? 0), 0) };
}

/** What may be asked of it now; `undo` only while it can be taken back. `now` epoch ms. */
export function mayOf(reissue: Counted & Pick<ReissueView, 'undoUntil'>, now: number): { start: boolean; stop: boolean; undo: boolean } {
  const { phase, state, invites, undoUntil } = reissue;
  const isWaiting = (invites['due'] ?? 0) + (invites['writing'] ?? 0) > 0;
  return {
    start: (phase === 'preview' && state === 'done' && isWaiting) || (phase === 'write' && state === 'stopped'),
    stop: state === 'running',
    undo: ((phase === 'write' && state !== 'running') || (phase === 'undo' && state === 'stopped')) && undoUntil !== null && Date.parse(undoUntil) > now,
  };
}
