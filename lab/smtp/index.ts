/**
 * A stand-in of a company's mail server for submission: STARTTLS, sign-in, and an outbox that anybody in the lab may read. It delivers to nobody.
 * Shows the rude parts of real ones: "later", "no", and the connection that ends after the mail was taken.
 */
import { randomBytes } from 'node:crypto';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { LabClock } from '../clock.ts';

export interface LabMail {
  /** Epoch ms, UTC, of the lab's clock. */
  at: number;
  from: string;
  to: string[];
  messageId: string;
  subject: string;
  text: string;
  /** Name before the sender's address. */
  fromName: string;
  /** By their names in lower case; of several the last. */
  headers: Readonly<Record<string, string>>;
  attachments: readonly { name: string; size: number }[];
  /** The calendar part as it came, null without one. */
  calendar: string | null;
}

/** `later`: 451 to every recipient. `no`: 550. `large`: 552 to every mail with a file. `lost`: takes the mail, then breaks off without a word. */
export type MailFault = 'none' | 'later' | 'no' | 'large' | 'lost';

export interface LabSmtp {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Oldest first. */
  readonly outbox: readonly LabMail[];
  fault: MailFault;
  close(): Promise<void>;
}

export async function createSmtp({ clock, key, cert }: { clock: LabClock; key: string; cert: string }): Promise<LabSmtp> {
  const outbox: LabMail[] = [];
  const [user, password] = ['tieline', randomBytes(18).toString('base64url')];
  let fault: MailFault = 'none';

  async function take(stream: SMTPServerDataStream, from: string, to: string[]): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const mail = await PostalMime.parse(Buffer.concat(chunks));
    if (fault === 'large' && mail.attachments.length > 0) throw Object.assign(new Error('5.3.4 Message too big'), { responseCode: 552 });
    const calendar = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar' || mimeType === 'application/ics');
    outbox.push({
      at: clock.now(), from, to, messageId: mail.messageId ?? '', subject: mail.subject ?? '', text: mail.text ?? '', fromName: mail.from?.name ?? '',
      headers: Object.fromEntries(mail.headers.map(({ key: name, value }) => [name, value])),
      attachments: mail.attachments.map(({ filename, content }) => ({ name: filename ?? '', size: typeof content === 'string' ? content.length : content.byteLength })),
      calendar: calendar ? Buffer.from(calendar.content as ArrayBuffer).toString('utf8') : null,
    });
  }

  const server = new SMTPServer({
    key, cert, logger: false, authMethods: ['PLAIN', 'LOGIN'],
    onAuth: (auth, _session, done) => (auth.username === user && auth.password === password ? done(null, { user }) : done(new Error('535 5.7.8 Authentication credentials invalid'))),
    onRcptTo(_address, _session, done) {
      const codes: Partial<Record<MailFault, number>> = { later: 451, no: 550 };
      const code = codes[fault];
      done(code === undefined ? null : Object.assign(new Error(code === 451 ? '4.7.1 Try again later' : '5.1.1 No such user'), { responseCode: code }));
    },
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      take(stream, mailFrom === false ? '' : mailFrom.address, rcptTo.map(({ address }) => address)).then(
        () => (fault === 'lost' ? cut() : done()),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  /** Ends every connection without an answer. */
  function cut(): void {
    for (const connection of server.connections as unknown as Iterable<{ _socket?: { destroy(): void } }>) connection._socket?.destroy();
  }
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0, user, password, outbox,
    get fault() {
      return fault;
    },
    set fault(next) {
      fault = next;
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      cut();
    }),
  };
}
