import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { openMailProgram } from '../test/support/dovecot-mail.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { inotifyLimit, mbsyncVersion, openMailWorld, type MailWorld } from './frame/mail-world.ts';
import { naivePoll } from './frame/naive-poll.ts';
import { randomNumbers } from './frame/random.ts';
import { percentile } from './frame/statistics.ts';
import { dovecotSide, startEngine, type Engine } from './frame/voicemail-engine.ts';
import { until } from './frame/wait.ts';

/** How often the mail program asks for news, ms: it is an observer, so it does not wait to be told. */
const lookEveryMs = 20;

interface Lags { toMail: number[]; toPhone: number[] }

/** What a person's mail program shows of the newest message; null for an empty inbox. Every look asks the server. */
async function newest(program: ImapFlow): Promise<{ uid: number; isRead: boolean } | null> {
  await program.noop();
  if (program.mailbox === false || program.mailbox.exists === 0) return null;
  const message = await program.fetchOne('*', { uid: true, flags: true });
  return message ? { uid: message.uid, isRead: message.flags?.has('\\Seen') ?? false } : null;
}

/** One message from its coming to its going, by turns done here and seen there. Each lag begins when the change is safe on its own side. */
async function story({ pbx, boxOf }: Engine, program: ImapFlow, login: string, lags: Lags): Promise<void> {
  const box = boxOf(login);
  const options = { everyMs: lookEveryMs, patienceMs: 60_000 };
  async function clocked(into: number[], what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const from = performance.now();
    await until(what, async () => ((await holds()) ? true : undefined), options);
    into.push(performance.now() - from);
  }
  const before = (await newest(program))?.uid ?? 0;
  const message = pbx.boxes.leave(box);
  if (!message) throw new Error(`${box} is full`);
  await clocked(lags.toMail, 'the mail is there', async () => ((await newest(program))?.uid ?? 0) > before);
  const { uid = 0 } = (await newest(program)) ?? {};
  await program.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  await clocked(lags.toPhone, 'the voicemail is heard', () => pbx.boxes.find(box, message.copy)?.folder === 'Old');
  pbx.boxes.move(box, message.copy, 'INBOX');
  await clocked(lags.toMail, 'the mail is unread', async () => (await newest(program))?.isRead === false);
  await program.messageMove(String(uid), 'Trash', { uid: true });
  await clocked(lags.toPhone, 'the voicemail is deleted', () => pbx.boxes.find(box, message.copy)?.folder === 'Deleted');
}

/** Nothing lost, nothing twice, nothing echoed: each story leaves one mail in the trash, none in the inbox, and the phone silent. */
async function mustStand({ pbx, boxOf }: Engine, program: ImapFlow, login: string, stories: number): Promise<void> {
  const inbox = await program.status('INBOX', { messages: true });
  const trash = await program.status('Trash', { messages: true });
  const left = pbx.boxes.all.get(boxOf(login))?.folders;
  if (!inbox || !trash || inbox.messages !== 0 || trash.messages !== stories || left?.INBOX.length !== 0 || left.Old.length !== 0) throw new Error(`${login}: after ${stories} messages the two sides do not agree`);
}

/** A peer in a loop, without a pause: from a mark in the mailbox until mbsync has it in its spool, or until a naive poll has read it. */
async function peerLags(world: MailWorld, count: number, mbsync?: () => Promise<unknown>): Promise<number[]> {
  const random = randomNumbers(1);
  const [login = ''] = world.logins;
  const program = await openMailProgram(world.dovecot, login);
  await program.append('INBOX', 'Subject: peer\r\nMessage-ID: <peer@x>\r\n\r\nx\r\n');
  await program.mailboxOpen('INBOX');
  const state: { isOver: boolean; polled: boolean | null } = { isOver: false, polled: null };
  const loop = (async () => {
    while (!state.isOver) {
      if (mbsync) await mbsync();
      else await naivePoll(world, (each, flags) => void (state.polled = each === login ? flags.at(-1)?.has('\\Seen') ?? false : state.polled));
    }
  })();
  const folder = world.spoolOf(login);
  const lags: number[] = [];
  try {
    const files = async (): Promise<string> => (await Promise.all(['cur', 'new'].map((name) => readdir(join(folder, name)).catch(() => [])))).flat().join();
    /** What the peer knows of the newest message; null for nothing. */
    const isSeen = async (): Promise<boolean | null> => {
      if (!mbsync) return state.polled;
      const names = await files();
      return names === '' ? null : /:2,[^,]*S/.test(names);
    };
    await until('the peer has the message', async () => ((await isSeen()) === null ? undefined : true), { patienceMs: 120_000 });
    for (let n = 0; n < count; n++) {
      await pause(random() * 2_000);
      const isSet = n % 2 === 0;
      const from = performance.now();
      await (isSet ? program.messageFlagsAdd('*', ['\\Seen']) : program.messageFlagsRemove('*', ['\\Seen']));
      await until('the peer has the mark', async () => ((await isSeen()) === isSet ? true : undefined), { patienceMs: 120_000 });
      lags.push(performance.now() - from);
    }
  } finally {
    state.isOver = true;
    await loop;
    program.close();
  }
  return lags;
}

/** B1: how long a change needs from one side to the other. */
async function run(context: BenchContext): Promise<Result[]> {
  const version = await mbsyncVersion();
  if (version === null) throw new Error('mbsync is missing; remedy: apt-get install isync');
  const mailboxes = context.isFull ? 1_000 : 30;
  const [wide, each] = context.isFull ? [10, 8] : [3, 4];
  const world = await openMailWorld({ mailboxes, messages: 0, size: 0 });
  try {
    const engine = await startEngine(dovecotSide(world));
    const [lags, lossy]: [Lags, Lags] = [{ toMail: [], toPhone: [] }, { toMail: [], toPhone: [] }];
    let lost = 0;
    async function people(from: number, into: Lags): Promise<void> {
      await Promise.all(world.logins.slice(from, from + wide).map(async (login) => {
        const program = await openMailProgram(world.dovecot, login);
        await program.mailboxOpen('INBOX');
        for (let n = 0; n < each; n++) await story(engine, program, login, into);
        await mustStand(engine, program, login, each);
        program.close();
      }));
    }
    try {
      await people(0, lags);
      engine.loseWords(true);
      await people(wide, lossy);
      lost = engine.lost();
    } finally {
      await engine.stop();
    }
    const peers = await peerLags(world, 6, () => world.mbsync());
    const naive = await peerLags(world, 6);
    const limit = await inotifyLimit();
    context.note(`${mailboxes} watched mailboxes on one Dovecot, the engine with PostgreSQL, and the reference phone system in the same process; ${wide} people at a time, ${lags.toMail.length + lags.toPhone.length} changes, each seen by another mail program that asks every ${lookEveryMs} ms. Dovecot itself tells a client in IDLE after half a second. The peer is mbsync over all mailboxes without a pause between passes, mail to spool only; the naive poll reads all flags of all mailboxes. ${lost} words of the two systems were lost on purpose, every hundredth. ${limit < mailboxes ? `The machine gives a user ${limit} inotify instances, so Dovecot looks at the other mailboxes at intervals.` : ''}`);
    const row = (metric: string, ours: number, peer: number | null, runs: number, peerName = `${version}, in a loop`): Result => ({ metric, unit: 'ms', ours, peer, peerName: peer === null ? null : peerName, better: 'lower', runs });
    const naiveName = 'naive imapflow poll, 20 wide, in a loop';
    return [
      row('phone to mailbox, p50', percentile(lags.toMail, 0.5), null, lags.toMail.length),
      row('phone to mailbox, p99', percentile(lags.toMail, 0.99), null, lags.toMail.length),
      row('mailbox to phone, p50', percentile(lags.toPhone, 0.5), percentile(peers, 0.5), lags.toPhone.length),
      row('mailbox to phone, p99', percentile(lags.toPhone, 0.99), percentile(peers, 0.99), lags.toPhone.length),
      row('mailbox to phone, p50', percentile(lags.toPhone, 0.5), percentile(naive, 0.5), lags.toPhone.length, naiveName),
      row('mailbox to phone, p99', percentile(lags.toPhone, 0.99), percentile(naive, 0.99), lags.toPhone.length, naiveName),
      row('1 % of words lost: phone to mailbox, p50', percentile(lossy.toMail, 0.5), null, lossy.toMail.length),
      row('1 % of words lost: phone to mailbox, p99', percentile(lossy.toMail, 0.99), null, lossy.toMail.length),
      row('1 % of words lost: mailbox to phone, p50', percentile(lossy.toPhone, 0.5), null, lossy.toPhone.length),
      row('1 % of words lost: mailbox to phone, p99', percentile(lossy.toPhone, 0.99), null, lossy.toPhone.length),
    ];
  } finally {
    await world.close();
  }
}

export const figures: readonly Figure[] = [{ id: 'propagation', title: 'A change of a voicemail or its mail, until the other side shows it', isLong: true, run }];
