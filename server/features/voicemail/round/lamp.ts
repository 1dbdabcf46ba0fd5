import type { VoicemailStore } from '../../../ports/voicemail-store.ts';
import type { VoicemailDeps } from '../deps.ts';

/** Lets the lamp show what lies in the box, where it does not by itself. Throws TheirError. True when it had to be told. */
export async function keepLamp(deps: VoicemailDeps, store: VoicemailStore, box: string): Promise<boolean> {
  if (!store.capabilities.lamp) return false;
  const { isLit, unheard } = await store.lamp(box);
  if (isLit === unheard > 0) return false;
  deps.log.info({ instance: store.instance, box }, 'the lamp showed something else than the box: told anew');
  await deps.effect('lamp.refresh', () => store.refreshLamp(box));
  return true;
}
