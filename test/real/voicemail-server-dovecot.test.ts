import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ImapFlow } from 'imapflow';
import PostalMime from 'postal-mime';
import type { CallView } from '../../contract/people/calls.ts';
import type { VoicemailView } from '../../contract/voicemail/voicemail.ts';
import { localCertificate } from '../../certs/make.ts';
import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { createLab, type Lab } from '../../lab/index.ts';
import { configSchema } from '../../server/config/schema.ts';
import { createServer, type Server } from '../../server/main.ts';
import { silent } from '../../server/ports/log.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { openMailProgram } from '../support/dovecot-mail.ts';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';

const anna = 'anna.berger@example.com';
const box = '201@default';

/** Waits for what another process shows; a condition that throws does not hold yet. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; ;) {
    if (await Promise.resolve().then(holds).catch(() => false)) return;
    if (Date.now() > end) throw new Error(`never so: ${holds.toString()}`);
    await pause(50);
  }
}

/** The whole server, with the lab's phone system on one side and a real Dovecot on the other. */
describe('test:real: a caller leaves a message, and its owner has their mail at Dovecot', function () {
  this.timeout(60_000);
  let folder: string;
  let clock: TurnableClock;
  let lab: Lab;
  let dovecot: Dovecot;
  let database: TestDatabase;
  let server: Server;
  let program: ImapFlow;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tieline-real-'));
    clock = createLabClock();
    const certificate = await localCertificate(join(folder, 'certs'));
    const agiPort = 0;
    lab = await createLab({
      clock, port: 0, tls: certificate, agiUrl: `agi://127.0.0.1:${agiPort}/conference`, soundsFolder: join(folder, 'sounds'), jitsiDoors: '/hooks/meet',
      server: { address: () => null, restarts: () => 0, kill: () => undefined, onChange: () => undefined },
    });
    dovecot = await startDovecot({ certificate, logins: [anna] });
    database = await testDatabase();
    const { tenantId, clientId, amiUser, amiSecret, ariUser, ariPassword } = lab.secrets;
    server = createServer({
      clock, log: silent, dist: join(import.meta.dirname, '../../dist'),
      env: { DATABASE_URL: database.url, AMI: amiSecret, ARI: ariPassword, MASTER: dovecot.master.password },
      config: configSchema.parse({
        publicUrl: 'https://tieline.example.com', listen: { host: '127.0.0.1', port: 0 }, data: folder, caFile: certificate.caFile, organisation: { name: 'Example GmbH' },
        signIn: { tenants: [{ id: tenantId, audience: clientId, authority: lab.cloud }] },
        connectors: [
          {
            type: 'asterisk', instance: 'pbx', timeZone: 'Europe/Berlin', ami: { host: '127.0.0.1', port: lab.asterisk.amiPort, username: amiUser, secretEnv: 'AMI' }, agi: { host: '127.0.0.1', port: agiPort },
            voicemail: {}, callControl: { context: 'internal' }, ari: { url: `http://127.0.0.1:${lab.asterisk.ariPort}`, username: ariUser, passwordEnv: 'ARI' },
          },
          { type: 'imap', instance: 'dovecot', host: 'localhost', port: dovecot.port, domains: ['example.com'], auth: { masterUser: { user: dovecot.master.user, passwordEnv: 'MASTER' } } },
        ],
      }),
    });
    await server.start();
    program = await openMailProgram(dovecot, anna);
    // Without a directory people are those who have been here.
    await api('GET', '/voicemail');
  });
  after(async () => {
    program?.close();
    await server?.stop();
    await lab?.close();
    await dovecot?.remove();
    await database?.drop();
    clock?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const voicemail = () => lab.asterisk.exchange.voicemail;
  const annas = () => voicemail().box(box) ?? assert.fail('no such box');
  const folderOf = (id: string): string | undefined => voicemail().spool.summary(annas()).find((each) => each.id === id)?.folder;
  const isLit = (): boolean => voicemail().waiting.light(annas());

  async function api(method: string, path: string, body?: unknown): Promise<Response> {
    const token = await lab.entra.issueToken({ person: anna, audience: lab.secrets.clientId, scopes: ['access_as_user'] });
    const response = await fetch(`${server.address}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${response.ok ? '' : await response.text()}`);
    return response;
  }
  async function shown(name: string): Promise<VoicemailView | undefined> {
    const { voicemail: all } = (await (await api('GET', '/voicemail')).json()) as { voicemail: VoicemailView[] };
    return all.find(({ callerName }) => callerName === name);
  }

  /** Where Anna's own mail program sees the mail about this caller's message. */
  async function mailFrom(name: string): Promise<{ path: string; uid: number } | undefined> {
    for (const path of ['INBOX', 'Trash']) {
      await program.mailboxOpen(path);
      const found = await program.search({ subject: name }, { uid: true });
      if (Array.isArray(found) && found[0] !== undefined) return { path, uid: found[0] };
    }
    return undefined;
  }
  const isIn = (name: string, path: string) => until(async () => (await mailFrom(name))?.path === path);

  async function leave(name: string): Promise<string> {
    const id = voicemail().leave(box, { caller: { name, number: '+4930555' }, seconds: 3 });
    await isIn(name, 'INBOX');
    return id;
  }

  it('the mail lies in the inbox, whole, with the time of the owner\'s clock from the first one on, and doveadm sees it too', async () => {
    await leave('Dee Dove');
    const at = await mailFrom('Dee Dove');
    const message = await program.fetchOne(String(at?.uid), { source: true, flags: true }, { uid: true });
    assert.ok(message && message.source);
    const { from, text, html, attachments, messageId, headers } = await PostalMime.parse(message.source);
    assert.deepEqual([from?.name, attachments.map(({ filename }) => filename), message.flags?.has('\\Seen')], ['Dee Dove', ['voicemail.wav'], false]);
    assert.match(text ?? '', /Number: \+4930555\nLeft: .*\nLength: 3 s\n\nListen in Tieline:\nhttps:\/\/tieline\.example\.com\/voicemail\//);
    assert.doesNotMatch(text ?? '', / UTC/, 'Dovecot names no zone: the PBX\'s counts');
    assert.match(html ?? '', /tel:\+4930555/);
    assert.ok(headers.some(({ key }) => key === 'x-tieline-voicemail'));
    const told = await promisify(execFile)('doveadm', ['-c', join(dovecot.folder, 'dovecot.conf'), 'fetch', '-u', anna, 'mailbox hdr.message-id', 'mailbox', 'INBOX', 'header', 'message-id', messageId ?? '']);
    assert.match(told.stdout, /mailbox: INBOX/);
    assert.equal(isLit(), true);
  });

  it('it plays on the computer, and on the desk phone, where it is heard', async () => {
    const id = await leave('Ines Ibsen');
    const view = await shown('Ines Ibsen');
    const sound = await api('GET', `/voicemail/${view?.id}/audio`);
    assert.deepEqual([sound.headers.get('content-type'), (await sound.arrayBuffer()).byteLength > 40_000], ['audio/wav', true]);
    const { call } = (await (await api('POST', '/calls', { id: randomUUID(), voicemailId: view?.id })).json()) as { call: CallView };
    const phone = lab.asterisk.phone('201');
    await until(() => phone.view().call?.phase === 'ringing');
    phone.answer();
    await until(() => folderOf(id) === 'Old');
    const { calls } = (await (await api('GET', '/calls')).json()) as { calls: CallView[] };
    assert.ok(calls.some((each) => each.id === call.id));
    await until(async () => {
      const at = await mailFrom('Ines Ibsen');
      const message = at && (await program.fetchOne(String(at.uid), { flags: true }, { uid: true }));
      return Boolean(message && message.flags?.has('\\Seen'));
    });
  });

  it('read in the mailbox the light goes out; deleted and taken back in the mailbox, then on the page, the other side follows', async () => {
    const id = await leave('Rita Read');
    for (const name of ['Dee Dove', 'Rita Read']) {
      const at = await mailFrom(name);
      await program.messageFlagsAdd(String(at?.uid), ['\\Seen'], { uid: true });
    }
    await until(() => folderOf(id) === 'Old' && !isLit());
    await mailFrom('Rita Read').then((at) => program.messageMove(String(at?.uid), 'Trash', { uid: true }));
    await until(() => folderOf(id) !== 'Old' && folderOf(id) !== 'INBOX');
    assert.equal((await shown('Rita Read'))?.state, 'deleted');
    await mailFrom('Rita Read').then((at) => program.messageMove(String(at?.uid), 'INBOX', { uid: true }));
    await until(() => folderOf(id) === 'Old');
    const view = await shown('Rita Read');
    await api('DELETE', `/voicemail/${view?.id}`);
    await isIn('Rita Read', 'Trash');
    await api('POST', `/voicemail/${view?.id}/restore`);
    await isIn('Rita Read', 'INBOX');
    await until(() => folderOf(id) === 'Old');
  });

  it('Dovecot is away: the list and the sound are there; it comes back, and what happened meanwhile is followed', async () => {
    await dovecot.stop();
    const id = voicemail().leave(box, { caller: { name: 'Wanda Waits', number: '+4930777' }, seconds: 2 });
    await until(async () => (await shown('Wanda Waits'))?.hasAudio === true);
    assert.equal((await shown('Wanda Waits'))?.mail.place, 'waiting');
    await dovecot.start();
    program = await openMailProgram(dovecot, anna);
    await isIn('Wanda Waits', 'INBOX');
    assert.equal(folderOf(id), 'INBOX');
  });
});
