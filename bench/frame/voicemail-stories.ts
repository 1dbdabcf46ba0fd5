import { setTimeout as pause } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { openMailProgram } from '../../test/support/dovecot-mail.ts';
import type { MailWorld } from './mail-world.ts';
import type { Lags } from './voicemail-changes.ts';
import type { Engine } from './voicemail-engine.ts';
import { until } from './wait.ts';

/** How often the mail program asks for news, ms: it is an observer, so it does not wait to be told. */
export const lookEveryMs = 20;

/** What a person's mail program shows of the newest message; null for an empty inbox. Every look asks the server. */
async function newest(program: ImapFlow): Promise<{ uid: number; isRead: boolean } | null> {
  await program.noop();
  if (program.mailbox === false || program.mailbox.exists === 0) return null;
  const message = await program.fetchOne('*', { uid: true, flags: true });
  return message ? { uid: message.uid, isRead: message.flags?.has('\\Seen') ?? false } : null;
}

/** Asks until it holds, and notes how long that took. */
async function clocked(into: number[], what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const from = performance.now();
  await until(what, async () => ((await holds()) ? true : undefined), { everyMs: lookEveryMs, patienceMs: 60_000 });
  into.push(performance.now() - from);
}

/** A person's box on the phone and mail program on the computer: what is done on one side, until the other shows it. Each lag begins when the change is safe on its own side. */
export interface Person {
  /** A caller leaves a message, until its mail is there. */
  leave(into: number[]): Promise<void>;
  /** The newest mail is read, until the phone has it as heard. */
  read(into: number[]): Promise<void>;
  /** The message is marked unheard by phone, until its mail is unread. */
  unhear(into: number[]): Promise<void>;
  /** The newest mail is moved to the trash, until the phone has deleted the message. */
  throwAway(into: number[]): Promise<void>;
  /** Nothing lost, nothing twice, nothing echoed: each message is one mail in the trash, none in the inbox, and the phone is silent. Throws otherwise; closes the program. */
  end(): Promise<void>;
}

export async function openPerson({ pbx, boxOf }: Engine, world: MailWorld, login: string): Promise<Person> {
  const box = boxOf(login);
  const program = await openMailProgram(world.dovecot, login);
  await program.mailboxOpen('INBOX');
  let [messages, copy, uid] = [0, '', ''];
  const folderOf = (): string | undefined => pbx.boxes.find(box, copy)?.folder;
  return {
    async leave(into) {
      const before = (await newest(program))?.uid ?? 0;
      const message = pbx.boxes.leave(box);
      if (!message) throw new Error(`${box} is full`);
      [messages, copy] = [messages + 1, message.copy];
      await clocked(into, 'the mail is there', async () => ((await newest(program))?.uid ?? 0) > before);
      uid = String((await newest(program))?.uid);
    },
    async read(into) {
      await program.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
      await clocked(into, 'the voicemail is heard', () => folderOf() === 'Old');
    },
    async unhear(into) {
      pbx.boxes.move(box, copy, 'INBOX');
      await clocked(into, 'the mail is unread', async () => (await newest(program))?.isRead === false);
    },
    async throwAway(into) {
      await program.messageMove(uid, 'Trash', { uid: true });
      await clocked(into, 'the voicemail is deleted', () => folderOf() === 'Deleted');
    },
    async end() {
      const inbox = await program.status('INBOX', { messages: true });
      const trash = await program.status('Trash', { messages: true });
      const left = pbx.boxes.all.get(box)?.folders;
      program.close();
      if (!inbox || !trash || inbox.messages !== 0 || trash.messages !== messages || left?.INBOX.length !== 0 || left.Old.length !== 0) throw new Error(`${login}: after ${messages} messages the two sides do not agree`);
    },
  };
}

/** People side by side, each with so many messages one after the other from its coming to its going, by turns done here and seen there. */
export async function tellStories(engine: Engine, world: MailWorld, logins: readonly string[], each: number): Promise<Lags> {
  const lags: Lags = { toMail: [], toPhone: [] };
  await Promise.all(logins.map(async (login) => {
    const person = await openPerson(engine, world, login);
    for (let n = 0; n < each; n++) {
      await person.leave(lags.toMail);
      await person.read(lags.toPhone);
      await person.unhear(lags.toMail);
      await person.throwAway(lags.toPhone);
    }
    await person.end();
  }));
  return lags;
}

/**
 * For people whose mail server tells nothing: everybody gets a message, some people at a time; the returned function lets all read it at moments of their own within
 * `withinMs`, and then throw it away. How long the last one takes is not among the lags: it is often found by the look that found the one before.
 */
export async function leaveUntold(engine: Engine, world: MailWorld, logins: readonly string[], atATime: number): Promise<(withinMs: number, random: () => number) => Promise<Lags>> {
  const lags: Lags = { toMail: [], toPhone: [] };
  const people: Person[] = [];
  for (let from = 0; from < logins.length; from += atATime) {
    people.push(...(await Promise.all(logins.slice(from, from + atATime).map(async (login) => {
      const person = await openPerson(engine, world, login);
      await person.leave(lags.toMail);
      return person;
    }))));
  }
  return async (withinMs, random) => {
    await Promise.all(people.map(async (person) => {
      await pause(random() * withinMs);
      await person.read(lags.toPhone);
      await person.throwAway([]);
      await person.end();
    }));
    return lags;
  };
}
