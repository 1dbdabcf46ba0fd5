import { ImapFlow } from 'imapflow';
import type { MailWorld } from './mail-world.ts';

/** What anybody writes first: connect, read all flags, leave; twenty mailboxes at a time. Returns how many messages it saw. */
export async function naivePoll({ logins, port, dovecot }: MailWorld): Promise<number> {
  const left = [...logins];
  let seen = 0;
  async function worker(): Promise<void> {
    for (let login = left.shift(); login !== undefined; login = left.shift()) {
      const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, logger: false, disableAutoIdle: true, disableCompression: true, auth: { user: dovecot.master.user, pass: dovecot.master.password, authzid: login, loginMethod: 'AUTH=PLAIN' } });
      client.on('error', () => undefined);
      await client.connect();
      await client.mailboxOpen('INBOX');
      const { length } = await client.fetchAll('1:*', { flags: true });
      seen += length;
      await client.logout();
    }
  }
  await Promise.all(Array.from({ length: 20 }, worker));
  return seen;
}
