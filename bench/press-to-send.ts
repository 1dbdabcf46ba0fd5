import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { percentile } from './frame/statistics.ts';
import { anna, openWorld, type World } from './frame/tieline.ts';
import { until } from './frame/wait.ts';

/** What runs in the page is text: the page has the lab's `outlook`, and this side has no browser's types. */
const openInvite = (index: number): string => `(async () => {
  await outlook.open({ mode: 'new', fields: {
    subject: 'Meeting ${index}', body: { type: 'html', content: '<p>Hi all, please bring the numbers for week 47. Anna</p>' },
    attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }],
  } });
  await outlook.idle();
})()`;

/** Presses, and stops the watch in the moment in which the body has the link. Milliseconds by the browser's own clock. */
const pressConference = `(async () => {
  const from = performance.now();
  let stop = () => undefined;
  const shown = new Promise((resolve) => {
    stop = outlook.onBody((body) => {
      const id = /\\/j\\/([a-z2-7]{26})/.exec(body)?.[1];
      if (id) resolve({ id, ms: performance.now() - from });
    });
  });
  await outlook.press('Conference > Add conference');
  const seen = await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, 30000))]);
  stop();
  await outlook.idle();
  return seen ? { ...seen, body: outlook.item.fields.body.content } : { error: JSON.stringify(outlook.item?.notifications) };
})()`;

interface Pressed { id?: string; ms: number; body: string; error?: string }
interface Take { id: string; press: number; send: number }

/** From the button to the block in the body, and from Send until the conference is scheduled and the bridge has agreed: as a person with Outlook has it. */
async function run(context: BenchContext): Promise<Result[]> {
  const count = context.isFull ? 200 : 40;
  const world = await openWorld();
  try {
    const browser = await launchBrowser();
    try {
      const page = await (await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1366, height: 768 } })).newPage();
      await page.goto(`${world.tieline.origin}/lab/outlook`);
      await until('Outlook is up', async () => ((await page.evaluate<boolean>("'outlook' in globalThis")) ? true : undefined), { everyMs: 50 });
      const warmUp = await take(world, page, 0);
      const takes: Take[] = [];
      for (let index = 1; index <= count; index++) takes.push(await take(world, page, index));
      await mustRing(world, takes.at(-1)?.id ?? '');
      context.note(`${count} invites, one after the other, in one Chromium by office.js, after a first one that is not counted (${Math.round(warmUp.press)} ms, ${Math.round(warmUp.send)} ms). "Press" ends when the block stands in the body; "send" runs from pressing Send until GET shows the conference scheduled and agreed by the bridge, asked every 10 ms from outside. The lab's Outlook and PBX answer at once, so this is our share of what a person waits for. With fewer than 100 takes p99 is the slowest.`);
      const row = (metric: string, values: number[], share: number): Result => ({ metric, unit: 'ms', ours: percentile(values, share), peer: null, peerName: null, better: 'lower', runs: count });
      const [press, send] = [takes.map((each) => each.press), takes.map((each) => each.send)];
      return [
        row('press to block, p50', press, 0.5), row('press to block, p99', press, 0.99),
        row('send to committed, p50', send, 0.5), row('send to committed, p99', send, 0.99),
      ];
    } finally {
      await browser.close();
    }
  } finally {
    await world.close();
  }
}

/** One invite from the empty form to the bridge. Throws when anything in it is not as it should be. */
async function take(world: World, page: Page, index: number): Promise<Take> {
  await page.evaluate(openInvite(index));
  const pressed = await page.evaluate<Pressed>(pressConference);
  const { id } = pressed;
  if (id === undefined) throw new Error(`invite ${index}: no block came, the bar says ${pressed.error}`);
  const held = await world.conference(anna, id);
  const blocks = pressed.body.match(/Join the conference/g)?.length ?? 0;
  const digits = pressed.body.replaceAll(/&nbsp;|\s/g, '');
  if (held.state !== 'held' || blocks !== 1 || !digits.includes(held.accessCode) || !pressed.body.includes('please bring the numbers')) {
    throw new Error(`invite ${index}: ${held.state}, ${blocks} blocks, the body is\n${pressed.body.slice(0, 1_000)}`);
  }
  const from = performance.now();
  const sending = page.evaluate<{ kind: string }>('outlook.send()');
  const [result, send] = await Promise.all([sending, committed(world, id).then(() => performance.now() - from)]);
  if (result.kind !== 'sent') throw new Error(`invite ${index} was not sent: ${JSON.stringify(result)}`);
  return { id, press: pressed.ms, send };
}

function committed(world: World, id: string): Promise<true> {
  return until(`${id} is scheduled and agreed`, async () => {
    const { state, bridge } = await world.conference(anna, id);
    return state === 'scheduled' && bridge.state === 'agreed' ? true : undefined;
  });
}

/** What was sent can be dialled, and was booked by the send handler and not later by a look into the calendar. */
async function mustRing(world: World, id: string): Promise<void> {
  const { history, accessCode } = await world.conference(anna, id);
  if (history[1]?.why !== 'sent') throw new Error(`${id} was booked because of ${history[1]?.why}`);
  await world.dial('202', accessCode, /opens at|connect your call|leader arrives/);
}

export const figures: readonly Figure[] = [{ id: 'press-to-send', title: 'Press to block, send to committed, in a browser through office.js', run }];
