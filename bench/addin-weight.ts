import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from '../build.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { officeDouble } from '../test/screens/office-double.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { median, percentile } from './frame/statistics.ts';

/** What must arrive and run before somebody sees the pane; the production build in Chromium, office.js replaced by one that answers at once. */

const dist = fileURLToPath(new URL('../dist/addin/', import.meta.url));
const origin = 'https://tieline.example';
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };

/** The first words of an invite without a conference, and so the proof that the right panel came. */
const firstWords = 'No conference in this invite';
/** A pane that is empty for so long is blank to anybody, ms. */
const blankAfterMs = 15_000;

/** Measured with the same method (gzip level 9 of all that a first load fetches) on production builds of these add-ins in November 2026, not on this machine. */
const peers = { cms: { name: 'Cisco CMS add-in, measured elsewhere', firstLoad: 407 }, wire: { name: 'Wire add-in, measured elsewhere', firstLoad: 500 }, openTalk: { name: 'OpenTalk add-in, measured elsewhere', firstLoad: 1795 }, jitsi: { name: 'jitsi-outlook, measured elsewhere', commands: 7.1 } };

function kilobytes(body: Buffer): number {
  return gzipSync(body, { level: 9 }).length / 1024;
}

async function weightOf(chosen: (file: string) => boolean): Promise<number> {
  const files = (await readdir(dist, { recursive: true })).filter((file) => ['.html', '.js', '.css'].includes(extname(file)) && chosen(file));
  if (files.length === 0) throw new Error('the build has none of the files that are weighed');
  const bodies = await Promise.all(files.map((file) => readFile(join(dist, file))));
  return bodies.reduce((sum, body) => sum + kilobytes(body), 0);
}

/** What the pane and its sign-in window may ever fetch, msal.js included: nothing of other doors, which are weighed by themselves. */
function isOfPane(file: string): boolean {
  return !/^(?:office|admin)\//.test(file) && !/^(?:launchevent|commands|bar-)/.test(file);
}

/** A file of words in German alone; a person loads those of one language. */
const germanFile = /(?:^|-)de\./;

/** One first load in a fresh profile. */
interface Load {
  isBlank: boolean;
  /** All that was fetched before the panel had words, without office.js. */
  kilobytes: number;
  firstPaintMs: number;
  panelMs: number;
  scriptCpuMs: number;
}

/** Serves the build, and what stands in for office.js; the server is away, which the panel says nothing of before it needs it. */
async function serve(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    const { pathname, host } = new URL(route.request().url());
    if (host === 'appsforoffice.microsoft.com') return route.fulfill({ contentType: 'text/javascript', body: officeDouble({ kind: 'appointment-compose', body: '<p>Hi</p>', subject: '', location: '', mailbox: 12, others: [], onPremises: false }, 'en-US') });
    const body = pathname.startsWith('/api/') ? undefined : await readFile(join(dist, pathname)).catch(() => undefined);
    if (body === undefined) return route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"code":"not-found","status":404}' });
    return route.fulfill({ body, contentType: types[extname(pathname)] ?? 'application/octet-stream' });
  });
}

/** Addresses of all that had arrived by then, milliseconds after the page began. */
async function arrivedBy(page: Page, ms: number): Promise<string[]> {
  const names: unknown = await page.evaluate(`performance.getEntriesByType('resource').filter((each) => each.responseEnd <= ${ms}).map((each) => each.name)`);
  return Array.isArray(names) ? names.map((name) => new URL(String(name)).pathname) : [];
}

async function weighed(paths: readonly string[]): Promise<number> {
  const files = ['/taskpane.html', ...new Set(paths)].filter((path) => ['.html', '.js', '.css'].includes(extname(path)));
  const bodies = await Promise.all(files.map((path) => readFile(join(dist, path)).catch(() => Buffer.alloc(0))));
  return bodies.reduce((sum, body) => sum + (body.length === 0 ? 0 : kilobytes(body)), 0);
}

async function load(context: BrowserContext): Promise<Load> {
  const page = await context.newPage();
  await serve(page);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(`${origin}/taskpane.html`);
  const panel = await page.waitForFunction(`document.body.textContent.includes(${JSON.stringify(firstWords)}) ? performance.now() : undefined`, undefined, { timeout: blankAfterMs, polling: 'raf' }).catch(() => null);
  const panelMs = panel === null ? blankAfterMs : Number(await panel.jsonValue());
  const firstPaintMs = Number(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity"));
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  return { isBlank: panel === null, kilobytes: await weighed(await arrivedBy(page, panelMs)), firstPaintMs, panelMs, scriptCpuMs: seconds * 1000 };
}

async function loads(browser: Browser, count: number): Promise<Load[]> {
  const done: Load[] = [];
  for (let run = 0; run < count; run += 1) {
    const context = await browser.newContext({ viewport: { width: 320, height: 570 } });
    done.push(await load(context));
    await context.close();
  }
  return done;
}

async function measured(count: number): Promise<Load[]> {
  const browser = await launchBrowser();
  try {
    return await loads(browser, count);
  } finally {
    await browser.close();
  }
}

async function run(context: BenchContext): Promise<Result[]> {
  await build({ log: () => undefined });
  const done = await measured(context.isFull ? 20 : 5);
  const seen = done.filter(({ isBlank }) => !isBlank);
  if (seen.length === 0) throw new Error(`no load showed "${firstWords}"`);
  context.note('Until the panel of an invite without a conference has its words, in English. office.js itself (about 100 KB, kept by Outlook) counts for nobody. Peers: their own first load, with everything that they do more.');
  const runs = done.length;
  const lower = { better: 'lower' as const, peer: null, peerName: null };
  const first = median(seen.map((each) => each.kilobytes));
  const firstPanel = (name: keyof typeof peers, firstLoad: number): Result => ({ metric: 'first panel', unit: 'KB gz', ours: first, better: 'lower', peer: firstLoad, peerName: peers[name].name, runs });
  return [
    firstPanel('cms', peers.cms.firstLoad),
    firstPanel('wire', peers.wire.firstLoad),
    firstPanel('openTalk', peers.openTalk.firstLoad),
    { ...lower, metric: 'all panels, sign-in, both languages', unit: 'KB gz', ours: await weightOf(isOfPane), runs: 1 },
    { ...lower, metric: 'all panels, sign-in, one language', unit: 'KB gz', ours: await weightOf((file) => isOfPane(file) && !germanFile.test(file)), runs: 1 },
    { ...lower, metric: 'the same without People and Voicemail', unit: 'KB gz', ours: await weightOf((file) => isOfPane(file) && !germanFile.test(file) && !/^(?:people|voicemail|later)[.-]/.test(file)), runs: 1 },
    { ...lower, metric: 'ribbon commands', unit: 'KB gz', ours: await weightOf((file) => /^(?:commands\.|bar-en\.)/.test(file)), peer: peers.jitsi.commands, peerName: peers.jitsi.name, runs: 1 },
    { ...lower, metric: 'launch events', unit: 'KB gz', ours: await weightOf((file) => file.startsWith('launchevent.')), runs: 1 },
    { ...lower, metric: 'administrator\'s page', unit: 'KB gz', ours: await weightOf((file) => ['admin/index.html', 'admin/admin.', 'admin/status.'].some((start) => file.startsWith(start))), runs: 1 },
    { ...lower, metric: 'script, until the panel has words', unit: 'CPU ms', ours: median(seen.map((each) => each.scriptCpuMs)), runs },
    { ...lower, metric: 'first words on the screen, p50', unit: 'ms', ours: median(seen.map((each) => each.firstPaintMs)), runs },
    { ...lower, metric: 'panel has words, p50', unit: 'ms', ours: median(seen.map((each) => each.panelMs)), runs },
    { ...lower, metric: 'panel has words, worst', unit: 'ms', ours: percentile(seen.map((each) => each.panelMs), 1), runs },
    { ...lower, metric: `blank loads of ${runs}`, unit: 'loads', ours: runs - seen.length, runs },
  ];
}

export const figures: readonly Figure[] = [{ id: 'addin-weight', title: 'Add-in: what must arrive and run before the first panel', run }];
