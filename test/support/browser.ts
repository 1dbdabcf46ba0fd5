import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
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

/** Starts a headless Chromium. Contexts opened from it should say `ignoreHTTPSErrors: true`: the lab's certificate is its own. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await browserPath(), headless: true, args: flags });
}
