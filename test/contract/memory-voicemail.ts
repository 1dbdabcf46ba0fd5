import { createLabClock } from '../../lab/clock.ts';
import { createMemoryVoicemail } from '../../server/connectors/memory/index.ts';
import type { VoicemailCapabilities } from '../../server/ports/voicemail-store.ts';
import type { VoicemailWorld } from './voicemail-store.ts';

/** The reference, with callers and phones. */
export async function memoryVoicemailWorld(capabilities: Partial<VoicemailCapabilities> = {}): Promise<VoicemailWorld> {
  const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
  const memory = createMemoryVoicemail({ instance: 'memory', clock, capabilities });
  const { boxes } = memory;
  boxes.add('1001@default', { name: 'Ann Alder', address: 'ann@contoso.test' });
  boxes.add('1002@default', { name: 'Bob Birch', address: 'bob@contoso.test', capacity: 3 });

  function copyOf(box: string, id: string): string {
    const { INBOX = [], Old = [] } = boxes.all.get(box)?.folders ?? {};
    return [...INBOX, ...Old].find((each) => each.id === id)?.copy ?? '';
  }

  return {
    store: memory.port,
    box: '1001@default',
    small: '1002@default',
    async leave(box, { name, number }) {
      const left = boxes.leave(box, { callerName: name, callerNumber: number });
      if (!left) throw new Error('the box is full');
      return left.id;
    },
    async pickUp(box) {
      const phone = boxes.pickUp(box);
      return { hear: async (id) => phone.hear(copyOf(box, id)), remove: async (id) => phone.remove(copyOf(box, id)), hangUp: async () => phone.hangUp() };
    },
    async duplicate(box, id) {
      const found = boxes.find(box, copyOf(box, id));
      if (!found) throw new Error('no such message');
      boxes.duplicate(found.message, box, found.folder);
      return true;
    },
    async pretend() {
      memory.faults.pretend = 1;
      return true;
    },
    async cut() {
      memory.setAway(true);
      return async () => memory.setAway(false);
    },
    through: (outcome) => outcome,
    async until(what, holds) {
      if (!holds()) throw new Error(`never happened: ${what}`);
    },
    stop: async () => clock.stop(),
  };
}
