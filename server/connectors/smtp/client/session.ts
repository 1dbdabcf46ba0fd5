import type { SecureContext } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import { TheirError } from '../../../domain/errors.ts';

export interface SessionOptions {
  instance: string;
  host: string;
  port: number;
  security: 'starttls' | 'tls' | 'none';
  /** Whom to trust besides the public authorities. */
  secureContext: SecureContext | undefined;
  auth: { user: string; password: string } | { user: string; token: string } | null;
}

type Step = 'connect' | 'sign in' | 'hand over';

/** One mail over one connection. Throws TheirError: what the server certainly did not take is never 'no-answer', and what it may have taken always is. */
export async function submit({ instance, host, port, security, secureContext, auth }: SessionOptions, envelope: { from: string; to: string }, message: Buffer, signal: AbortSignal): Promise<void> {
  const connection = new SMTPConnection({
    host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none', tls: { minVersion: 'TLSv1.2', ...(secureContext && { secureContext }) },
    // Our deadline is the only one; the library's own would run beside it.
    connectionTimeout: 0, greetingTimeout: 0, socketTimeout: 0, dnsTimeout: 0,
  });
  let step: Step = 'connect';
  const stop = (): void => connection.close();
  signal.addEventListener('abort', stop, { once: true });
  // What the connection says after its end concerns nobody.
  const broken = new Promise<never>((_resolve, reject) => {
    connection.on('error', (error) => reject(explain(instance, step, error)));
    connection.on('end', () => reject(explain(instance, step, new Error('the connection was closed'))));
  });
  broken.catch(() => undefined);
  const during = <T>(run: (done: (error: Error | null | undefined, value?: T) => void) => void): Promise<T | undefined> =>
    Promise.race([broken, new Promise<T | undefined>((resolve, reject) => run((error, value) => (error ? reject(explain(instance, step, error)) : resolve(value))))]);
  try {
    await during((done) => connection.connect((error) => done(error)));
    step = 'sign in';
    if (auth) await during((done) => connection.login('token' in auth ? { type: 'OAUTH2', user: auth.user, oauth2: tokenSource(auth) } as never : { user: auth.user, pass: auth.password }, (error) => done(error)));
    step = 'hand over';
    await during((done) => connection.send({ from: envelope.from, to: [envelope.to], size: message.length }, message, (error) => done(error)));
  } finally {
    signal.removeEventListener('abort', stop);
    connection.quit();
  }
}

/** The library asks for the token through this; ours is ready, and kept by our own cache. */
function tokenSource({ user, token }: { user: string; token: string }): { getToken(renew: boolean, done: (error: Error | null, token: string) => void): void; buildXOAuth2Token(token: string): string } {
  return {
    getToken: (_renew, done) => done(null, token),
    buildXOAuth2Token: (value) => Buffer.from(`user=${user}\u0001auth=Bearer ${value}\u0001\u0001`).toString('base64'),
  };
}

function explain(instance: string, step: Step, error: Error): TheirError {
  const { responseCode, command, code } = error as { responseCode?: number; command?: string; code?: string };
  const said = responseCode === undefined ? (code ?? error.message).replaceAll(/[^\w .:-]/g, ' ').slice(0, 80) : `${responseCode}`;
  const what = `${step} a mail: ${said}`;
  if (code === 'ETLS') return new TheirError(instance, 'denied', what, { cause: error, remedy: 'The mail server must offer TLS with a certificate that is trusted (caFile).' });
  if (responseCode !== undefined && responseCode >= 400) {
    if (step === 'sign in') return new TheirError(instance, responseCode < 500 ? 'unavailable' : 'denied', what, { cause: error, remedy: 'Correct username and password (or oauth) of the mail server.' });
    return new TheirError(instance, responseCode < 500 ? 'unavailable' : 'refused', what, { cause: error });
  }
  if (code === 'EAUTH') return new TheirError(instance, 'denied', what, { cause: error, remedy: 'Correct username and password (or oauth) of the mail server.' });
  // The server said at the beginning how much it takes (SIZE, RFC 1870), and this is more: no patience makes it smaller.
  if (code === 'EMESSAGE') return new TheirError(instance, 'refused', what, { cause: error });
  // Before the text of the mail was asked for, nothing can have been taken.
  const isCertain = step !== 'hand over' || /^(MAIL FROM|RCPT TO)$/.test(command ?? '');
  return new TheirError(instance, isCertain ? 'unavailable' : 'no-answer', what, { cause: error });
}
