import { type Box, boxName, type BoxSettings, fillBox, findFolder, type FolderName, folderNames } from './boxes.ts';
import type { Files } from './files.ts';
import { type Folder, openFolder } from './folder.ts';
import { readValue } from './message-file.ts';

/** A message as a summary shows it. */
export interface MessageRow {
  folder: FolderName;
  number: number;
  callerId: string;
  date: string;
  duration: string;
  flag: string;
  id: string;
}

/** What somebody who has opened a folder remembers of it: numbers, as they were then. That is why a change meanwhile hits the wrong message (tried). */
export interface OpenFolder {
  readonly box: Box;
  readonly name: FolderName;
  readonly folder: Folder;
  /** Last number when it was opened. */
  readonly last: number;
  readonly deleted: Set<number>;
  readonly heard: Set<number>;
}

export interface Counts { urgent: number; new: number; old: number }

/** How long Asterisk waits for a folder that it has locked itself, ms (tried: 4.85 to 4.97 s). */
const ownLockMs = 4900;

export interface Spool {
  boxes(): Box[];
  box(mailbox: string, context: string): Box | undefined;
  add(settings: BoxSettings): Box;
  folder(box: Box, name: FolderName): Folder;
  /** Closes gaps and gives messages without an id one: reading writes. */
  summary(box: Box): MessageRow[];
  counts(box: Box): Counts;
  open(box: Box, name: FolderName): OpenFolder;
  /** Does what was meant while it was open. Returns how long it takes, ms. */
  close(open: OpenFolder): number;
  /** Copies a message to the end of another folder; false when that is full. */
  save(open: OpenFolder, number: number, name: FolderName): boolean;
  /** Number of the first message with that id, undefined when a file on the way cannot be read or none has it. */
  find(open: OpenFolder, id: string): number | undefined;
  newId(): string;
  /** Ids count from 0 again after a restart. */
  crash(): void;
}

export function createSpool(files: Files, settings: readonly BoxSettings[], now: () => number): Spool {
  const boxes = new Map<string, Box>();
  let counter = 0;

  function add(each: BoxSettings): Box {
    const box = fillBox(each);
    boxes.set(boxName(box), box);
    return box;
  }
  settings.forEach(add);

  function newId(): string {
    return `${Math.floor(now() / 1000)}-${(counter++).toString(16).padStart(8, '0')}`;
  }

  function folder(box: Box, name: FolderName): Folder {
    return openFolder(files, `${box.context}/${box.mailbox}/${name}`);
  }

  function row(each: Folder, name: FolderName, number: number): MessageRow {
    let text = each.text(number) ?? '';
    if (readValue(text, 'msg_id') === undefined) {
      text = `${text.trimEnd()}\nmsg_id=${newId()}\n`;
      each.setText(number, text);
    }
    const value = (key: string): string => readValue(text, key) ?? '';
    return { folder: name, number, callerId: value('callerid'), date: value('origdate'), duration: value('duration'), flag: value('flag'), id: value('msg_id') };
  }

  function open(box: Box, name: FolderName): OpenFolder {
    const opened = folder(box, name);
    opened.resequence();
    return { box, name, folder: opened, last: opened.count() - 1, deleted: new Set(), heard: new Set() };
  }

  /** Makes room in Deleted by letting its oldest go. Returns the number that is free. */
  function roomInDeleted(box: Box, target: Folder): number {
    const next = target.lastNumber() + 1;
    if (next < box.backupDeleted) return next;
    for (let number = 1; number < next; number += 1) target.move(number, number - 1);
    return next - 1;
  }

  function save({ box, folder: from }: OpenFolder, number: number, name: FolderName): boolean {
    const target = folder(box, name);
    const next = name === 'Deleted' ? roomInDeleted(box, target) : target.lastNumber() + 1;
    if (name !== 'Deleted' && next >= box.maxMessages) return false;
    if (from.path !== target.path || number !== next) from.copyTo(number, target, next);
    return true;
  }

  /** Decides for one number whether it stays. `kept` counts those that do. */
  function settle(opened: OpenFolder, number: number, kept: number): { stays: boolean; stuck: boolean; tookMs: number } {
    const { box, name, folder: here, deleted, heard } = opened;
    const moves = (name === 'INBOX' || name === 'Urgent') && heard.has(number);
    if (!deleted.has(number) && moves && save(opened, number, 'Old')) return { stays: false, stuck: false, tookMs: 0 };
    let tookMs = 0;
    if (deleted.has(number)) {
      // It locks the folder Deleted a second time, waits for itself, gives up, and keeps the message (tried).
      const isLocked = name === 'Deleted' && box.backupDeleted > 0;
      if (isLocked) tookMs = ownLockMs;
      else if (box.backupDeleted > 0) save(opened, number, 'Deleted');
      if (!isLocked) return { stays: false, stuck: false, tookMs };
    }
    // Without audio there is no message, and nothing behind it is looked at any more (tried).
    if (!here.hasAudio(number)) return { stays: false, stuck: true, tookMs };
    here.move(number, kept);
    return { stays: true, stuck: false, tookMs };
  }

  return {
    add, folder, open, save, newId,
    boxes: () => [...boxes.values()],
    box: (mailbox, context) => boxes.get(boxName({ mailbox, context })),
    summary: (box) => folderNames.flatMap((name) => {
      const each = folder(box, name);
      each.resequence();
      return each.visible().map((number) => row(each, name, number));
    }),
    counts(box) {
      const urgent = folder(box, 'Urgent').count();
      return { urgent, new: folder(box, 'INBOX').count() + urgent, old: folder(box, 'Old').count() };
    },
    close(opened) {
      if (opened.last < 0) return 0;
      // Messages that came meanwhile count, too: the last number is asked for anew.
      const last = opened.folder.lastNumber();
      let kept = 0;
      let number = 0;
      let tookMs = 0;
      for (; number <= last; number += 1) {
        const { stays, stuck, tookMs: more } = settle(opened, number, kept);
        tookMs += more;
        if (stuck) break;
        if (stays) kept += 1;
      }
      for (let each = kept; each < number; each += 1) if (opened.folder.hasAudio(each)) opened.folder.remove(each);
      return tookMs;
    },
    find(opened, id) {
      for (let number = 0; number <= opened.last; number += 1) {
        const text = opened.folder.text(number);
        if (text === undefined) return undefined;
        if (readValue(text, 'msg_id') === id) return number;
      }
      return undefined;
    },
    crash: () => void (counter = 0),
  };
}

/** A folder by its name in any case. */
export function namedFolder(spool: Spool, mailbox: string, context: string, name: string): { box: Box; name: FolderName } | undefined {
  const box = spool.box(mailbox, context);
  const found = findFolder(name);
  return box && found ? { box, name: found } : undefined;
}
