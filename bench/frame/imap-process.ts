/** A process of its own with our IMAP connector: so that its processor time and memory are nobody else's. Told by messages what to do; the first says where the mailboxes are. */
import { createImap, imapConfig } from '../../server/connectors/imap/index.ts';
import { systemClock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import { cpuSeconds } from './statistics.ts';

export interface ImapProcessWorld { port: number; masterUser: string; password: string; logins: readonly string[]; idsOf: Readonly<Record<string, readonly string[]>> }
/** Null: nothing is known. */
export type ImapProcessAsk = { start: Readonly<Record<string, string>> | null } | 'usage';
export type ImapProcessAnswer = { cursors: Record<string, string> } | { cpuSeconds: number; memoryMb: number; standing: number } | { failed: string };

function serve({ port, masterUser, password, logins, idsOf }: ImapProcessWorld): void {
  const connector = createImap({
    config: imapConfig.parse({ type: 'imap', instance: 'mail', host: '127.0.0.1', port, security: 'none', domains: ['contoso.test'], auth: { masterUser: { user: masterUser, passwordEnv: 'MASTER' } } }),
    clock: systemClock(), log: silent, env: { MASTER: password }, wake: { mark: async () => undefined },
  });

  /** Everything that a start asks of a mailbox: where its mails stand, where to go on, and to be told. All mailboxes at once; the connector holds itself back. */
  async function start(known: Readonly<Record<string, string>> | null): Promise<Record<string, string>> {
    const cursors: Record<string, string> = {};
    await Promise.all(logins.map(async (login) => {
      const mailbox = { instance: 'mail', id: login };
      const { cursor, items } = await connector.mailStore.changes(mailbox, known?.[login] ?? null);
      cursors[login] = cursor;
      if (known === null) {
        const ids = idsOf[login] ?? [];
        const found = await connector.mailStore.find(mailbox, ids);
        if (found.length !== ids.length) throw new Error(`${login}: ${found.length} of ${ids.length} mails found`);
      } else if (items.length > 0) throw new Error(`${login}: ${items.length} changes told where nothing changed`);
      await connector.mailStore.watch(mailbox);
    }));
    return cursors;
  }

  function answer(what: ImapProcessAnswer): void {
    process.send?.(what);
  }

  process.on('message', (ask: ImapProcessAsk) => {
    if (ask === 'usage') return answer({ cpuSeconds: cpuSeconds(), memoryMb: process.memoryUsage().rss / 2 ** 20, standing: connector.watched().standing });
    start(ask.start).then((cursors) => answer({ cursors }), (error: unknown) => answer({ failed: String(error) }));
  });
}

process.once('message', (world: ImapProcessWorld) => serve(world));
process.on('disconnect', () => process.exit(0));
