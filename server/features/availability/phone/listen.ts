import type { PhoneEvent, PresenceTarget } from '../../../ports/presence-target.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { createEar } from './ear.ts';
import { heardPhone } from './phones.ts';

/** After a failure (the database was away, the phone system answered nothing) everything is asked for again: so soon at first, and at last so seldom, ms. Ours. */
const [againSoonMs, againSeldomMs] = [5_000, 60_000];

/** Listens to one phone system. What could not be put to work is not lost: a look at everything makes good for it. Returns a function that stops it. */
export function listenTo(deps: AvailabilityDeps, tenantId: string, target: PresenceTarget): () => void {
  let pauseMs = againSoonMs;
  let cancel: (() => void) | null = null;

  const hear = createEar<PhoneEvent>(
    (event) => (event.type === 'device' ? event.device : event.type === 'do-not-disturb' ? `key ${event.extension}` : 'resync'),
    async (event) => {
      await heardPhone(deps, tenantId, target, event);
      if (event.type === 'resync') pauseMs = againSoonMs;
    },
    (event, error) => {
      deps.log.warn({ instance: target.instance, event: event.type, err: String(error) }, 'what a phone said could not be put to work; everything is asked for again');
      if (cancel) return;
      const at = deps.clock.now() + pauseMs;
      pauseMs = Math.min(againSeldomMs, pauseMs * 2);
      cancel = deps.clock.at(at, () => {
        cancel = null;
        hear({ type: 'resync', at });
      });
    },
  );
  const stop = target.onEvent(hear);
  return () => {
    stop();
    cancel?.();
  };
}
