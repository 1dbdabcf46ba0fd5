import PostalMime from 'postal-mime';
import { createLabClock } from '../../lab/clock.ts';
import type { TurnableClock } from '../../lab/clock.ts';
import { listenHttps } from '../../lab/http.ts';
import { createImap as createStandIn, headerValue } from '../../lab/imap/index.ts';
import type { Account, Entry, Folder, ImapManner, ImapStandIn } from '../../lab/imap/index.ts';
import { createOauth } from '../../lab/oauth/index.ts';
import type { Oauth } from '../../lab/oauth/index.ts';
import { fromUtf7 } from '../../server/connectors/imap/client/utf7.ts';
import { createImap, imapConfig } from '../../server/connectors/imap/index.ts';
import type { ImapConfigInput, ImapConnector } from '../../server/connectors/imap/index.ts';
import { silent } from '../../server/ports/log.ts';
import type { Log } from '../../server/ports/log.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import { localCertificate } from '../support/certificate.ts';
import type { MailWorld } from './mail-store.ts';

export const ada = 'ada@contoso.test';

export interface ImapMailWorld extends MailWorld {
  clock: TurnableClock;
  server: ImapStandIn;
  oauth: Oauth;
  account: Account;
  connector: ImapConnector;
  marked: WakeKey[];
  /** Warnings. */
  logged: string[];
  /** The connector as a fresh start makes it; whoever asks for it stops it. */
  restarted(): ImapConnector;
}

export interface ImapWorldOptions { manner?: Partial<ImapManner>; config?: Partial<ImapConfigInput>; logins?: readonly string[] }

/** The IMAP connector over the stand-in, with Ada at her mailbox. The clock stands still unless a wait turns it. */
export async function imapMailWorld({ manner = {}, config = {}, logins = [ada] }: ImapWorldOptions = {}): Promise<ImapMailWorld> {
  const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
  const certificate = await localCertificate();
  let origin = '';
  const oauth = createOauth({ clock, origin: () => origin, client: { id: 'tieline', secret: 's3cret' } });
  const tokens = await listenHttps([oauth.handle], certificate);
  ({ origin } = tokens);
  const server = await createStandIn({ clock, logins, manner, tls: certificate, verifyToken: oauth.verify, master: { user: 'master', password: 'm4ster' } });
  const account = server.account(ada);
  const marked: WakeKey[] = [];
  const logged: string[] = [];
  const log: Log = { ...silent, warn: (_fields, message) => void logged.push(message), child: () => log };
  const make = (): ImapConnector => createImap({
    config: imapConfig.parse({
      type: 'imap', instance: 'mail', host: 'localhost', port: server.port, domains: ['contoso.test'], flavour: server.manner.gmail ? 'gmail' : 'generic',
      auth: { clientCredentials: { tokenUrl: `${origin}/token`, clientId: 'tieline', clientSecretEnv: 'SECRET' } }, ...config,
    }),
    clock, log, ca: certificate.cert, env: { SECRET: 's3cret', MASTER: 'm4ster' }, random: () => 0, wake: { mark: async (keys) => void marked.push(...keys) },
  });
  const connector = make();

  function places(messageId: string): [Folder, Entry][] {
    return [...account.folders.values()].flatMap((folder) => [...folder.entries.values()].filter(({ content }) => headerValue(content.raw, 'message-id') === `<${messageId}>`).map((entry): [Folder, Entry] => [folder, entry]));
  }

  /** Where the owner sees it: at Gmail not in All Mail, when there is another label; and not what a move has left behind, marked to be deleted. */
  function place(messageId: string): [Folder, Entry] {
    const found = places(messageId).filter(([, { content: { flags } }], _index, all) => all.length === 1 || !flags.has('\\Deleted'));
    const [folder, entry] = found.find(([{ use }]) => use !== '\\All') ?? found[0] ?? [];
    if (!folder || !entry) throw new Error(`there is no mail ${messageId}`);
    return [folder, entry];
  }

  function byUse(use: string, otherwise: string): string {
    return [...account.folders.values()].find((folder) => folder.use === use)?.path ?? otherwise;
  }

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let left = 300; left > 0; left--) {
      if (await holds()) return;
      // Sockets take real time; what waits for the clock gets it in small steps.
      await new Promise((resolve) => setTimeout(resolve, 5));
      clock.advance(200);
    }
    throw new Error(`never happened: ${what}`);
  }

  return {
    clock, server, oauth, account, connector, marked, logged,
    restarted: make,
    store: connector.mailStore,
    address: ada,
    async read(messageId, isRead) {
      const [folder, { uid }] = place(messageId);
      account.flag(folder.path, uid, isRead ? { add: ['\\Seen'] } : { remove: ['\\Seen'] });
    },
    async move(messageId, to) {
      const [folder, { uid }] = place(messageId);
      if (!account.folder('Filed')) account.create('Filed');
      account.move(folder.path, [uid], to === 'trash' ? byUse('\\Trash', 'Trash') : to === 'inbox' ? 'INBOX' : 'Filed');
    },
    async destroy(messageId) {
      for (const [folder, { uid }] of places(messageId)) account.expunge(folder.path, [uid]);
    },
    async notice(voicemailId) {
      const messageId = `asterisk-${voicemailId}@pbx.test`;
      account.append('INBOX', Buffer.from(`From: pbx@contoso.test\r\nTo: ${ada}\r\nSubject: New message\r\nMessage-ID: <${messageId}>\r\nX-Asterisk-VM-Message-ID: ${voicemailId}\r\n\r\nHello\r\n`));
      return messageId;
    },
    async look(messageId) {
      const [, { content }] = place(messageId);
      const { subject = '', from, headers, attachments } = await PostalMime.parse(content.raw);
      const isUrgent = headers.some(({ key, value }) => key === 'importance' && value.toLowerCase() === 'high');
      return { subject, from: from?.name ?? '', isUrgent, attachments: attachments.map(({ filename, content: bytes }) => ({ name: filename ?? '', size: typeof bytes === 'string' ? bytes.length : bytes.byteLength })) };
    },
    async fill() {
      account.quota = 0;
      return async () => void (account.quota = null);
    },
    async loseAnswer() {
      server.faults.loseAnswerOf('APPEND');
      return true;
    },
    async forget() {
      account.renumber(byUse('\\All', 'INBOX'));
      return true;
    },
    async cut() {
      server.faults.isDown = true;
      return async () => void (server.faults.isDown = false);
    },
    folderOf: async (messageId) => fromUtf7(place(messageId)[0].path),
    renameFolder: async (from, to) => account.rename(from, to),
    async told() {
      clock.advance(600);
      await new Promise((resolve) => setTimeout(resolve, 10));
      return marked.splice(0);
    },
    through: (outcome) => outcome,
    until,
    async stop() {
      await connector.stop();
      clock.stop();
      await Promise.all([server.close(), tokens.close()]);
    },
  };
}
