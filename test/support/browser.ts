import { existsSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Where Debian puts it. */
const systemChromium = '/usr/bin/chromium';

/** What a browser needs in a container, and what keeps it from calling home. */
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // The host's pages lie behind a window of no interest to anybody; their timers shall run all the same.
  '--disable-background-timer-throttling', '--disable-renderer-backgrounding',
];

/**
 * The browser: `CHROMIUM_PATH`, else Debian's, else the one that npm brings. `CHROMIUM_PATH=npm` takes the last of these on any machine.
 */
async function browserPath(): Promise<string> {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted && wanted !== 'npm') return wanted;
  if (!wanted && existsSync(systemChromium)) return systemChromium;
  // Read when the package is imported: it then unpacks the libraries that a bare machine lacks.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}

/** A browser and its first context. Pages of one context share the cache; a story opens a page, not a browser. */
export interface Opened { browser: Browser; context: BrowserContext }

/** The browser with a context that accepts the lab's own certificate, with the room that Outlook has on the lab page. */
export async function openBrowser(): Promise<Opened> {
  const browser = await launchBrowser();
  return { browser, context: await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1120, height: 580 } }) };
}

/** Starts a headless Chromium. Contexts opened from it should say `ignoreHTTPSErrors: true`: the lab's certificate is its own. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await browserPath(), headless: true, args: flags });
}
