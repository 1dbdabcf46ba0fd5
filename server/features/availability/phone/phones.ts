import type { PhoneEvent, PresenceTarget } from '../../../ports/presence-target.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { chooseOnPhone } from '../choose.ts';
import { settleMs } from './dot.ts';
import { tellAgain } from './show.ts';
import { knownPhones, putPhone } from './target-rows.ts';
import { noteFree } from '../when-free/note-free.ts';

/** What a phone system says of its phones. */
export async function heardPhone(deps: AvailabilityDeps, tenantId: string, target: PresenceTarget, event: PhoneEvent): Promise<void> {
  if (event.type === 'device') return heardDevice(deps, tenantId, target.instance, event.device, event.isBusy);
  if (event.type === 'do-not-disturb') return heardKey(deps, tenantId, target.instance, event);
  return resync(deps, tenantId, target);
}

/** The phone system was away. It is told everything again, first; then it is asked what phones and keys did meanwhile. What they do from now on is heard after this, in its order (ear.ts). */
async function resync(deps: AvailabilityDeps, tenantId: string, target: PresenceTarget): Promise<void> {
  const { instance } = target;
  await tellAgain(deps, tenantId, target);
  for (const { device, isBusy } of await target.devices()) await heardDevice(deps, tenantId, instance, device, isBusy);
  const before = await knownPhones(deps.store.db, tenantId, instance);
  for (const key of await target.doNotDisturbKeys()) {
    // A key that was never seen and is off says nothing about what its owner chose elsewhere.
    if (key.isOn !== (before.get(keyName(key.extension)) ?? false)) await heardKey(deps, tenantId, instance, key);
  }
}

/** A do-not-disturb key is kept beside the phones: what it was is only told when it changes. */
function keyName(extension: string): string {
  return `key ${extension}`;
}

/** Chosen first, then kept: whoever dies in between finds the key changed once more. */
async function heardKey(deps: AvailabilityDeps, tenantId: string, instance: string, { extension, isOn }: { extension: string; isOn: boolean }): Promise<void> {
  const personId = await deps.people.ownerOfExtension(tenantId, instance, extension);
  if (personId === null) return;
  await chooseOnPhone(deps, tenantId, personId, isOn);
  await deps.effect('availability.phone.write', () => putPhone(deps.store.db, tenantId, instance, keyName(extension), isOn, deps.clock.now()));
}

/** On the phone is an axis of its own: it changes nothing about the state, only what panes show. Written with the work that tells it, so that whoever dies in between leaves no call that no dot shows. */
async function heardDevice(deps: AvailabilityDeps, tenantId: string, instance: string, device: string, isBusy: boolean): Promise<void> {
  const now = deps.clock.now();
  await deps.effect('availability.phone.write', () =>
    deps.store.transaction(async (tx) => {
      if (!(await putPhone(tx, tenantId, instance, device, isBusy, now))) return;
      const personId = await deps.people.ownerOfDevice(tenantId, instance, device);
      if (personId === null) return;
      deps.live.announce(tx, tenantId, `availability:${personId}`);
      await noteFree(deps, tx, tenantId, [personId], now + settleMs);
      await putWork(tx, { tenantId, kind: 'availability.dot', key: personId, dueAt: now + settleMs });
    }),
  );
}
