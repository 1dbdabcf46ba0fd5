import { TheirError } from '../../../domain/errors.ts';
import type { VoicemailLamp } from '../../../ports/voicemail-store.ts';
import type { Hub } from '../hub.ts';
import { addressOf, type Lists } from './lists.ts';

/** The lamps of phones: lit by what Asterisk told last (MessageWaiting), which is not always what lies in the box. */
export interface Lamps {
  heard(box: string, unheard: number): void;
  look(box: string): Promise<VoicemailLamp>;
  refresh(box: string): Promise<void>;
  /** What was told meanwhile was not heard. */
  forget(): void;
}

export function createLamps({ hub, instance, lists }: { hub: Hub; instance: string; lists: Lists }): Lamps {
  const told = new Map<string, number>();

  /** Asterisk compares with what it told last and tells again only where that differs (tried): afterwards phones show what lies in the box. */
  async function refresh(box: string): Promise<void> {
    const unheard = await lists.unheard(box);
    const reply = await hub.call('VoicemailRefresh', addressOf(instance, box));
    if (!reply.isSuccess) throw new TheirError(instance, 'refused', `VoicemailRefresh failed: ${reply.message}`);
    told.set(box, unheard);
  }

  return {
    refresh,
    heard: (box, unheard) => void told.set(box, unheard),
    async look(box) {
      // Nobody can ask Asterisk what it told last; where we did not hear it, we let it be right.
      if (!told.has(box)) await refresh(box);
      return { isLit: (told.get(box) ?? 0) > 0, unheard: await lists.unheard(box) };
    },
    forget: () => told.clear(),
  };
}
