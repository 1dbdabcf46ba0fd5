import { OurError } from '../../domain/errors.ts';
import type { VoicemailEvent } from '../../ports/voicemail-store.ts';
import type { VoicemailMessage } from '../../domain/voicemail.ts';
import type { Clock } from '../../ports/clock.ts';

/**
 * A voicemail system and the people around it, rude parts included: messages lie in folders under file numbers, every removal renumbers them, and a phone
 * does at hang-up what was pressed, to whatever has the numbers by then.
 */

/** The folders that count: new, saved, thrown away. */
export type Folder = 'INBOX' | 'Old' | 'Deleted';

/** What lies in a folder. `copy` tells two messages with the same id apart: only tests know it. */
export interface MemoryMessage extends Omit<VoicemailMessage, 'state' | 'folder'> {
  copy: string;
}

export interface MemoryBox {
  name: string;
  address: string;
  /** Most messages that it holds. */
  capacity: number;
  mailsByItself: boolean;
  deletesByItself: boolean;
  folders: Record<Folder, MemoryMessage[]>;
  /** What phones were last told. */
  shown: number;
}

/** A phone in a box. What is pressed counts by file number and happens at hang-up. */
export interface MemoryPhone {
  /** Copies that it sees, by folder, as they were when it came in. */
  readonly sees: Readonly<Record<'INBOX' | 'Old', readonly string[]>>;
  hear(copy: string): void;
  remove(copy: string): void;
  /** Puts a heard one back to new. */
  keepNew(copy: string): void;
  hangUp(): void;
}

export interface MemoryBoxes {
  readonly all: ReadonlyMap<string, MemoryBox>;
  add(box: string, settings?: Partial<Omit<MemoryBox, 'folders' | 'shown'>>): void;
  drop(box: string): void;
  /** A caller leaves a message; null when the box is full. */
  leave(box: string, call?: Partial<Omit<MemoryMessage, 'copy'>>): MemoryMessage | null;
  pickUp(box: string): MemoryPhone;
  isTaken(box: string): boolean;
  /** One of it was played to a phone: heard, and no lamp is told. */
  playBehind(box: string, copy: string): void;
  /** All phones are cut off, what they pressed is forgotten. */
  cutPhones(): void;
  /** Puts the copy at the end of a folder, and tells. */
  move(box: string, copy: string, to: Folder): void;
  erase(box: string, copy: string): void;
  /** Another one like it, at the end of a folder of a box. */
  duplicate(message: MemoryMessage, box: string, folder: Folder): MemoryMessage;
  find(box: string, copy: string): { folder: Folder; message: MemoryMessage } | undefined;
  tellLamp(box: string): void;
}

const folderNames: readonly Folder[] = ['INBOX', 'Old', 'Deleted'];

export function createMemoryBoxes(clock: Clock, tell: (event: VoicemailEvent) => void): MemoryBoxes {
  const all = new Map<string, MemoryBox>();
  const phones = new Map<string, Set<object>>();
  let made = 0;

  function boxOf(box: string): MemoryBox {
    const found = all.get(box);
    if (!found) throw new OurError(`there is no box ${box}`);
    return found;
  }

  function changed(box: string): void {
    tell({ type: 'changed', box, at: clock.now() });
  }

  function tellLamp(box: string): void {
    const found = boxOf(box);
    found.shown = found.folders.INBOX.length;
  }

  function find(box: string, copy: string): { folder: Folder; message: MemoryMessage } | undefined {
    for (const folder of folderNames) {
      const message = boxOf(box).folders[folder].find((each) => each.copy === copy);
      if (message) return { folder, message };
    }
    return undefined;
  }

  function takeOut(box: string, copy: string): MemoryMessage | undefined {
    const found = find(box, copy);
    if (found) boxOf(box).folders[found.folder] = boxOf(box).folders[found.folder].filter((each) => each.copy !== copy);
    return found?.message;
  }

  function put(box: string, folder: Folder, message: MemoryMessage): void {
    boxOf(box).folders[folder].push(message);
    tellLamp(box);
    changed(box);
  }

  function move(box: string, copy: string, to: Folder): void {
    const message = takeOut(box, copy);
    if (message) put(box, to, message);
  }

  function pickUp(box: string): MemoryPhone {
    const self = {};
    const inIt = phones.get(box) ?? new Set<object>();
    phones.set(box, inIt.add(self));
    const { folders } = boxOf(box);
    const sees = { INBOX: folders.INBOX.map((each) => each.copy), Old: folders.Old.map((each) => each.copy) };
    const pressed: { folder: 'INBOX' | 'Old'; number: number; what: Folder | 'gone' }[] = [];
    tell({ type: 'taken', box, at: clock.now() });

    function press(copy: string, what: Folder | 'gone'): void {
      const folder = sees.INBOX.includes(copy) ? 'INBOX' : 'Old';
      const number = sees[folder].indexOf(copy);
      if (number >= 0) pressed.push({ folder, number, what });
    }

    function hangUp(): void {
      if (!inIt.delete(self)) return;
      // By number, to whatever lies there now: this is where a write beside a phone does its harm. What was pressed last for a number counts.
      const last = new Map(pressed.map((each) => [`${each.folder}${each.number}`, each]));
      const hit = [...last.values()].map(({ folder, number, what }) => ({ copy: boxOf(box).folders[folder][number]?.copy, what }));
      for (const { copy, what } of hit) {
        const message = copy === undefined ? undefined : takeOut(box, copy);
        if (message && what !== 'gone') boxOf(box).folders[what].push(message);
      }
      tellLamp(box);
      tell({ type: 'freed', box, at: clock.now() });
    }

    return { sees, hear: (copy) => press(copy, 'Old'), keepNew: (copy) => press(copy, 'INBOX'), remove: (copy) => press(copy, 'gone'), hangUp };
  }

  return {
    all,
    add(box, settings = {}) {
      all.set(box, { name: '', address: '', capacity: 100, mailsByItself: false, deletesByItself: false, ...settings, folders: { INBOX: [], Old: [], Deleted: [] }, shown: 0 });
    },
    drop: (box) => void all.delete(box),
    leave(box, call = {}) {
      const { folders, capacity } = boxOf(box);
      if (folders.INBOX.length >= capacity) return null;
      made += 1;
      const id = `${Math.floor(clock.now() / 1000)}-${made.toString(16).padStart(8, '0')}`;
      const message: MemoryMessage = { id, isUrgent: false, callerName: 'Dee Dove', callerNumber: '+15551230001', durationSeconds: 9, leftAt: clock.now(), ...call, copy: `copy-${made}` };
      put(box, 'INBOX', message);
      return message;
    },
    pickUp,
    isTaken: (box) => (phones.get(box)?.size ?? 0) > 0,
    playBehind(box, copy) {
      const message = takeOut(box, copy);
      if (message) boxOf(box).folders.Old.push(message);
    },
    cutPhones: () => phones.clear(),
    move,
    erase(box, copy) {
      if (!takeOut(box, copy)) return;
      tellLamp(box);
      changed(box);
    },
    duplicate(message, box, folder) {
      made += 1;
      const twin = { ...message, copy: `copy-${made}` };
      put(box, folder, twin);
      return twin;
    },
    find,
    tellLamp,
  };
}
