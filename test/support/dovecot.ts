import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { Certificate } from './certificate.ts';

/** A Dovecot of our own: started by us, as a user who owns nothing else, on free ports of loopback, in a folder that goes with it. */
export interface Dovecot {
  /** TLS from the first byte. */
  port: number;
  /** In the clear, for programs that measure. */
  plainPort: number;
  folder: string;
  pid(): number;
  /** A token that opens this login's mailbox; `lifeSeconds` below zero: one that has run out. */
  token(login: string, lifeSeconds?: number): Promise<string>;
  /** For peers that sign in by password. */
  master: { user: string; password: string };
  /** What it wrote into its log. */
  log(): Promise<string>;
  stop(): Promise<void>;
  /** After `stop`, with the same mailboxes on the same ports. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

export interface DovecotOptions {
  certificate: Certificate;
  logins: readonly string[];
  /** Bytes that a login's mailbox may hold. */
  quotas?: Readonly<Record<string, number>>;
  /** Bytes of the largest mail that a login's mailbox takes. */
  largest?: Readonly<Record<string, number>>;
  /** Lays mail into the folder `mail/<login>/` before the start. */
  seed?: (mailFolder: string) => Promise<void>;
}

/** Dovecot runs as whoever starts it; root would have to be several users. */
const account = process.getuid?.() === 0 ? { uid: 65534, gid: 65534, user: 'nobody', group: 'nogroup' } : null;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

function configOf({ folder, port, plainPort, user, group }: { folder: string; port: number; plainPort: number; user: string; group: string }): string {
  const free = ['anvil', 'stats', 'imap-login', 'auth', 'config', 'log', 'director', 'ipc'].map((service) => `service ${service} {\n  chroot =\n  client_limit = 12000\n}`);
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/dovecot.log
instance_name = tieline
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
default_login_user = ${user}
default_internal_user = ${user}
default_internal_group = ${group}
default_process_limit = 4000
default_vsz_limit = 512M
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
  mail_max_userip_connections = 100
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Trash {
    auto = create
    special_use = \\Trash
  }
  mailbox Archive {
    auto = create
    special_use = \\Archive
  }
}
auth_mechanisms = plain oauthbearer xoauth2
auth_failure_delay = 0
auth_master_user_separator = *
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf.ext
}
passdb {
  driver = passwd-file
  master = yes
  args = ${folder}/masters
}
userdb {
  driver = passwd-file
  args = ${folder}/users
}
${free.join('\n')}
service imap-login {
  service_count = 0
  process_min_avail = 2
  inet_listener imap {
    port = ${plainPort}
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service imap {
  process_limit = 4000
}
service auth-worker {
  user = ${user}
}
`;
}

export async function startDovecot({ certificate, logins, quotas = {}, largest = {}, seed }: DovecotOptions): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'tieline-dovecot-'));
  const [port, plainPort] = [await freePort(), await freePort()];
  const { uid, gid } = account ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const user = account?.user ?? process.env['USER'] ?? 'nobody';
  const key = randomBytes(32);
  const master = { user: 'master', password: randomBytes(12).toString('hex') };
  const mail = join(folder, 'mail');
  await mkdir(join(folder, 'run'), { recursive: true });
  await mkdir(join(folder, 'keys/default/HS256'), { recursive: true });
  await mkdir(mail);
  const files: Record<string, string> = {
    'dovecot.conf': configOf({ folder, port, plainPort, user, group: account?.group ?? String(gid) }),
    'oauth2.conf.ext': `introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=${folder}/keys/\nusername_attribute = sub\nactive_attribute = active\nactive_value = true\n`,
    'keys/default/HS256/default': key.toString('base64'),
    masters: `${master.user}:{PLAIN}${master.password}\n`,
    users: `${logins.map((login) => `${login}::${uid}:${gid}::${mail}/${login}::${[quotas[login] === undefined ? [] : `userdb_quota_rule=*:bytes=${quotas[login]}`, largest[login] === undefined ? [] : `userdb_quota_max_mail_size=${largest[login]}`].flat().join(' ')}`).join('\n')}\n`,
    'cert.pem': certificate.cert, 'key.pem': certificate.key, 'dovecot.log': '',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
  await seed?.(mail);
  if (account) await ownAll(folder);
  await chmod(folder, 0o700);
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const started = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { ...(account ? { uid, gid } : {}), cwd: '/', env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' }, stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    started.stderr.setEncoding('utf8').on('data', (piece: string) => (words += piece));
    const ended = new Promise<never>((_, reject) => started.once('close', (code) => reject(new Error(`Dovecot ended with ${code}: ${words}`))));
    ended.catch(() => undefined);
    child = started;
    await Promise.race([ended, answers(plainPort)]);
  }

  async function stop(): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => running.once('close', () => resolve()));
    running.kill('SIGTERM');
    await ended;
  }

  await start();
  return {
    port, plainPort, folder, master, start, stop,
    pid: () => child?.pid ?? 0,
    token: async (login, lifeSeconds = 3_600) => {
      const now = Math.floor(Date.now() / 1_000);
      return new SignJWT({ active: 'true', scope: 'mail' }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setSubject(login).setAudience('tieline').setIssuer('https://tokens.test').setIssuedAt(now - 60).setExpirationTime(now + lifeSeconds).sign(key);
    },
    log: () => readFile(join(folder, 'dovecot.log'), 'utf8'),
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Hands the folder to the account that Dovecot runs as. */
async function ownAll(folder: string): Promise<void> {
  const done = spawn('chown', ['-R', `${account?.uid}:${account?.gid}`, folder], { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => done.once('close', (code) => (code === 0 ? resolve() : reject(new Error('the folder could not be handed over')))));
}

/** Resolves once something greets on the port. */
async function answers(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => undefined);
      socket.once('data', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
