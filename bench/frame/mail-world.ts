import { fork, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createImap, imapConfig, type ImapConfigInput, type ImapConnector } from '../../server/connectors/imap/index.ts';
import { systemClock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import { localCertificate } from '../../test/support/certificate.ts';
import { startDovecot, type Dovecot } from '../../test/support/dovecot.ts';

/** A Dovecot with mailboxes full of voicemails' mails, behind a proxy that counts, for our connector and for its peers. */
export interface MailWorld {
  dovecot: Dovecot;
  logins: readonly string[];
  /** Behind the proxy. */
  port: number;
  /** Bytes in both directions so far. */
  bytes(): Promise<number>;
  /** Our connector, fresh; whoever asks for it stops it. */
  connector(onWake?: (keys: WakeKey[]) => void, more?: Partial<Pick<ImapConfigInput, 'instance' | 'connections'>>): ImapConnector;
  /** One pass of mbsync over all mailboxes, into a spool of its own that lasts. */
  mbsync(): Promise<{ seconds: number; cpuSeconds: number; bytes: number }>;
  /** Where mbsync lays a mailbox. */
  spoolOf(login: string): string;
  close(): Promise<void>;
}

export const perMailbox = 5;

export function messageIdOf(login: string, n: number): string {
  return `vm-${n}-${login}`;
}

function message(login: string, n: number, size: number): string {
  const head = `From: "Caller ${n}" <voicemail@contoso.test>\r\nTo: ${login}\r\nSubject: Voicemail ${n}\r\nDate: Sat, 21 Nov 2026 09:00:00 +0000\r\nMessage-ID: <${messageIdOf(login, n)}>\r\nX-Tieline-Voicemail: k${n}\r\nContent-Type: text/plain\r\n\r\n`;
  return head + 'x'.repeat(78).concat('\r\n').repeat(Math.ceil(Math.max(0, size - head.length) / 80));
}

export interface MailWorldOptions { mailboxes: number; messages?: number; size: number }

export async function openMailWorld({ mailboxes, messages = perMailbox, size }: MailWorldOptions): Promise<MailWorld> {
  const logins = Array.from({ length: mailboxes }, (_, n) => `user${n}@contoso.test`);
  const certificate = await localCertificate();
  const dovecot = await startDovecot({
    certificate, logins,
    async seed(mail) {
      for (const login of logins) {
        const folder = join(mail, login, 'Maildir');
        for (const name of ['cur', 'new', 'tmp']) await mkdir(join(folder, name), { recursive: true });
        for (let n = 0; n < messages; n++) await writeFile(join(folder, 'cur', `1700000000.M${n}P1.bench:2,`), message(login, n, size));
      }
    },
  });
  const proxy = fork(new URL('./counting-proxy.ts', import.meta.url), [String(dovecot.plainPort)], { execArgv: ['--import=tsx'] });
  const { port } = await new Promise<{ port: number }>((resolve) => proxy.once('message', (told) => resolve(told as { port: number })));
  const folder = await mkdtemp(join(tmpdir(), 'tieline-mbsync-'));
  await writeFile(join(folder, 'mbsyncrc'), await mbsyncConfig(folder, logins, port, dovecot), { mode: 0o600 });

  async function bytes(): Promise<number> {
    const told = new Promise<{ bytes: number }>((resolve) => proxy.once('message', (each) => resolve(each as { bytes: number })));
    proxy.send('?');
    return (await told).bytes;
  }

  return {
    dovecot, logins, port, bytes,
    connector: (onWake, more) => createImap({
      config: imapConfig.parse({ type: 'imap', instance: 'mail', host: '127.0.0.1', port, security: 'none', domains: ['contoso.test'], auth: { masterUser: { user: dovecot.master.user, passwordEnv: 'MASTER' } }, ...more }),
      clock: systemClock(), log: silent, env: { MASTER: dovecot.master.password }, wake: { mark: async (keys) => onWake?.(keys) },
    }),
    async mbsync() {
      const before = await bytes();
      const startedAt = performance.now();
      const cpuSeconds = await timed(['mbsync', '-c', join(folder, 'mbsyncrc'), '-q', '-a']);
      return { seconds: (performance.now() - startedAt) / 1_000, cpuSeconds, bytes: (await bytes()) - before };
    },
    spoolOf: (login) => join(folder, 'spool', login, 'INBOX'),
    async close() {
      proxy.disconnect();
      await dovecot.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function mbsyncConfig(folder: string, logins: readonly string[], port: number, { master }: Dovecot): Promise<string> {
  const parts = ['SyncState *'];
  for (const [n, login] of logins.entries()) {
    await mkdir(join(folder, 'spool', login), { recursive: true });
    parts.push(`IMAPAccount a${n}\nHost 127.0.0.1\nPort ${port}\nUser ${login}*${master.user}\nPass ${master.password}\nSSLType None\nAuthMechs PLAIN\n\nIMAPStore r${n}\nAccount a${n}\n\nMaildirStore l${n}\nPath ${folder}/spool/${login}/\nInbox ${folder}/spool/${login}/INBOX\n\nChannel c${n}\nFar :r${n}:\nNear :l${n}:\nPatterns INBOX\nCreate Near\nSync All\n`);
  }
  return parts.join('\n\n');
}

/** Runs a program to its end; its processor seconds, user and system. Throws what it said when it failed. */
async function timed(argv: readonly string[]): Promise<number> {
  const child = spawn('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@" 2>&1', 'bash', ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, time] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (time += piece));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${argv[0]} ended with ${code}: ${said.slice(0, 500)}`);
  const [user = 0, system = 0] = time.trim().split(/\s+/).map(Number);
  return user + system;
}

/** Version of mbsync; null where it is not installed. */
export async function mbsyncVersion(): Promise<string | null> {
  const child = spawn('mbsync', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  return code === 0 ? `mbsync, ${said.trim()}` : null;
}

/** inotify instances that one user of this machine may have; NaN where that is not told. Beyond them Dovecot looks at intervals. */
export async function inotifyLimit(): Promise<number> {
  return Number(await readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8').catch(() => 'NaN'));
}
