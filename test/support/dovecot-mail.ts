import { ImapFlow } from 'imapflow';
import PostalMime from 'postal-mime';
import { createLabClock } from '../../lab/clock.ts';
import { listenHttps } from '../../lab/http.ts';
import { createOauth } from '../../lab/oauth/index.ts';
import { createImap, imapConfig } from '../../server/connectors/imap/index.ts';
import type { ImapConfigInput, ImapConnector } from '../../server/connectors/imap/index.ts';
import { systemClock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import type { MailWorld } from '../contract/mail-store.ts';
import { localCertificate } from './certificate.ts';
import { startDovecot } from './dovecot.ts';
import type { Dovecot, DovecotOptions } from './dovecot.ts';
import { makeServiceAccount } from './service-account.ts';

export const ada = 'ada@contoso.test';

/** Our connector towards a Dovecot, with tokens as Google's service accounts get them. */
export interface DovecotLab { dovecot: Dovecot; connector: ImapConnector; marked: WakeKey[]; onMark: (fn: (keys: readonly WakeKey[]) => void) => void; stop(): Promise<void> }

export interface DovecotLabOptions extends Partial<DovecotOptions> { config?: Partial<ImapConfigInput>; tokenLife?: number; isStartTls?: boolean }

export async function startDovecotLab({ config = {}, tokenLife = 3_600, isStartTls = false, ...options }: DovecotLabOptions = {}): Promise<DovecotLab> {
  const certificate = await localCertificate();
  const dovecot = await startDovecot({ certificate, logins: [ada], ...options });
  const account = await makeServiceAccount();
  const clock = createLabClock();
  let origin = '';
  const oauth = createOauth({ clock, origin: () => origin, serviceAccount: { email: account.email, publicKey: account.publicKey, mayActFor: () => true }, lifeSeconds: tokenLife, mint: async (login, life) => dovecot.token(login ?? '', life) });
  const tokens = await listenHttps([oauth.handle], certificate);
  ({ origin } = tokens);
  await account.write(`${origin}/token`);
  const marked: WakeKey[] = [];
  const watchers: ((keys: readonly WakeKey[]) => void)[] = [];
  const connector = createImap({
    config: imapConfig.parse({ type: 'imap', instance: 'mail', host: 'localhost', port: isStartTls ? dovecot.plainPort : dovecot.port, security: isStartTls ? 'starttls' : 'tls', domains: ['contoso.test'], auth: { googleServiceAccount: { keyFile: account.keyFile } }, ...config }),
    clock: systemClock(), log: silent, ca: certificate.cert, env: {},
    wake: {
      async mark(keys) {
        marked.push(...keys);
        for (const fn of watchers) fn(keys);
      },
    },
  });
  return {
    dovecot, connector, marked,
    onMark: (fn) => void watchers.push(fn),
    async stop() {
      await connector.stop();
      await tokens.close();
      clock.stop();
      await Promise.all([dovecot.remove(), account.remove()]);
    },
  };
}

/** A mail program of the owner's: another client than ours. */
export async function openMailProgram(dovecot: Dovecot, login: string): Promise<ImapFlow> {
  const program = new ImapFlow({ host: '127.0.0.1', port: dovecot.plainPort, secure: false, doSTARTTLS: false, logger: false, disableAutoIdle: true, auth: { user: login, accessToken: await dovecot.token(login) } });
  program.on('error', () => undefined);
  await program.connect();
  return program;
}

/** Where the program sees a mail; null when it sees none. */
async function seek(program: ImapFlow, messageId: string): Promise<{ path: string; uid: number } | null> {
  for (const { path } of await program.list()) {
    await program.mailboxOpen(path);
    const found = await program.search({ header: { 'message-id': `<${messageId}>` } }, { uid: true });
    const uid = Array.isArray(found) ? found[0] : undefined;
    if (uid !== undefined) return { path, uid };
  }
  return null;
}

/** Somebody with a fresh mailbox at a real Dovecot, which several worlds share: starting one takes a second. */
export async function dovecotMailWorld({ dovecot, connector, marked }: DovecotLab, login: string): Promise<MailWorld> {
  let program = await openMailProgram(dovecot, login);
  marked.length = 0;

  async function at<T>(messageId: string, run: (place: { path: string; uid: number }) => Promise<T>): Promise<T> {
    const place = await seek(program, messageId);
    if (!place) throw new Error(`there is no mail ${messageId}`);
    await program.mailboxOpen(place.path);
    return run(place);
  }

  return {
    store: connector.mailStore,
    address: login,
    read: (messageId, isRead) => at(messageId, async ({ uid }) => void (isRead ? await program.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true }) : await program.messageFlagsRemove(String(uid), ['\\Seen'], { uid: true }))),
    move: (messageId, place) => at(messageId, async ({ uid }) => void (await program.messageMove(String(uid), place === 'trash' ? 'Trash' : place === 'inbox' ? 'INBOX' : 'Archive', { uid: true }))),
    destroy: (messageId) => at(messageId, async ({ uid }) => void (await program.messageDelete(String(uid), { uid: true }))),
    async notice(voicemailId) {
      const messageId = `asterisk-${voicemailId}@pbx.test`;
      await program.append('INBOX', `From: pbx@contoso.test\r\nTo: ${login}\r\nSubject: New message\r\nMessage-ID: <${messageId}>\r\nX-Asterisk-VM-Message-ID: ${voicemailId}\r\n\r\nHello\r\n`);
      return messageId;
    },
    look: (messageId) => at(messageId, async ({ uid }) => {
      const message = await program.fetchOne(String(uid), { source: true }, { uid: true });
      if (!message || !message.source) return null;
      const { subject = '', from, headers, attachments } = await PostalMime.parse(message.source);
      return {
        subject, from: from?.name ?? '', isUrgent: headers.some(({ key, value }) => key === 'importance' && value.toLowerCase() === 'high'),
        attachments: attachments.map(({ filename, content }) => ({ name: filename ?? '', size: typeof content === 'string' ? content.length : content.byteLength })),
      };
    }),
    fill: async () => null,
    loseAnswer: async () => null,
    forget: async () => null,
    async cut() {
      program.close();
      await dovecot.stop();
      return async () => {
        await dovecot.start();
        program = await openMailProgram(dovecot, login);
      };
    },
    async told() {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return marked.splice(0);
    },
    through: (outcome) => outcome,
    async until(what, holds) {
      const deadline = Date.now() + 20_000;
      while (!(await holds())) {
        if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await connector.mailStore.unwatch({ instance: connector.instance, id: login }, 'watch');
      program.close();
    },
  };
}
