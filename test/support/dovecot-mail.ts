import { ImapFlow } from 'imapflow';
import { createLabClock } from '../../lab/clock.ts';
import { listenHttps } from '../../lab/http.ts';
import { createOauth } from '../../lab/oauth/index.ts';
import { createImap, imapConfig } from '../../server/connectors/imap/index.ts';
import type { ImapConfigInput, ImapConnector } from '../../server/connectors/imap/index.ts';
import { systemClock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
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
