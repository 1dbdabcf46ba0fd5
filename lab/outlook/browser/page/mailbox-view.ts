import type { MailFolder, MailLine } from '../../mailbox.ts';
import { ServerError } from '../api.ts';
import type { OpenRequest } from '../host/open-request.ts';
import type { Services } from '../host/services.ts';
import type { Formats } from './format.ts';
import { createMailList } from './mail-list.ts';
import type { Words } from './words.ts';

/** The person's own mails: the list, and what happens to one that is opened from it. */
export interface MailboxView {
  /** The folder that is looked at, as it is now. Rejects with ServerError. */
  draw: () => Promise<HTMLElement>;
  /** The inbox is what is looked at next, whatever folder it was. */
  chooseInbox: () => void;
  /** Unread mails in the inbox, as of the last look. */
  readonly unread: number;
  /** Looks at the inbox. A mail system that does not answer leaves the last number. */
  count: () => Promise<void>;
  /** The mail of a request is left for something else: from now on it is read. */
  left: (request: OpenRequest) => Promise<void>;
}

export interface MailboxViewOptions { services: Services; formats: Formats; words: Words; open: (request: OpenRequest) => void; redraw: () => void }

/** How to open a mail of the list; null when it is not there any more. Rejects with ServerError. */
export async function requestFor({ api, user }: Services, id: string, folder: MailFolder): Promise<OpenRequest | null> {
  const mail = await api.message(user.address, id);
  return mail && { mode: 'message-read', mail: { ...mail, kept: { folder, isRead: mail.isRead } } };
}

export function createMailboxView({ services, formats, words, open, redraw }: MailboxViewOptions): MailboxView {
  const { api, user } = services;
  let folder: MailFolder = 'inbox';
  let unread = 0;

  function choose(next: MailFolder): void {
    folder = next;
    redraw();
  }

  async function openLine({ id }: MailLine): Promise<void> {
    const request = await requestFor(services, id, folder);
    if (request) open(request);
    else redraw();
  }

  async function count(): Promise<void> {
    try {
      unread = (await api.mails(user.address, 'inbox')).filter(({ isRead }) => !isRead).length;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
    }
  }

  return {
    get unread() { return unread; },
    count,
    chooseInbox() {
      folder = 'inbox';
    },
    async draw() {
      return createMailList({ lines: await api.mails(user.address, folder), folder, formats, words, choose, open: (line) => void openLine(line) });
    },
    async left({ mail }) {
      if (!mail?.id || !mail.kept || mail.kept.isRead) return;
      try {
        await api.changeMessage(user.address, mail.id, { isRead: true });
      } catch (error) {
        // It was moved or deleted by somebody else meanwhile: then nothing is left to be marked.
        if (!(error instanceof ServerError)) throw error;
      }
    },
  };
}
