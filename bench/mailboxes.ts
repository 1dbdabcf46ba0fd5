import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { inotifyLimit, mbsyncVersion, openMailWorld, perMailbox, type MailWorld } from './frame/mail-world.ts';
import { naivePoll } from './frame/naive-poll.ts';
import { openOurImap } from './frame/our-imap.ts';
import { openMailProgram } from '../test/support/dovecot-mail.ts';
import { cpuSeconds } from './frame/statistics.ts';

/** How often peers look at every mailbox, seconds: what the promise of 20 seconds asks of somebody who polls. */
const pollSeconds = 20;

interface Taken { seconds: number; cpu: number; bytes: number }

async function taken(world: MailWorld, run: () => Promise<unknown>, cpuNow: () => number | Promise<number> = cpuSeconds): Promise<Taken> {
  const [bytes, cpu, from] = [await world.bytes(), await cpuNow(), performance.now()];
  await run();
  return { seconds: (performance.now() - from) / 1_000, cpu: (await cpuNow()) - cpu, bytes: (await world.bytes()) - bytes };
}

/** B2 and B3: start-up with nothing known and with cursors, then rest. */
async function run(context: BenchContext): Promise<Result[]> {
  const version = await mbsyncVersion();
  if (version === null) throw new Error('mbsync is missing; remedy: apt-get install isync');
  const mailboxes = context.isFull ? 1_000 : 40;
  const restSeconds = context.isFull ? 60 : 10;
  const world = await openMailWorld({ mailboxes, size: context.isFull ? 20_000 : 4_000 });
  let ours = await openOurImap(world);
  const ourCpu = async (): Promise<number> => (await ours.usage()).cpuSeconds;
  try {
    let cursors: Record<string, string> = {};
    const cold = await taken(world, async () => (cursors = await ours.start(null)), ourCpu);
    await ours.stop();
    ours = await openOurImap(world);
    const warm = await taken(world, () => ours.start(cursors), ourCpu);
    const { standing, memoryMb: memory } = await ours.usage();
    if (standing !== mailboxes) throw new Error(`${standing} of ${mailboxes} mailboxes are pushed`);
    const rest = await taken(world, () => new Promise((resolve) => setTimeout(resolve, restSeconds * 1_000)), ourCpu);
    await ours.stop();
    const mbsyncCold = await world.mbsync();
    const mbsyncRest = await world.mbsync();
    const naive = await taken(world, async () => {
      const seen = await naivePoll(world);
      if (seen !== mailboxes * perMailbox) throw new Error(`the naive poll saw ${seen} messages`);
    });
    const limit = await inotifyLimit();
    context.note(`${mailboxes} mailboxes × ${perMailbox} messages on one Dovecot of this machine, counted in a proxy of its own process. Our connector has a process of its own, whose memory is that of Node.js and all modules as well. mbsync moves bodies in its cold pass, and does so for a living; the naive poll reads flags only. Peers at rest: one pass every ${pollSeconds} s. Every ten minutes an IDLE is begun anew, about 100 bytes a mailbox, which a short rest does not see. ${limit < mailboxes ? `The machine gives a user ${limit} inotify instances, so Dovecot looks at the other mailboxes at intervals.` : ''}`);
    const naiveName = 'naive imapflow poll, 20 wide';
    return [
      { metric: 'start-up, nothing known: wall', unit: 's', ours: cold.seconds, peer: mbsyncCold.seconds, peerName: version, better: 'lower', runs: 1 },
      { metric: 'start-up, nothing known: CPU', unit: 's', ours: cold.cpu, peer: mbsyncCold.cpuSeconds, peerName: version, better: 'lower', runs: 1 },
      { metric: 'start-up, nothing known: on the wire', unit: 'MB', ours: cold.bytes / 1e6, peer: mbsyncCold.bytes / 1e6, peerName: version, better: 'lower', runs: 1 },
      { metric: 'start-up, nothing known: CPU', unit: 's', ours: cold.cpu, peer: naive.cpu, peerName: naiveName, better: 'lower', runs: 1 },
      { metric: 'start-up with cursors: wall', unit: 's', ours: warm.seconds, peer: mbsyncRest.seconds, peerName: version, better: 'lower', runs: 1 },
      { metric: 'start-up with cursors: on the wire', unit: 'MB', ours: warm.bytes / 1e6, peer: mbsyncRest.bytes / 1e6, peerName: version, better: 'lower', runs: 1 },
      { metric: 'at rest: on the wire', unit: 'KB/s', ours: rest.bytes / 1e3 / restSeconds, peer: mbsyncRest.bytes / 1e3 / pollSeconds, peerName: version, better: 'lower', runs: 1 },
      { metric: 'at rest: on the wire', unit: 'KB/s', ours: rest.bytes / 1e3 / restSeconds, peer: naive.bytes / 1e3 / pollSeconds, peerName: naiveName, better: 'lower', runs: 1 },
      { metric: 'at rest: CPU', unit: 's/min', ours: (rest.cpu / restSeconds) * 60, peer: (mbsyncRest.cpuSeconds / pollSeconds) * 60, peerName: version, better: 'lower', runs: 1 },
      { metric: 'memory of a process that watches all mailboxes', unit: 'MB', ours: memory, peer: null, peerName: null, better: 'lower', runs: 1 },
    ];
  } finally {
    await ours.stop();
    await world.close();
  }
}

/** B4: fifty marks changed in a large mailbox. */
async function large(context: BenchContext): Promise<Result[]> {
  const version = await mbsyncVersion();
  if (version === null) throw new Error('mbsync is missing; remedy: apt-get install isync');
  const messages = context.isFull ? 5_000 : 1_000;
  const changed = 50;
  const world = await openMailWorld({ mailboxes: 1, messages, size: context.isFull ? 4_000 : 1_000 });
  const connector = world.connector();
  try {
    const [login = ''] = world.logins;
    const mailbox = { instance: 'mail', id: login };
    let { cursor } = await connector.mailStore.changes(mailbox, null);
    await world.mbsync();
    const program = await openMailProgram(world.dovecot, login);
    await program.mailboxOpen('INBOX');
    const ours: Taken[] = [];
    const peers: { bytes: number; seconds: number }[] = [];
    const runs = context.isFull ? 5 : 3;
    for (let turn = 0; turn < runs; turn++) {
      const from = 1 + turn * changed;
      await program.messageFlagsAdd(`${from}:${from + changed - 1}`, ['\\Seen']);
      let told = 0;
      ours.push(await taken(world, async () => {
        const next = await connector.mailStore.changes(mailbox, cursor);
        cursor = next.cursor;
        told = next.items.filter(({ isRead }) => isRead).length;
      }));
      if (told !== changed) throw new Error(`${told} of ${changed} changes were told`);
      peers.push(await world.mbsync());
    }
    const naive = await taken(world, () => naivePoll(world));
    program.close();
    const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
    context.note(`One mailbox of ${messages} voicemails' mails, ${changed} of them marked read by another program, then one look. Our connection stands, the peers' do not: that is how each works.`);
    return [
      { metric: '50 marks changed: on the wire', unit: 'KB', ours: middle(ours.map(({ bytes }) => bytes)) / 1e3, peer: middle(peers.map(({ bytes }) => bytes)) / 1e3, peerName: version, better: 'lower', runs },
      { metric: '50 marks changed: on the wire', unit: 'KB', ours: middle(ours.map(({ bytes }) => bytes)) / 1e3, peer: naive.bytes / 1e3, peerName: 'naive imapflow poll', better: 'lower', runs },
      { metric: '50 marks changed: wall', unit: 'ms', ours: middle(ours.map(({ seconds }) => seconds)) * 1e3, peer: middle(peers.map(({ seconds }) => seconds)) * 1e3, peerName: version, better: 'lower', runs },
    ];
  } finally {
    await connector.stop();
    await world.close();
  }
}

export const figures: readonly Figure[] = [
  { id: 'mailboxes', title: 'Many mailboxes on Dovecot: start-up and rest', isLong: true, run },
  { id: 'large-mailbox', title: 'One large mailbox on Dovecot: a few marks changed', isLong: true, run: large },
];
