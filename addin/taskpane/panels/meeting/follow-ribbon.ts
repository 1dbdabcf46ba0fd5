import type { LiveState } from '../../../../contract/live.ts';
import { readInvite } from '../../../invite/read.ts';
import type { InviteState } from '../../../invite/read.ts';
import { follow } from '../../../talk/live.ts';
import type { Server } from '../../../talk/server.ts';

/** The button of the ribbon reserves first and writes then: the block is in the text a moment after the server says so. */
const looks = 8;
const pauseMs = 500;

/**
 * Hears that the person has a new conference and looks whether it stands in this invite: the ribbon's button works beside the pane, and Outlook tells no pane that a
 * body was written.
 */
export function followRibbon(server: Server, found: (state: InviteState) => void, signal: AbortSignal): Promise<void> {
  let known: string | undefined;

  async function look(): Promise<void> {
    for (let tries = 0; tries < looks && !signal.aborted; tries++) {
      const state = await readInvite(server);
      if (state.id !== undefined) return signal.aborted ? undefined : found(state);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  function hear({ state }: LiveState): void {
    const now = JSON.stringify(state);
    // A stream begins, and begins again, with what stands already.
    if (known !== undefined && known !== now) look().catch(() => undefined);
    known = now;
  }

  return follow(server.transport, 'conferences', hear, () => undefined, signal);
}
