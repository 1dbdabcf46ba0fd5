import { TheirError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Gap } from '../../../ports/connector.ts';
import type { Log } from '../../../ports/log.ts';
import type { Hub } from '../hub.ts';
import { missingClass } from '../remedies.ts';

/** Whether the manager user may ring phones. Found out by an Originate without a channel, which is refused for that reason alone where it is allowed (tried). */
export interface RightToRing {
  mayRing(): boolean;
  gaps(): Gap[];
  stop(): void;
}

/** Between two looks while the right is missing, ms: as the hub's. */
const missingPauseMs = 30_000;

export function createRightToRing({ hub, clock, log, username, onChange }: { hub: Hub; clock: Clock; log: Log; username: string; onChange(): void }): RightToRing {
  let isKnown = false;
  let gap: Gap | null = null;
  let cancel: (() => void) | null = null;

  async function ask(): Promise<void> {
    try {
      await hub.call('Originate');
      gap = null;
    } catch (error) {
      if (!(error instanceof TheirError && error.fault === 'denied')) throw error;
      gap = missingClass('callControl', username, 'write', 'originate');
    }
    isKnown = true;
  }

  function look(): void {
    cancel?.();
    cancel = null;
    function again(): void {
      onChange();
      if (!isKnown || gap) cancel ??= clock.at(clock.now() + missingPauseMs, look);
    }
    // Trouble of the connection is told by the hub, too, and the next resync looks again.
    ask().catch((error: unknown) => log.warn({ error }, 'whether phones may be rung could not be found out')).finally(again);
  }

  hub.onResync(look);

  return {
    mayRing: () => isKnown && gap === null,
    gaps: () => (gap ? [gap] : []),
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
