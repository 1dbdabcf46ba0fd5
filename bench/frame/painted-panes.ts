import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { officeDouble } from '../../test/screens/office-double.ts';
import { launchBrowser } from '../../test/support/browser.ts';

const dist = fileURLToPath(new URL('../../dist/addin/', import.meta.url));
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };
const patienceMs = 30_000;

/** How somebody stood on the glass, and when the frame with it was drawn, epoch ms. */
export interface Painted {
  /** Colour of the dot, as its class says; `unknown` is an empty ring. */
  look: string;
  /** "On the phone" stands there. */
  isOnPhone: boolean;
  at: number;
}

/** When a long list was there, ms since its pane began to load. */
export interface ListPainted { first: number; all: number }

/**
 * Runs in the page, before anything of ours. After each change of the document, how the watched person stands there is written down once the next frame was drawn: a message that is posted
 * from a frame's callback is handed over after its paint. The same for the first person with a state, and for the moment at which nobody of the list is without one.
 */
function watching(address: string): string {
  return `(() => {
    const seen = { watched: [], first: null, all: null };
    window.paintedDots = seen;
    const now = () => performance.timeOrigin + performance.now();
    const painted = (done) => requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => done(now()); channel.port2.postMessage(0); });
    const known = '.person .presence:not(.unknown)';
    let before = '';
    let steps = 0;
    new MutationObserver(() => {
      const row = document.querySelector('[data-page="${address}"]');
      const dot = row && row.querySelector('.presence');
      if (dot) {
        const look = dot.getAttribute('class').split(/\\s+/).filter((name) => /^(available|away|busy|out|unknown)$/.test(name)).join(' ');
        const isOnPhone = row.querySelector('.on-phone') !== null;
        if (look + isOnPhone !== before) { before = look + isOnPhone; painted((at) => seen.watched.push({ look, isOnPhone, at })); }
      }
      if (steps === 0 && document.querySelector(known) !== null) { steps = 1; painted((at) => { seen.first = at - performance.timeOrigin; }); }
      if (steps === 1 && document.querySelector('.person') !== null && document.querySelector('.person .presence.unknown') === null) { steps = 2; painted((at) => { seen.all = at - performance.timeOrigin; }); }
    }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class'] });
  })();`;
}

export interface PaneAsked {
  /** Where the pane finds its server. */
  origin: string;
  token: string;
  /** Who is in the mail that is being written. */
  recipients: readonly string[];
  watched: string;
}

/** A real Chromium with built panes in it that ask the real server; the add-in's files and a stand-in for office.js are handed in by the driver, so that none of them is cached. */
export async function openPaintedPanes(): Promise<{ pane(asked: PaneAsked): Promise<PaintedPane>; version: string; close(): Promise<void> }> {
  const browser: Browser = await launchBrowser();
  return {
    version: browser.version(),
    async pane({ origin, token, recipients, watched }) {
      // Each pane is somebody's own computer: the six connections that a browser grants a server are not shared with others.
      const context = await browser.newContext({ viewport: { width: 320, height: 570 }, reducedMotion: 'reduce' });
      await context.route(`${origin}/pane/**`, async (route) => {
        const path = new URL(route.request().url()).pathname.slice('/pane/'.length);
        await route.fulfill({ body: await readFile(join(dist, path)), contentType: types[extname(path)] ?? 'application/octet-stream' });
      });
      const page = await context.newPage();
      await page.addInitScript(watching(watched));
      const item = { kind: 'message-compose', body: '', subject: 'Figures', location: '', mailbox: 12, others: recipients.map((emailAddress) => ({ displayName: '', emailAddress })), onPremises: false } as const;
      await page.route('https://appsforoffice.microsoft.com/**', (route) => route.fulfill({ contentType: 'text/javascript', body: `${officeDouble(item, 'en')}\nOffice.auth.getAccessToken = () => Promise.resolve(${JSON.stringify(token)});` }));
      await page.goto(`${origin}/pane/taskpane.html?lang=en`);
      return new PaintedPane(context, page);
    },
    close: () => browser.close(),
  };
}

/** One pane, and what was drawn in it. */
export class PaintedPane {
  readonly #context: BrowserContext;
  readonly #page: Page;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
  }

  /** The list, once everybody whom the pane shows of it has a state on the glass. */
  async list(): Promise<ListPainted> {
    const handle = await this.#page.waitForFunction('window.paintedDots.all !== null && window.paintedDots', undefined, { timeout: patienceMs });
    return (await handle.jsonValue()) as ListPainted;
  }

  /** When the watched person was first drawn like this after the `since` things before. @throws with what was drawn instead */
  async painted({ look, isOnPhone }: Omit<Painted, 'at'>, since: number): Promise<Painted> {
    const found = `window.paintedDots.watched.slice(${since}).find((each) => each.look === '${look}' && each.isOnPhone === ${isOnPhone})`;
    const handle = await this.#page.waitForFunction(found, undefined, { timeout: patienceMs, polling: 50 }).catch(async (cause: unknown) => {
      throw new Error(`${look} was not drawn, but ${JSON.stringify(await this.#page.evaluate(`window.paintedDots.watched.slice(${since})`))}`, { cause });
    });
    return (await handle.jsonValue()) as Painted;
  }

  /** Resolves when the pane says that it is live. */
  async live(): Promise<void> {
    await this.#page.locator('.footer.live i').waitFor({ timeout: patienceMs });
  }

  /** How many things it was drawn as until now. */
  async drawn(): Promise<number> {
    return Number(await this.#page.evaluate('window.paintedDots.watched.length'));
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
