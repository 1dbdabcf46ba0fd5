import type { Trouble } from '../../../invite/outcome.ts';

/** True when nothing but a sign-in helps. In a file of its own: panels that ask this need not bring all that changes an invite. */
export function needsSignIn(trouble: Trouble | undefined): boolean {
  return trouble?.kind === 'signed-out';
}
