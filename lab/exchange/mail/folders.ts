import { randomBytes } from 'node:crypto';
import type { WellKnownFolder } from './types.ts';

/** A folder as the store keeps it. */
export interface StoredFolder { key: string; wellKnownName: WellKnownFolder | null; displayName: string; parentKey: string | null }

/** Names as an English Outlook shows them; a client may not rely on them, because the owner's language decides. */
const shown: Record<Exclude<WellKnownFolder, 'msgfolderroot'>, string> = {
  inbox: 'Inbox', drafts: 'Drafts', sentitems: 'Sent Items', deleteditems: 'Deleted Items', junkemail: 'Junk Email', outbox: 'Outbox', archive: 'Archive',
  recoverableitemsdeletions: 'Deletions',
};

export function newFolder(displayName: string, parentKey: string | null, wellKnownName: WellKnownFolder | null = null): StoredFolder {
  return { key: randomBytes(16).toString('hex'), wellKnownName, displayName, parentKey };
}

/** The folders of a new mailbox, the root first. */
export function firstFolders(): StoredFolder[] {
  const root = newFolder('Top of Information Store', null, 'msgfolderroot');
  return [root, ...Object.entries(shown).map(([name, displayName]) => newFolder(displayName, root.key, name as WellKnownFolder))];
}

/** Folders that a person does not see among the others. */
export function isHidden({ wellKnownName }: StoredFolder): boolean {
  return wellKnownName === 'msgfolderroot' || wellKnownName === 'recoverableitemsdeletions';
}
