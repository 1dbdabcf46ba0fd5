import { randomUUID } from 'node:crypto';
import { TheirError } from '../../domain/errors.ts';
import type { Repeat } from '../../outbound/retry.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MailCapabilities, MailHome, MailItem, MailStore } from '../../ports/mail-store.ts';
import type { Wake } from '../../ports/wake.ts';
import { loginOf, ownAddress } from './addresses.ts';
import type { ImapConnection } from './client/connection.ts';
import { isSignInRefusal } from './client/errors.ts';
import { createLine } from './client/line.ts';
import type { Line } from './client/line.ts';
import { compose } from './compose.ts';
import type { ImapConfig } from './config.ts';
import { createMailbox } from './mailbox.ts';
import type { Located, Mailbox } from './mailbox.ts';
import { parseId, toItem } from './mail.ts';
import { startWatch } from './watch.ts';
import type { Watch } from './watch.ts';

export interface MailStoreOptions {
  config: ImapConfig;
  clock: Clock;
  random: () => number;
  wake: Wake;
  signIn: (login: string, hooks: { onChange: () => void; onOver: () => void }) => Promise<ImapConnection>;
  /** A wake that could not be kept; the sweep finds what it was about. */
  onLostWake: (error: unknown) => void;
  /** A folder that mails were to be put into cannot be made; they go into the inbox. */
  onRefusedFolder: (mailbox: string, error: TheirError) => void;
}

export interface ImapMailStore { port: MailStore; /** Mailboxes that are pushed, and that are looked at. */ watched(): { standing: number; polled: number }; close(): void }

interface Seat { line: Line; mailbox: Mailbox; watch: Promise<Watch> | null; /** What it watches. */ watched: string; isNewsTold: boolean }

/** Mailboxes of an IMAP server. Each has one connection at most, whatever is done in it; what it holds is remembered, so that a change costs its own size. */
export function createMailStore({ config, clock, random, wake, signIn, onLostWake, onRefusedFolder }: MailStoreOptions): ImapMailStore {
  const { instance, connections, flavour } = config;
  const seats = new Map<string, Seat>();
  const epoch = randomUUID();
  let standing = 0;

  function seatOf(ref: MailHome): Seat {
    const address = ownAddress(config, ref.id);
    if (address === null) throw new TheirError(instance, 'gone', 'this mailbox is in none of our domains');
    const known = seats.get(address);
    if (known && ref.folder !== undefined) known.mailbox.setHome(ref.folder);
    if (known) return known;
    const made: Seat = {
      line: createLine({ clock, random, lingerMs: connections.lingerSeconds * 1_000, connect: (hooks) => signIn(loginOf(config, address), hooks) }),
      mailbox: createMailbox(config, epoch, (error) => onRefusedFolder(address, error)), watch: null, watched: '', isNewsTold: false,
    };
    made.mailbox.setHome(ref.folder ?? '');
    seats.set(address, made);
    return made;
  }

  function tell(seat: Seat, address: string): void {
    // One mark is enough until it is safe: an inbox may change a hundred times in a moment.
    if (seat.isNewsTold) return;
    seat.isNewsTold = true;
    wake.mark([{ kind: 'mail.changed', key: `${instance}/${address}` }]).catch(onLostWake).finally(() => {
      seat.isNewsTold = false;
    });
  }

  /** What we ourselves bring about, by id. */
  type Expected = Map<string, Pick<MailItem, 'isRead' | 'place'> | null>;

  /**
   * Somebody's turn at a mailbox. What it sees of others' doings on its way is in the log, and whoever waits for news is told, because the server will not tell
   * it a second time.
   */
  async function turn<T>(ref: MailHome, repeat: Repeat, run: (connection: ImapConnection, seat: Seat, expected: Expected) => Promise<T>): Promise<T> {
    const seat = seatOf(ref);
    const expected: Expected = new Map();
    return seat.line.use(repeat, async (connection) => {
      const from = seat.mailbox.position();
      const result = await run(connection, seat, expected);
      if (seat.watch && seat.mailbox.hasNews(from, expected)) tell(seat, ownAddress(config, ref.id) ?? ref.id);
      return result;
    });
  }

  async function locate(connection: ImapConnection, { mailbox }: Seat, item: MailItem): Promise<Located> {
    const id = parseId(item.id);
    const gone = new TheirError(instance, 'gone', 'this mail is not known under this id');
    if (!id) throw gone;
    if ('permanentId' in id) {
      await mailbox.look(connection);
      const found = mailbox.byPermanentId(id.permanentId) ?? (await mailbox.all(connection)).find(({ mail }) => mail.permanentId === id.permanentId);
      if (!found) throw gone;
      return found;
    }
    const book = await mailbox.reread(connection, id.path).catch((error: unknown) => {
      // A folder that its owner has renamed or removed.
      if (id.path === 'INBOX' || !(error instanceof TheirError) || error.passing || error.fault === 'denied') throw error;
      throw gone;
    });
    const mail = book.uidValidity === id.uidValidity ? book.mails.get(id.uid) : undefined;
    if (!mail) throw gone;
    return { book, mail };
  }

  /** The same mail in another folder, after a move. */
  async function arrived(connection: ImapConnection, { mailbox }: Seat, path: string, { mail }: Located): Promise<MailItem> {
    const book = await mailbox.reread(connection, path);
    const found = [...book.mails.values()].findLast(({ messageId, permanentId }) => messageId === mail.messageId && permanentId === mail.permanentId);
    if (!found) throw new TheirError(instance, 'unavailable', 'said that a mail was moved, and it is not there');
    return toItem(book, found);
  }

  async function moveTo(connection: ImapConnection, seat: Seat, located: Located, path: string, shownIn: string): Promise<MailItem> {
    if (connection.openPath !== located.book.path) await connection.open(located.book.path);
    await connection.move(located.mail.uid, path);
    const item = await arrived(connection, seat, shownIn, located);
    await seat.mailbox.reread(connection, located.book.path);
    return item;
  }

  async function setMark(connection: ImapConnection, seat: Seat, { book, mail }: Located, flag: string, isSet: boolean): Promise<MailItem> {
    if (connection.openPath !== book.path) await connection.open(book.path);
    await connection.mark(mail.uid, flag, isSet);
    const after = (await seat.mailbox.reread(connection, book.path)).mails.get(mail.uid);
    if (!after) throw new TheirError(instance, 'gone', 'a mail went away while it was marked');
    if ((flag === '\\Seen' ? after.isRead : after.isMarkedDeleted) !== isSet) throw new TheirError(instance, 'unavailable', 'said that a mail was marked, and it is not');
    return toItem(book, after);
  }

  const port: MailStore = {
    instance,
    get capabilities() {
      return capabilities(flavour);
    },

    async findMailbox(addressOrId) {
      const address = ownAddress(config, addressOrId);
      if (address === null) return null;
      try {
        await seatOf({ instance, id: address }).line.use('always', async () => undefined);
      } catch (error) {
        // The server does not say which it is: that nobody has this address, or that we may not enter. A person without a mailbox is the usual reason.
        if (isSignInRefusal(error)) return null;
        throw error;
      }
      return { instance, id: address, addresses: [address], displayName: address };
    },

    async deliver(ref, draft) {
      const [found] = await turn(ref, 'always', (connection, { mailbox }) => mailbox.find(connection, [draft.messageId]));
      if (found) return toItem(found.book, found.mail);
      const message = await compose(draft, ownAddress(config, ref.id) ?? ref.id);
      // Not repeated when its answer is lost: the caller asks again, and then it is looked for first.
      return turn(ref, 'if-refused', async (connection, { mailbox }, expected) => {
        const { home, main } = await mailbox.folders(connection);
        await connection.append(home, message, draft.isRead ? ['\\Seen'] : [], new Date(draft.sentAt));
        const book = await mailbox.reread(connection, main.path);
        const made = [...book.mails.values()].findLast(({ messageId }) => messageId === draft.messageId);
        if (!made) throw new TheirError(instance, 'unavailable', 'said that a mail was delivered, and it is not there');
        const item = toItem(book, made);
        expected.set(item.id, { isRead: draft.isRead, place: 'inbox' });
        return item;
      });
    },

    async find(ref, messageIds) {
      seatOf(ref);
      if (messageIds.length === 0) return [];
      return (await turn(ref, 'always', (connection, { mailbox }) => mailbox.find(connection, messageIds))).map(({ book, mail }) => toItem(book, mail));
    },

    async findNotices(ref, voicemailIds) {
      const all = await turn(ref, 'always', (connection, { mailbox }) => mailbox.all(connection));
      return all.flatMap(({ book, mail }) => (mail.voicemailId !== null && voicemailIds.includes(mail.voicemailId) ? [{ ...toItem(book, mail), voicemailId: mail.voicemailId }] : []));
    },

    setRead: (ref, item, isRead) => turn(ref, 'always', async (connection, seat, expected) => {
      const located = await locate(connection, seat, item);
      const { place } = toItem(located.book, located.mail);
      const after = await setMark(connection, seat, located, '\\Seen', isRead);
      expected.set(after.id, { isRead, place });
      return after;
    }),

    trash: (ref, item) => turn(ref, 'always', async (connection, seat, expected) => {
      const located = await locate(connection, seat, item);
      const now = toItem(located.book, located.mail);
      if (now.place === 'trash') return now;
      const { trash } = await seat.mailbox.folders(connection);
      expected.set(now.id, null);
      const after = await moveTo(connection, seat, located, trash.path, trash.path);
      expected.set(after.id, { isRead: now.isRead, place: 'trash' });
      return after;
    }),

    restore: (ref, item) => turn(ref, 'always', async (connection, seat, expected) => {
      const located = await locate(connection, seat, item);
      const { home, main, trash } = await seat.mailbox.folders(connection);
      const before = toItem(located.book, located.mail);
      // Marked by a program that knows no trash: the mark goes, the mail is where it was.
      if (located.mail.isMarkedDeleted) await setMark(connection, seat, located, '\\Deleted', false);
      const now = toItem(located.book, located.mail);
      expected.set(now.id, { isRead: before.isRead, place: now.place });
      if (located.book.path !== trash.path) return now;
      expected.set(now.id, null);
      const after = await moveTo(connection, seat, located, home, main.path);
      expected.set(after.id, { isRead: before.isRead, place: 'inbox' });
      return after;
    }),

    async changes(ref, cursor) {
      const seat = seatOf(ref);
      return seat.line.use('always', (connection) => seat.mailbox.changes(connection, cursor));
    },

    async watch(ref) {
      const seat = seatOf(ref);
      const address = ownAddress(config, ref.id) ?? ref.id;
      const { main } = await seat.line.use('always', (connection) => seat.mailbox.folders(connection));
      if (seat.watch && seat.watched !== main.path) {
        (await seat.watch.catch(() => null))?.stop();
        seat.watch = null;
      }
      seat.watched = main.path;
      seat.watch ??= startWatch(seat.line, main.path, () => tell(seat, address), {
        config, clock, random,
        takePlace() {
          if (standing >= connections.standing) return false;
          standing += 1;
          return true;
        },
        givePlace() {
          standing -= 1;
        },
      });
      try {
        await seat.watch;
      } catch (error) {
        seat.watch = null;
        throw error;
      }
      return { id: 'watch', expiresAt: null };
    },

    async unwatch(ref) {
      const seat = seats.get(ownAddress(config, ref.id) ?? '');
      const watch = seat?.watch;
      if (!seat || !watch) return;
      seat.watch = null;
      (await watch.catch(() => null))?.stop();
    },
  };

  return {
    port,
    watched: () => ({ standing, polled: [...seats.values()].filter(({ watch }) => watch !== null).length - standing }),
    close() {
      for (const { line, watch } of seats.values()) {
        void watch?.then((each) => each.stop(), () => undefined);
        line.close();
      }
      seats.clear();
    },
  };
}

/** What IMAP can do for voicemail. Gmail's numbers stay, other servers' change with the folder. */
function capabilities(flavour: ImapConfig['flavour']): MailCapabilities {
  const isGmail = flavour === 'gmail';
  return { notifications: true, changes: true, trash: true, stableIds: isGmail, findsFiled: true, folders: true, voicemailClass: false, visibleWithinMs: isGmail ? 5_000 : 0, maxAudioBytes: isGmail ? 18_000_000 : 20_000_000 };
}
