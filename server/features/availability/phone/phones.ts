import type { PhoneEvent, PresenceTarget } from '../../../ports/presence-target.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { chooseOnPhone } from '../choose.ts';
import { settleMs } from './dot.ts';
import { tellAgain } from './show.ts';
import { putPhone } from './target-rows.ts';
import { noteFree } from '../when-free/note-free.ts';

/** What a phone system says of its phones. */
export async function heardPhone(deps: AvailabilityDeps, tenantId: string, target: PresenceTarget, event: PhoneEvent): Promise<void> {
  if (event.type === 'device') return heardDevice(deps, tenantId, target, event.device, event.isBusy);
  if (event.type === 'do-not-disturb') {
    const personId = await deps.people.ownerOfExtension(tenantId, target.instance, event.extension);
    if (personId !== null) await chooseOnPhone(deps, tenantId, personId, event.isOn);
    return;
  }
  for (const { device, isBusy } of await target.devices()) await heardDevice(deps, tenantId, target, device, isBusy);
  await tellAgain(deps, tenantId, target);
}

/** On the phone is an axis of its own: it changes nothing about the state, only what panes show. Written with the work that tells it, so that whoever dies in between leaves no call that no dot shows. */
async function heardDevice(deps: AvailabilityDeps, tenantId: string, target: PresenceTarget, device: string, isBusy: boolean): Promise<void> {
  const now = deps.clock.now();
  await deps.effect('availability.phone.write', () =>
    deps.store.transaction(async (tx) => {
      if (!(await putPhone(tx, tenantId, target.instance, device, isBusy, now))) return;
      const personId = await deps.people.ownerOfDevice(tenantId, target.instance, device);
      if (personId === null) return;
      deps.live.announce(tx, tenantId, `availability:${personId}`);
      await noteFree(deps, tx, tenantId, [personId], now + settleMs);
      await putWork(tx, { tenantId, kind: 'availability.dot', key: personId, dueAt: now + settleMs });
    }),
  );
}
