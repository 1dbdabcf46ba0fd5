import { randomBytes } from 'node:crypto';
import { changeKeyOf } from '../view.ts';
import { ExchangeError, notFound } from '../errors.ts';
import { ewsId, folderId, immutableId, parseId, restId } from '../ids.ts';
import type { Person } from '../types.ts';
import { firstFolders, isHidden, newFolder } from './folders.ts';
import type { StoredFolder } from './folders.ts';
import { messageSize, newFields } from './message.ts';
import type { AttachmentInput, Departure, InboxRule, MailAttachment, MailChange, MailFolder, MailMessage, MailRoom, MessageDraft, MessageFields } from './types.ts';

export interface MailRoomOptions {
  now: () => number;
  /** A number that grows with every write of the whole exchange. */
  nextChange: () => number;
  newest: () => number;
  /** Throws ExchangeError `ErrorInvalidUser`. */
  owner: (mailbox: string) => Person;
}

interface Stored { key: string; folderKey: string; fields: MessageFields; attachments: MailAttachment[]; createdAt: number; modifiedAt: number; changeNumber: number }
interface Left extends Departure { folderKey: string }
interface Box { owner: Person; folders: StoredFolder[]; messages: Map<string, Stored>; left: Left[]; rules: InboxRule[]; quota: number | null; size: number }

/** Departures that a mailbox remembers; a client that is further behind reads all anew. */
const departuresKept = 20_000;

function folderMissing(): ExchangeError {
  return new ExchangeError('ErrorFolderNotFound', 'The specified folder could not be found in the store.');
}

export function createMailRoom({ now, nextChange, newest, owner }: MailRoomOptions): MailRoom {
  const boxes = new Map<string, Box>();
  const watchers = new Set<(change: MailChange) => void>();

  function boxOf(mailbox: string): Box {
    const person = owner(mailbox);
    const known = boxes.get(person.id) ?? { owner: person, folders: firstFolders(), messages: new Map<string, Stored>(), left: [], rules: [], quota: null, size: 0 };
    boxes.set(person.id, known);
    return known;
  }

  function folderOf(box: Box, idOrName: string): StoredFolder {
    const name = idOrName.toLowerCase();
    const found = box.folders.find((each) => each.wellKnownName === name || folderId(box.owner.id, each.key) === idOrName);
    if (!found) throw folderMissing();
    return found;
  }

  function shownFolder({ owner: { id: mailboxId } }: Box, folder: StoredFolder): MailFolder {
    return { ...folder, mailboxId, id: folderId(mailboxId, folder.key) };
  }

  function view({ owner: { id: mailboxId } }: Box, { key, folderKey, fields, attachments, createdAt, modifiedAt, changeNumber }: Stored): MailMessage {
    const name = { key, originalStart: null };
    return {
      ...fields, attachments, createdAt, modifiedAt, changeNumber, changeKey: changeKeyOf(changeNumber), mailboxId, id: immutableId(mailboxId, name),
      restId: restId(mailboxId, folderKey, name), ewsId: ewsId(mailboxId, folderKey, name), folderId: folderId(mailboxId, folderKey),
    };
  }

  function tell(box: Box, { key, folderKey, changeNumber }: Stored, change: MailChange['change']): void {
    const { id: mailboxId } = box.owner;
    const name = { key, originalStart: null };
    const ids = { id: immutableId(mailboxId, name), restId: restId(mailboxId, folderKey, name), folderId: folderId(mailboxId, folderKey) };
    if (change === 'deleted') {
      box.left.push({ changeNumber: nextChange(), id: ids.id, restId: ids.restId, folderKey });
      if (box.left.length > departuresKept) box.left.shift();
    }
    for (const watcher of watchers) watcher({ mailboxId, ...ids, changeKey: change === 'deleted' ? null : changeKeyOf(changeNumber), change, at: now() });
  }

  function find(box: Box, id: string): Stored | undefined {
    const parsed = parseId(id);
    const message = parsed && box.messages.get(parsed.key);
    if (!message || parsed.mailboxId !== box.owner.id || (parsed.calendarKey !== null && parsed.calendarKey !== message.folderKey)) return undefined;
    return message;
  }

  function get(box: Box, id: string): Stored {
    const found = find(box, id);
    if (!found) throw notFound();
    return found;
  }

  function touch(message: Stored): void {
    message.changeNumber = nextChange();
    message.modifiedAt = now();
  }

  function takeRoom(box: Box, bytes: number): void {
    if (box.quota !== null && box.size + bytes > box.quota) throw new ExchangeError('ErrorQuotaExceeded', 'The mailbox is full; the operation could not be completed.');
    box.size += bytes;
  }

  function put(box: Box, folder: StoredFolder, draft: MessageDraft): Stored {
    const { attachments = [], ...given } = draft;
    const fields: MessageFields = { ...newFields(box.owner, now()), ...given };
    takeRoom(box, messageSize(fields, attachments));
    const message: Stored = {
      key: randomBytes(16).toString('hex'), folderKey: folder.key, fields, attachments: attachments.map((each) => ({ ...each, id: randomBytes(18).toString('base64url') })),
      createdAt: now(), modifiedAt: now(), changeNumber: nextChange(),
    };
    box.messages.set(message.key, message);
    tell(box, message, 'created');
    return message;
  }

  function take(box: Box, message: Stored): void {
    box.messages.delete(message.key);
    box.size -= messageSize(message.fields, message.attachments);
    tell(box, message, 'deleted');
  }

  function moveTo(box: Box, message: Stored, folder: StoredFolder): void {
    if (message.folderKey === folder.key) return;
    tell(box, message, 'deleted');
    message.folderKey = folder.key;
    touch(message);
    tell(box, message, 'created');
  }

  function ruleFor(box: Box, { subject = '', from }: MessageDraft): InboxRule | undefined {
    const text = `${subject} ${from?.address ?? ''} ${from?.name ?? ''}`.toLowerCase();
    return box.rules.find(({ contains }) => text.includes(contains.toLowerCase()));
  }

  return {
    folders: (mailbox) => boxOf(mailbox).folders.filter((each) => !isHidden(each)).map((each) => shownFolder(boxOf(mailbox), each)),
    folder: (mailbox, idOrName) => shownFolder(boxOf(mailbox), folderOf(boxOf(mailbox), idOrName)),
    addFolder(mailbox, name, parent = 'msgfolderroot') {
      const box = boxOf(mailbox);
      const { key } = folderOf(box, parent);
      if (box.folders.some(({ parentKey, displayName }) => parentKey === key && displayName.toLowerCase() === name.toLowerCase())) throw new ExchangeError('ErrorFolderExists', 'A folder with the specified name already exists.');
      // Seen at Exchange Online: the slash is kept for paths, and a name has 255 characters at most.
      if (name.includes('/') || name.length > 255) throw new ExchangeError('ErrorInvalidFolderName', 'The folder name is not valid.');
      const folder = newFolder(name, key);
      box.folders.push(folder);
      return shownFolder(box, folder);
    },
    renameFolder(mailbox, idOrName, name) {
      const box = boxOf(mailbox);
      const folder = folderOf(box, idOrName);
      folder.displayName = name;
      return shownFolder(box, folder);
    },
    moveFolder(mailbox, idOrName, to) {
      const box = boxOf(mailbox);
      const folder = folderOf(box, idOrName);
      if (folder.wellKnownName !== null) throw new ExchangeError('ErrorDeleteDistinguishedFolder', 'The folder cannot be moved.');
      folder.parentKey = folderOf(box, to).key;
      return shownFolder(box, folder);
    },
    list(mailbox, folder) {
      const box = boxOf(mailbox);
      const hidden = new Set(box.folders.filter(isHidden).map(({ key }) => key));
      const wanted = folder === undefined ? null : folderOf(box, folder).key;
      return [...box.messages.values()].filter(({ folderKey }) => (wanted === null ? !hidden.has(folderKey) : folderKey === wanted))
        .toSorted((a, b) => b.fields.receivedAt - a.fields.receivedAt || b.changeNumber - a.changeNumber).map((each) => view(box, each));
    },
    count(mailbox, folder) {
      const box = boxOf(mailbox);
      const { key } = folderOf(box, folder);
      const inside = [...box.messages.values()].filter(({ folderKey }) => folderKey === key);
      return { total: inside.length, unread: inside.filter(({ fields }) => !fields.isRead).length };
    },
    read(mailbox, id) {
      const box = boxOf(mailbox);
      const found = find(box, id);
      return found && view(box, found);
    },
    create: (mailbox, folder, draft) => view(boxOf(mailbox), put(boxOf(mailbox), folderOf(boxOf(mailbox), folder), draft)),
    arrive(mailbox, draft) {
      const box = boxOf(mailbox);
      const rule = ruleFor(box, draft);
      const folder = folderOf(box, rule?.moveTo ?? 'inbox');
      return view(box, put(box, folder, { isRead: rule?.markRead ?? false, isDraft: false, ...draft }));
    },
    update(mailbox, id, changes) {
      const box = boxOf(mailbox);
      const message = get(box, id);
      message.fields = { ...message.fields, ...changes, properties: { ...message.fields.properties, ...changes.properties } };
      touch(message);
      tell(box, message, 'updated');
      return view(box, message);
    },
    move(mailbox, id, folder) {
      const box = boxOf(mailbox);
      const message = get(box, id);
      moveTo(box, message, folderOf(box, folder));
      return view(box, message);
    },
    copy(mailbox, id, folder) {
      const box = boxOf(mailbox);
      const { fields, attachments } = get(box, id);
      return view(box, put(box, folderOf(box, folder), { ...structuredClone(fields), attachments }));
    },
    attach(mailbox, id, attachment: AttachmentInput) {
      const box = boxOf(mailbox);
      const message = get(box, id);
      takeRoom(box, attachment.content.length);
      const added = { ...attachment, id: randomBytes(18).toString('base64url') };
      message.attachments.push(added);
      touch(message);
      tell(box, message, 'updated');
      return added;
    },
    remove(mailbox, id) {
      const box = boxOf(mailbox);
      const message = get(box, id);
      const trash = folderOf(box, 'deleteditems');
      moveTo(box, message, message.folderKey === trash.key ? folderOf(box, 'recoverableitemsdeletions') : trash);
    },
    destroy: (mailbox, id) => take(boxOf(mailbox), get(boxOf(mailbox), id)),
    purge(mailbox, before, folder) {
      const box = boxOf(mailbox);
      const key = folder === undefined ? null : folderOf(box, folder).key;
      const old = [...box.messages.values()].filter(({ folderKey, fields }) => fields.receivedAt < before && (key === null || folderKey === key));
      for (const message of old) take(box, message);
      return old.length;
    },
    archiveAway: (mailbox, id) => take(boxOf(mailbox), get(boxOf(mailbox), id)),
    addRule: (mailbox, rule) => void boxOf(mailbox).rules.push(rule),
    quota(mailbox, bytes) {
      boxOf(mailbox).quota = bytes;
    },
    departures(mailbox, folder, changeNumber) {
      const box = boxOf(mailbox);
      const { key } = folderOf(box, folder);
      return box.left.filter((each) => each.changeNumber > changeNumber && each.folderKey === key).map(({ folderKey: _key, ...departure }) => departure);
    },
    newest,
    onChange(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
