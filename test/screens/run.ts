/**
 * `npm run screens`: every state of the pane, light, dark and in contrast colours, in every language, at 320 px and with
 * text twice as large. Pictures go to dist/screens; what overflows, is too small to hit, would be read aloud without a name, or is a serious finding of axe fails.
 * Arguments are beginnings of names: `npm run screens -- held sent`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../build.ts';
import { languages } from '../../words/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { brokenWords, overflows, seriousFindings, silentScrolls, smallTargets } from './look.ts';
import { openPane } from './pane-page.ts';
import type { Look } from './pane-page.ts';
import type { PaneState } from './pane-state.ts';
import { unspoken } from './spoken.ts';
import { states } from './states.ts';

const folder = fileURLToPath(new URL('../../dist/screens/', import.meta.url));
const themes = ['light', 'dark', 'contrast'] as const;

function looks(): Look[] {
  const plain = languages.flatMap((language) => themes.map((theme): Look => ({ language, theme, width: 320 })));
  return [...plain, { language: 'de', theme: 'light', width: 320, percent: 200 }];
}

function nameOf(state: string, { language, theme, percent }: Look): string {
  return [state, language, theme, percent === undefined ? '' : String(percent)].filter((part) => part !== '').join('-');
}

await build({ log: (line) => console.log(line) });
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
const browser = await launchBrowser();
let pictures = 0;
let failures = 0;

async function look(state: PaneState, how: Look): Promise<void> {
  const name = nameOf(state.name, how);
  try {
    const page = await openPane(browser, state, how);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: state.page !== undefined || how.percent !== undefined });
    // Contrast colours are the system's; axe measures those of the page.
    const findings = [...(how.theme === 'contrast' ? [] : await seriousFindings(page)), ...(await unspoken(page)), ...(await overflows(page)), ...(await smallTargets(page)), ...(await silentScrolls(page)), ...(how.percent === undefined ? await brokenWords(page) : [])];
    for (const finding of findings) console.log(`${name}: ${finding}`);
    failures += findings.length;
    pictures += 1;
    await page.context().close();
  } catch (fault) {
    console.log(`${name}: ${fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : String(fault)}`);
    failures += 1;
  }
}

/** Pages wait for themselves as long as they are worked on: two at a time take half as long. */
const atOnce = 2;
const work = states.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start))).flatMap((state) => looks().map((how) => ({ state, how })));
await Promise.all(Array.from({ length: atOnce }, async () => {
  for (let next = work.shift(); next !== undefined; next = work.shift()) await look(next.state, next.how);
}));
await browser.close();
console.log(`${pictures} pictures in dist/screens, ${failures} findings`);
process.exitCode = failures === 0 ? 0 : 1;
