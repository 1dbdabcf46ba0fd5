import { TheirError } from '../../domain/errors.ts';
import type { VoicemailMessage } from '../../domain/voicemail.ts';
import type { Clock } from '../../ports/clock.ts';
import type { VoicemailCapabilities, VoicemailEvent, VoicemailStore } from '../../ports/voicemail-store.ts';
import { faultGate, type MemoryFaults } from './faults.ts';
import { createMemoryBoxes, type Folder, type MemoryBox, type MemoryBoxes, type MemoryMessage } from './voicemail-boxes.ts';

/** A voicemail system that is nothing but its promises: the reference that every other one is held against, and the one that random histories drive. */
export interface MemoryVoicemail {
  readonly port: VoicemailStore;
  /** What callers and people with phones do. */
  readonly boxes: MemoryBoxes;
  readonly faults: MemoryFaults;
  /** Events from now on: told, not told, or each told twice. */
  events: 'told' | 'lost' | 'twice';
  /** The disk with the messages is not there: every box is listed as empty. */
  isEmptied: boolean;
  /** Nothing answers and nothing is told; coming back tells 'resync'. Phones stay where they are. */
  setAway(isAway: boolean): void;
  /** Phones are cut off, then 'resync'. */
  restart(): void;
}

export interface MemoryVoicemailOptions {
  instance: string;
  clock: Clock;
  capabilities?: Partial<VoicemailCapabilities>;
}

const everything: VoicemailCapabilities = { events: true, seesPhones: true, markHeard: true, markUnheard: true, remove: true, trash: true, forward: true, audio: true, lamp: true };
const states = { INBOX: 'unheard', Old: 'heard', Deleted: 'deleted' } as const;

/** What `audio` gives for a copy: its name. */
export function memorySound(copy: string): Uint8Array {
  return new TextEncoder().encode(`RIFF sound of ${copy}`);
}

export function createMemoryVoicemail({ instance, clock, capabilities: some = {} }: MemoryVoicemailOptions): MemoryVoicemail {
  const capabilities = { ...everything, ...some };
  const watchers = new Set<(event: VoicemailEvent) => void>();
  const gate = faultGate(instance);
  const boxes = createMemoryBoxes(clock, tell);

  function tell(event: VoicemailEvent): void {
    if (gate.faults.isAway || !capabilities.events || memory.events === 'lost') return;
    for (let left = memory.events === 'twice' ? 2 : 1; left > 0; left--) for (const fn of watchers) fn(event);
  }

  function asked(box: string): MemoryBox {
    gate.ask();
    const found = boxes.all.get(box);
    if (!found) throw new TheirError(instance, 'gone', `has no box ${box}`);
    return found;
  }

  /** Every copy of an id, in its folder. */
  function copies(box: string, id: string): { folder: Folder; message: MemoryMessage }[] {
    const { folders } = asked(box);
    const all = (['INBOX', 'Old', 'Deleted'] as const).flatMap((folder) => folders[folder].map((message) => ({ folder, message })));
    return memory.isEmptied ? [] : all.filter(({ message }) => message.id === id);
  }

  /** Does it to each copy in one of these folders, and looks whether it is so. */
  function change(box: string, id: string, from: readonly Folder[], to: Folder | 'gone'): void {
    const isMeant = ({ folder }: { folder: Folder }): boolean => from.includes(folder);
    const meant = copies(box, id).filter(isMeant);
    if (meant.length === 0) return;
    if (capabilities.seesPhones && boxes.isTaken(box)) throw new TheirError(instance, 'busy', 'a phone has the box');
    for (const { message } of meant) gate.write(() => (to === 'gone' ? boxes.erase(box, message.copy) : boxes.move(box, message.copy, to)));
    if (copies(box, id).some(isMeant)) throw new TheirError(instance, 'unavailable', 'said that it was done, and it was not');
  }

  function mustBeThere(box: string, id: string, folders: readonly Folder[]): MemoryMessage {
    const found = copies(box, id).find(({ folder }) => folders.includes(folder));
    if (!found) throw new TheirError(instance, 'gone', 'this message is not there');
    return found.message;
  }

  const port: VoicemailStore = {
    instance,
    capabilities,
    async boxes() {
      gate.ask();
      return [...boxes.all].map(([box, { folders, name, address, mailsByItself, deletesByItself, capacity }]) => ({
        instance, box, name, address, mailsByItself, deletesByItself, isFull: folders.INBOX.length >= capacity, unheard: memory.isEmptied ? 0 : folders.INBOX.length, heard: memory.isEmptied ? 0 : folders.Old.length,
      }));
    },
    async messages(box) {
      const { folders } = asked(box);
      if (memory.isEmptied) return [];
      return (['INBOX', 'Old', 'Deleted'] as const).flatMap((folder) => folders[folder].map((message): VoicemailMessage => {
        const { copy: _copy, ...told } = message;
        return { ...told, folder, state: states[folder] };
      }));
    },
    async isTaken(box) {
      asked(box);
      return boxes.isTaken(box);
    },
    async setHeard(box, id, isHeard) {
      mustBeThere(box, id, ['INBOX', 'Old']);
      change(box, id, [isHeard ? 'INBOX' : 'Old'], isHeard ? 'Old' : 'INBOX');
    },
    async remove(box, id) {
      change(box, id, ['INBOX', 'Old'], capabilities.trash ? 'Deleted' : 'gone');
    },
    async restore(box, id, as) {
      mustBeThere(box, id, ['Deleted']);
      change(box, id, ['Deleted'], as === 'heard' ? 'Old' : 'INBOX');
    },
    async purge(box, id) {
      change(box, id, ['Deleted'], 'gone');
    },
    async forward(box, id, target) {
      const message = mustBeThere(box, id, ['INBOX', 'Old']);
      const before = asked(target).folders.INBOX.length;
      if (capabilities.seesPhones && (boxes.isTaken(box) || boxes.isTaken(target))) throw new TheirError(instance, 'busy', 'a phone has the box');
      // The system says that it is done although the box is full: only counting tells.
      gate.write(() => void (before < asked(target).capacity && boxes.duplicate(message, target, 'INBOX')));
      if (asked(target).folders.INBOX.length > before) return;
      if (before >= asked(target).capacity) throw new TheirError(instance, 'full', `the box ${target} has no room`);
      throw new TheirError(instance, 'unavailable', 'said that it was done, and it was not');
    },
    async audio(box, id) {
      return { contentType: 'audio/wav', bytes: memorySound(mustBeThere(box, id, ['INBOX', 'Old', 'Deleted']).copy) };
    },
    async lamp(box) {
      const { shown, folders } = asked(box);
      return { isLit: shown > 0, unheard: memory.isEmptied ? 0 : folders.INBOX.length };
    },
    async refreshLamp(box) {
      asked(box);
      boxes.tellLamp(box);
    },
    onEvent(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };

  const memory: MemoryVoicemail = {
    port,
    boxes,
    faults: gate.faults,
    events: 'told',
    isEmptied: false,
    setAway(isAway) {
      const wasAway = gate.faults.isAway;
      gate.faults.isAway = isAway;
      if (wasAway && !isAway) tell({ type: 'resync', at: clock.now() });
    },
    restart() {
      boxes.cutPhones();
      tell({ type: 'resync', at: clock.now() });
    },
  };
  return memory;
}
