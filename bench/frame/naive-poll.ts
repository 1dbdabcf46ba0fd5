import { ImapFlow } from 'imapflow';
import type { MailWorld } from './mail-world.ts';

/** What anybody writes first: connect, read all flags, leave; twenty mailboxes at a time. Returns how many messages it saw. */
export async function naivePoll({ logins, port, dovecot }: MailWorld, onRead: (login: string, flags: readonly ReadonlySet<string>[]) => void = () => undefined): Promise<number> {
  const left = [...logins];
  let seen = 0;
  async function worker(): Promise<void> {
    for (let login = left.shift(); login !== undefined; login = left.shift()) {
      const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, logger: false, disableAutoIdle: true, disableCompression: true, auth: { user: dovecot.master.user, pass: dovecot.master.password, authzid: login, loginMethod: 'AUTH=PLAIN' } });
      client.on('error', () => undefined);
      await client.connect();
      const { exists } = await client.mailboxOpen('INBOX');
      const messages = exists === 0 ? [] : await client.fetchAll('1:*', { flags: true });
      seen += messages.length;
      onRead(login, messages.map(({ flags }) => flags ?? new Set()));
      await client.logout();
    }
  }
  await Promise.all(Array.from({ length: 20 }, worker));
  return seen;
}
