import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openMailProgram } from '../test/support/dovecot-mail.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { inotifyLimit, mbsyncVersion, openMailWorld, type MailWorld } from './frame/mail-world.ts';
import { naivePoll } from './frame/naive-poll.ts';
import { randomNumbers } from './frame/random.ts';
import { percentile } from './frame/statistics.ts';
import type { Lags } from './frame/voicemail-changes.ts';
import { dovecotSide, startEngine } from './frame/voicemail-engine.ts';
import { leaveUntold, lookEveryMs, tellStories } from './frame/voicemail-stories.ts';
import { until } from './frame/wait.ts';

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

/** Longest pause between two looks at a mailbox that is not pushed (`poll.slowSeconds`), and how long one rests until its pauses have grown to that. */
const [slowestLookMs, restMs] = [15_000, 25_000];

/** B1: how long a change needs from one side to the other. */
async function run(context: BenchContext): Promise<Result[]> {
  const version = await mbsyncVersion();
  if (version === null) throw new Error('mbsync is missing; remedy: apt-get install isync');
  const { mailboxes, looked, wide, each, readers } = context.isFull ? { mailboxes: 1_000, looked: 200, wide: 10, each: 8, readers: 40 } : { mailboxes: 30, looked: 10, wide: 3, each: 4, readers: 6 };
  const world = await openMailWorld({ mailboxes, messages: 0, size: 0 });
  try {
    const untold = world.logins.slice(-looked);
    const engine = await startEngine(dovecotSide(world, new Set(untold)));
    /** Every figure of ours, and how many words were lost on purpose. */
    async function ours(): Promise<{ lags: Lags; lossy: Lags; unpushed: Lags; lost: number }> {
      try {
        const readUntold = await leaveUntold(engine, world, untold.slice(0, readers), wide);
        const rest = pause(context.isFull ? restMs : 0);
        const lags = await tellStories(engine, world, world.logins.slice(0, wide), each);
        engine.loseWords(true);
        const lossy = await tellStories(engine, world, world.logins.slice(wide, 2 * wide), each);
        engine.loseWords(false);
        await rest;
        const unpushed = await readUntold(context.isFull ? slowestLookMs : 0, randomNumbers(2));
        return { lags, lossy, unpushed, lost: engine.lost() };
      } finally {
        await engine.stop();
      }
    }
    const { lags, lossy, unpushed, lost } = await ours();
    const peers = await peerLags(world, 5, () => world.mbsync());
    const naive = await peerLags(world, 5);
    const limit = await inotifyLimit();
    const pushed = mailboxes - looked;
    context.note(`${mailboxes} mailboxes on one Dovecot, the engine with PostgreSQL, and the reference phone system in the same process. ${pushed} mailboxes are watched over connections that stand; ${wide} people at a time, ${lags.toMail.length + lags.toPhone.length} changes, each seen by another mail program that asks every ${lookEveryMs} ms. Dovecot itself tells a client in IDLE after half a second. "Not pushed": the other ${looked} have no standing connection, as on a server without IDLE or beyond connections.standing, and are looked at every 5 to 15 s; ${readers} of them get a message${context.isFull ? `, rest for ${restMs / 1_000} s, read it at any moment of ${slowestLookMs / 1_000} s` : ', read it at once'}. The peer is mbsync over all mailboxes without a pause between passes, mail to spool only; the naive poll reads all flags of all mailboxes. ${lost} words of the two systems were lost on purpose, every hundredth. ${limit < pushed ? `The machine gives a user ${limit} inotify instances, so Dovecot looks at the other watched mailboxes at intervals of its own.` : ''}`);
    const row = (metric: string, ours: number, peer: number | null, runs: number, peerName = `${version}, in a loop`): Result => ({ metric, unit: 'ms', ours, peer, peerName: peer === null ? null : peerName, better: 'lower', runs });
    const rows = (what: string, values: readonly number[], peer: readonly number[] | null = null, peerName?: string): Result[] => [0.5, 0.99].map((share) => row(`${what}, p${share * 100}`, percentile(values, share), peer && percentile(peer, share), values.length, peerName));
    return [
      ...rows('phone to mailbox', lags.toMail),
      ...rows('mailbox to phone', lags.toPhone, peers),
      ...rows('mailbox to phone', lags.toPhone, naive, 'naive imapflow poll, 20 wide, in a loop'),
      ...rows('1 % of words lost: phone to mailbox', lossy.toMail),
      ...rows('1 % of words lost: mailbox to phone', lossy.toPhone),
      ...rows('not pushed: phone to mailbox', unpushed.toMail),
      ...rows('not pushed: mailbox to phone', unpushed.toPhone, peers),
    ];
  } finally {
    await world.close();
  }
}

export const figures: readonly Figure[] = [{ id: 'propagation', title: 'A change of a voicemail or its mail, until the other side shows it', isLong: true, run }];
