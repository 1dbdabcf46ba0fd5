import { fork } from 'node:child_process';
import type { ImapProcessAnswer, ImapProcessAsk, ImapProcessWorld } from './imap-process.ts';
import { messageIdOf, perMailbox, type MailWorld } from './mail-world.ts';

/** Our connector in a process of its own. */
export interface OurImap {
  /** Looks at every mailbox and watches it. `known`: cursors of an earlier life. Returns the cursors. Throws when something was missing, or told without a reason. */
  start(known: Readonly<Record<string, string>> | null): Promise<Record<string, string>>;
  usage(): Promise<{ cpuSeconds: number; memoryMb: number; standing: number }>;
  stop(): Promise<void>;
}

export async function openOurImap({ port, dovecot, logins }: MailWorld): Promise<OurImap> {
  const world: ImapProcessWorld = {
    port, masterUser: dovecot.master.user, password: dovecot.master.password, logins,
    idsOf: Object.fromEntries(logins.map((login) => [login, Array.from({ length: perMailbox }, (_, n) => messageIdOf(login, n))])),
  };
  const child = fork(new URL('./imap-process.ts', import.meta.url), { execArgv: ['--import=tsx'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  async function ask(what: ImapProcessAsk): Promise<ImapProcessAnswer> {
    const answered = new Promise<ImapProcessAnswer>((resolve, reject) => {
      child.once('message', (message) => resolve(message as ImapProcessAnswer));
      void ended.then(() => reject(new Error('our process ended')));
    });
    child.send(what);
    return answered;
  }

  async function usage(): Promise<{ cpuSeconds: number; memoryMb: number; standing: number }> {
    const answer = await ask('usage');
    if (!('standing' in answer)) throw new Error('no answer about usage');
    return answer;
  }

  child.send(world);
  // It has begun when it answers: what that takes is nobody's start-up.
  await usage();
  return {
    usage,
    async start(known) {
      const answer = await ask({ start: known });
      if (!('cursors' in answer)) throw new Error('failed' in answer ? answer.failed : 'no answer to a start');
      return answer.cursors;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
