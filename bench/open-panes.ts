import { setTimeout } from 'node:timers/promises';
import { build } from '../build.ts';
import { openCutProxy } from './frame/cut-proxy.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { openPaintedPanes, type PaintedPane } from './frame/painted-panes.ts';
import { openPanes, type Panes } from './frame/pane-clients-apart.ts';
import { openPanesWorld, type PanesWorld } from './frame/panes-world.ts';
import { percentile } from './frame/statistics.ts';

const colleagues = 500;
/** Recipients that each pane shows. */
const shown = 20;
/** A person may have so many windows (server/web/live.ts). */
const windowsEach = 12;
/** Panes ask again for a stream that they lost within this, at first (addin/talk/live.ts), ms. */
const reopenWithinMs = 1_000;
/** Recipients of a long mail. */
const many = 100;

type Browser = Awaited<ReturnType<typeof openPaintedPanes>>;

const now = (): number => performance.timeOrigin + performance.now();

/** Everybody shows p0, whom all the company writes to, and neighbours of their own. */
async function openStreams(world: PanesWorld, count: number): Promise<Panes> {
  const viewers = await Promise.all(Array.from({ length: Math.ceil(count / windowsEach) }, (_, n) => world.token(`v${n}`)));
  const panes = openPanes(world.web.origin, Array.from({ length: count }, (_, n) => ({
    token: viewers[n % viewers.length] ?? '', topics: ['p0', ...Array.from({ length: shown - 1 }, (_unused, k) => `p${1 + ((n * 7 + k) % (colleagues - 1))}`)].map((id) => `availability:${id}`),
  })));
  if ((await panes.ready()) !== 'ready') throw new Error('the panes did not open');
  return panes;
}

/** From a press at p0's phone until a stream had it: of every pane, and of the last. */
async function toStreams(world: PanesWorld, panes: Panes, count: number, changes: number): Promise<{ all: number[]; last: number[] }> {
  const [all, last]: [number[], number[]] = [[], []];
  for (let n = 0; n < changes; n++) {
    const heard = panes.arrivals('availability:p0', count);
    const from = await world.press(0, 'do-not-disturb', n % 2 === 0);
    const lags = (await heard).map(({ at }) => at - from);
    if (lags.length !== count) throw new Error(`${lags.length} of ${count} panes heard of a change`);
    all.push(...lags);
    last.push(Math.max(...lags));
  }
  return { all, last };
}

/** The same until it was drawn in panes of a real browser beside the streams: the dot by the do-not-disturb key, "On the phone" by a call. */
async function toGlass(world: PanesWorld, open: readonly PaintedPane[], changes: number): Promise<{ dots: number[]; calls: number[] }> {
  const [dots, calls]: [number[], number[]] = [[], []];
  for (let n = 0; n < changes; n++) {
    for (const [key, isOn, look, isOnPhone, lags] of [['do-not-disturb', true, 'busy', false, dots], ['call', true, 'busy', true, calls], ['do-not-disturb', false, 'available', true, dots], ['call', false, 'available', false, calls]] as const) {
      const before = await Promise.all(open.map((pane) => pane.drawn()));
      const from = await world.press(0, key, isOn);
      for (const { at } of await Promise.all(open.map((pane, k) => pane.painted({ look, isOnPhone }, before[k] ?? 0)))) lags.push(at - from);
    }
  }
  return { dots, calls };
}

/** A stream that held for so long was no failed attempt (addin/talk/live.ts). */
const heldMs = 11_000;

/** Cuts the connection of panes behind proxies, changes somebody meanwhile, lets them through again: until the change was drawn, since the cut and since the pane's connection came through. */
async function reconnected(world: PanesWorld, browser: Browser, count: number, cuts: number): Promise<{ sinceCut: number[]; sinceBack: number[] }> {
  const [sinceCut, sinceBack]: [number[], number[]] = [[], []];
  const proxies = await Promise.all(Array.from({ length: count }, () => openCutProxy(Number(new URL(world.web.origin).port))));
  try {
    const recipients = Array.from({ length: shown }, (_, n) => world.address(n));
    const open = await Promise.all(proxies.map(async ({ origin }, n) => browser.pane({ origin, token: await world.token(`c${n}`), recipients, watched: world.address(0) })));
    await Promise.all(open.map((pane) => pane.live()));
    for (let n = 0; n < cuts; n++) {
      const before = await Promise.all(open.map((pane) => pane.drawn()));
      const from = now();
      for (const proxy of proxies) proxy.cut();
      // Each pane says that it is old news before anything is mended, so that what is drawn afterwards is what came back.
      await Promise.all(open.map((pane, k) => pane.painted({ look: 'unknown', isOnPhone: false }, before[k] ?? 0)));
      await world.press(0, 'do-not-disturb', n % 2 === 0);
      for (const proxy of proxies) proxy.mend();
      const drawn = await Promise.all(open.map((pane, k) => pane.painted({ look: n % 2 === 0 ? 'busy' : 'available', isOnPhone: false }, before[k] ?? 0)));
      for (const [k, { at }] of drawn.entries()) {
        const back = proxies[k]?.reconnectedAt();
        if (back === null || back === undefined) throw new Error('a pane knew of the change without a connection');
        sinceCut.push(at - from);
        sinceBack.push(at - back);
      }
      await Promise.all(open.map((pane) => pane.live()));
      // What is cut again at once is asked for ever more seldom, up to 15 s: that is not the usual outage.
      if (n + 1 < cuts) await setTimeout(heldMs);
    }
    await Promise.all(open.map((pane) => pane.close()));
    return { sinceCut, sinceBack };
  } finally {
    await Promise.all(proxies.map((proxy) => proxy.close()));
  }
}

/** A mail to a hundred people is opened: until somebody's state was drawn, and until that of everybody in view. */
async function longMails(world: PanesWorld, browser: Browser, count: number): Promise<{ first: number[]; all: number[] }> {
  const [first, all]: [number[], number[]] = [[], []];
  const recipients = Array.from({ length: many }, (_, n) => world.address(n));
  const token = await world.token('r0');
  for (let n = 0; n < count; n++) {
    const pane = await browser.pane({ origin: world.web.origin, token, recipients, watched: world.address(0) });
    const list = await pane.list();
    first.push(list.first);
    all.push(list.all);
    await pane.close();
  }
  return { first, all };
}

/** The server's part of such a mail. */
async function statesOfMany(world: PanesWorld, count: number): Promise<number[]> {
  const lags: number[] = [];
  const headers = { authorization: `Bearer ${await world.token('r1')}` };
  for (let n = 0; n < count; n++) {
    const from = now();
    const answer = await world.web.post('/api/v1/availability/people', { addresses: Array.from({ length: many }, (_, k) => world.address((n + k * 5) % colleagues)) }, headers);
    const { people } = (await answer.json()) as { people: { availability: unknown }[] };
    lags.push(now() - from);
    if (people.filter((each) => each.availability !== null).length !== many) throw new Error('a recipient has no state');
  }
  return lags;
}

async function run(context: BenchContext): Promise<Result[]> {
  const count = context.isFull ? 2_000 : 200;
  await build({ log: () => undefined, only: ['addin'] });
  const world = await openPanesWorld(colleagues);
  const browser = await openPaintedPanes();
  try {
    const memoryBefore = process.memoryUsage().rss;
    const opening = now();
    const panes = await openStreams(world, count);
    const opened = now() - opening;
    const memory = (process.memoryUsage().rss - memoryBefore) / 1024 / count;
    const streams = await toStreams(world, panes, count, context.isFull ? 40 : 10);
    const recipients = Array.from({ length: shown }, (_, n) => world.address(n));
    const open = await Promise.all(Array.from({ length: context.isFull ? 5 : 2 }, async (_, n) => browser.pane({ origin: world.web.origin, token: await world.token(`b${n}`), recipients, watched: world.address(0) })));
    await Promise.all(open.map((pane) => pane.live()));
    const glass = await toGlass(world, open, context.isFull ? 12 : 3);
    await Promise.all(open.map((pane) => pane.close()));
    const back = await reconnected(world, browser, context.isFull ? 10 : 2, context.isFull ? 5 : 2);
    const atOnce: number[] = [];
    for (let n = 0; n < 2; n++) atOnce.push(...(await panes.reopened(reopenWithinMs)));
    if (atOnce.length % count !== 0) throw new Error('a pane did not come back');
    panes.close();
    const mails = await longMails(world, browser, context.isFull ? 20 : 3);
    const states = await statesOfMany(world, context.isFull ? 200 : 40);
    context.note(`${count} live streams of ${shown} people each, over loopback, in a process of their own. One person whom all of them show presses the do-not-disturb key: from the phone system's event (a stand-in for Asterisk in a process of its own, over its manager) until chosen, evaluated, written, announced, read and sent. Memory is what the server's process grew by.`);
    context.note(`Painted: panes of the built add-in in Chromium ${browser.version} beside these streams, a context each, until the frame with the new dot was drawn (headless, so drawn by the processor, and not until a screen shows it). Reconnected: each behind a proxy that cuts what held for ten seconds, and lets through again once the person has changed; the pane waits for up to a second and tries again. All panes: every stream is lost at one instant. Lists: a mail to ${many} people that is being written, from the start of loading the pane, with nothing cached, office.js a stand-in, files from the driver's memory. Server, database, streams, stand-in and browser share the processors.`);
    const row = (metric: string, unit: string, ours: number, runs: number): Result => ({ metric, unit, ours, peer: null, peerName: null, better: 'lower', runs });
    const spread = (metric: string, lags: readonly number[], longest = false): Result[] => [
      row(`${metric}, p50`, 'ms', percentile(lags, 0.5), lags.length), row(`${metric}, p99`, 'ms', percentile(lags, 0.99), lags.length), ...(longest ? [row(`${metric}, longest`, 'ms', Math.max(...lags), lags.length)] : []),
    ];
    return [
      ...spread('change at the phone to stream', streams.all), row('change at the phone to the last pane, p50', 'ms', percentile(streams.last, 0.5), streams.last.length),
      ...spread('change at the phone to painted dot', glass.dots, true), ...spread('call at the phone to painted words', glass.calls, true),
      ...spread('reconnected to painted state', back.sinceBack, true), ...spread('all panes reconnect within a second: each to all its states', atOnce, true), ...spread('stream cut to painted state', back.sinceCut, true),
      ...spread('opening a mail to the first dot of 100 recipients', mails.first), ...spread('opening a mail to the dots of all in view', mails.all),
      row('memory of the server per open pane', 'KB', memory, count), row('all panes opened', 's', opened / 1_000, 1), ...spread('states of 100 recipients, server alone', states),
    ];
  } finally {
    await browser.close();
    await world.close();
  }
}

export const figures: readonly Figure[] = [{ id: 'open-panes', title: 'Open panes: a change on every screen, and the states of a mail’s recipients', run }];
