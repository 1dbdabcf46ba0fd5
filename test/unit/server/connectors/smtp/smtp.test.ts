import assert from 'node:assert/strict';
import { connect, createServer, type Server, type Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createLabClock } from '../../../../../lab/clock.ts';
import { createSmtp } from '../../../../../server/connectors/smtp/index.ts';
import { smtpConfig } from '../../../../../server/connectors/smtp/config.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { OutgoingMail } from '../../../../../server/ports/mail-sender.ts';
import { localCertificate } from '../../../../../certs/make.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mail: OutgoingMail = {
  messageId: 'one@meet.example.com', to: { name: 'Sofia Rossi', address: 'sofia@partner.example' }, fromName: 'Anna Berger', replyTo: { name: 'Anna Berger', address: 'anna@example.com' },
  subject: 'Weekly logistics', text: 'See you.', calendar: { method: 'REQUEST', ics: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n' },
};

describe('smtp: at most once, and never without the security that was asked for', () => {
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T09:52:00Z') });
  let folder: string;
  let certificate: Awaited<ReturnType<typeof localCertificate>>;
  const open: { close(): void }[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tieline-smtp-'));
    certificate = await localCertificate(join(folder, 'certs'));
  });
  after(async () => {
    clock.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  /** A mail server that is well behaved but for `options`; `got` is what it took. */
  async function server(options: SMTPServerOptions = {}): Promise<{ port: number; got: string[] }> {
    const got: string[] = [];
    const smtp = new SMTPServer({
      key: certificate.key, cert: certificate.cert, authOptional: true, disabledCommands: [], logger: false,
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
          got.push(Buffer.concat(chunks).toString());
          done();
        });
      },
      ...options,
    });
    smtp.on('error', () => undefined);
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => smtp.close() });
    const address = smtp.server.address();
    return { port: typeof address === 'object' && address ? address.port : 0, got };
  }

  function sender(port: number, more: Record<string, unknown> = {}, env: Record<string, string> = {}) {
    const config = smtpConfig.parse({ type: 'smtp', instance: 'mail', host: 'localhost', port, from: 'tieline@example.com', deadlineMs: 5_000, ...more });
    return createSmtp({ config, clock, env, ca: certificate.ca });
  }

  async function fault(run: Promise<void>): Promise<string> {
    return run.then(() => 'taken', (error: unknown) => {
      assert.ok(error instanceof TheirError, String(error));
      return error.fault;
    });
  }

  it('hands over an invitation with our Message-ID and a calendar part, over STARTTLS', async () => {
    const { port, got } = await server();
    const connector = sender(port);
    await connector.mailSender.send(mail);
    const parsed = await PostalMime.parse(got[0] ?? '');
    assert.deepEqual([parsed.messageId, parsed.subject, parsed.from?.address, parsed.from?.name, parsed.replyTo?.[0]?.address], ['<one@meet.example.com>', 'Weekly logistics', 'tieline@example.com', 'Anna Berger', 'anna@example.com']);
    assert.match(got[0] ?? '', /Content-Type: text\/calendar;[^\r]*(\r\n[ \t][^\r]*)*method=REQUEST/i);
    assert.equal(connector.status().state, 'ready');
  });

  it('signs in with a password, over TLS from the first byte too', async () => {
    const { port, got } = await server({ secure: true, authOptional: false, onAuth: ({ username, password }, _session, done) => (password === 'secret' ? done(null, { user: username }) : done(new Error('no'))) });
    const good = sender(port, { security: 'tls', username: 'tieline', passwordEnv: 'MAIL_PASSWORD' }, { MAIL_PASSWORD: 'secret' });
    assert.equal(await fault(good.mailSender.send(mail)), 'taken');
    const wrong = sender(port, { security: 'tls', username: 'tieline', passwordEnv: 'MAIL_PASSWORD' }, { MAIL_PASSWORD: 'wrong' });
    assert.equal(await fault(wrong.mailSender.send(mail)), 'denied');
    assert.equal(wrong.status().state, 'refused');
    assert.equal(got.length, 1);
  });

  it('gives no mail and no password to a server without TLS, or with a certificate of nobody', async () => {
    const plain = await server({ disabledCommands: ['STARTTLS'] });
    assert.equal(await fault(sender(plain.port).mailSender.send(mail)), 'denied');
    const { port, got } = await server();
    const config = smtpConfig.parse({ type: 'smtp', instance: 'mail', host: 'localhost', port, from: 'tieline@example.com' });
    assert.notEqual(await fault(createSmtp({ config, clock, env: {}, ca: undefined }).mailSender.send(mail)), 'taken');
    assert.deepEqual([plain.got, got], [[], []]);
    assert.throws(() => smtpConfig.parse({ type: 'smtp', instance: 'mail', host: 'mail.example.com', from: 'a@example.com', security: 'none' }), /only for a mail server on this machine/);
  });

  it('a mail that is larger than the server takes is refused for good, and not sent at all where it says at the beginning how much it takes', async () => {
    const large = { ...mail, text: 'x'.repeat(200_000) };
    const saying = await server({ size: 100_000 });
    const connector = sender(saying.port);
    assert.equal(await fault(connector.mailSender.send(large)), 'refused');
    assert.equal(await fault(connector.mailSender.send(mail)), 'taken');
    const silent = await server({ onData: (stream, _session, done) => void stream.on('data', () => undefined).on('end', () => done(Object.assign(new Error('5.3.4 too big'), { responseCode: 552 }))) });
    assert.equal(await fault(sender(silent.port).mailSender.send(large)), 'refused');
  });

  it('nobody there, or a word of "later", leaves no doubt; a "no" is for good', async () => {
    const gone = await server();
    for (const each of open.splice(0)) each.close();
    assert.equal(await fault(sender(gone.port).mailSender.send(mail)), 'unavailable');
    const said = (code: number): SMTPServerOptions => ({ onRcptTo: (_to, _session, done) => done(Object.assign(new Error('said'), { responseCode: code })) });
    const later = await server(said(451));
    assert.equal(await fault(sender(later.port).mailSender.send(mail)), 'unavailable');
    const never = await server(said(550));
    const connector = sender(never.port);
    assert.equal(await fault(connector.mailSender.send(mail)), 'refused');
    assert.equal(connector.status().state, 'ready', 'one wrong address says nothing of the server');
    const afterwards = await server({ onData: (stream, _session, done) => void stream.on('data', () => undefined).on('end', () => done(Object.assign(new Error('full'), { responseCode: 452 }))) });
    assert.equal(await fault(sender(afterwards.port).mailSender.send(mail)), 'unavailable');
  });

  it('broken off after the text was sent, or no answer in time: doubt', async () => {
    const cut = await server({ onData: (stream) => void stream.on('data', () => undefined).on('end', () => sockets.forEach((socket) => socket.destroy())) });
    const sockets: Socket[] = [];
    const proxy: Server = createServer((socket) => {
      const onward = connect(cut.port, '127.0.0.1');
      sockets.push(socket, onward);
      socket.on('error', () => undefined).pipe(onward).on('error', () => undefined).pipe(socket);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => proxy.close() });
    const address = proxy.address();
    assert.equal(await fault(sender(typeof address === 'object' && address ? address.port : 0).mailSender.send(mail)), 'no-answer');

    const turned = createLabClock({ startAt: 0, paused: true });
    const silent = await server({ onData: (stream) => void stream.on('data', () => undefined).on('end', () => turned.advance(5_000)) });
    const config = smtpConfig.parse({ type: 'smtp', instance: 'mail', host: 'localhost', port: silent.port, from: 'tieline@example.com', deadlineMs: 5_000 });
    assert.equal(await fault(createSmtp({ config, clock: turned, env: {}, ca: certificate.ca }).mailSender.send(mail)), 'no-answer');
  });

  it('hostile names, subjects and addresses add no header and no recipient', async () => {
    const recipients: string[] = [];
    const { port, got } = await server({
      onRcptTo(to, _session, done) {
        recipients.push(to.address);
        done();
      },
    });
    const evil = 'x\r\nBcc: eve@evil.example\r\n\r\nboo';
    await sender(port).mailSender.send({ ...mail, messageId: `a${evil}@b`, subject: evil, fromName: evil, replyTo: { name: evil, address: 'anna@example.com\r\nBcc: eve@evil.example' }, to: { name: evil, address: 'sofia@partner.example' } });
    assert.deepEqual(recipients, ['sofia@partner.example']);
    const parsed = await PostalMime.parse(got[0] ?? '');
    assert.equal(parsed.headers.some(({ key }) => key === 'bcc'), false);
    assert.equal(parsed.text?.trim(), 'See you.');
  });
});
