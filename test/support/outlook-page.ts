import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { Outlook } from '../../lab/outlook/browser/page/outlook.ts';
import type { OpenRequest } from '../../lab/outlook/browser/host/open-request.ts';
import type { OutlookLab } from './outlook-lab.ts';

declare global {
  interface Window {
    outlook: Outlook;
    /** Of the fixture's pane: calls a method of `Office.context.mailbox` and resolves with its value, or rejects with `code <n>`. */
    ask(path: string, ...args: unknown[]): Promise<unknown>;
    /** Of the fixture's pane: events that it heard. */
    heard: { type: string; [field: string]: unknown }[];
  }
}

/** Outlook on a page of its own. */
export interface OutlookPage {
  page: Page;
  /** Addresses that the page asked for outside of the lab. */
  foreign: string[];
  /** Opens an item and waits until everything it started has ended. */
  open(request: OpenRequest): Promise<void>;
  /** Presses Open in the ribbon and returns the fixture's pane. */
  pane(): Promise<Frame>;
  /** Calls a method of `Office.context.mailbox` in the pane. */
  ask(path: string, ...args: unknown[]): Promise<unknown>;
  idle(): Promise<void>;
}

/** The frame of the pane that is open now. */
async function paneFrame(page: Page): Promise<Frame> {
  const handle = await page.waitForSelector('.ol-pane iframe');
  const frame = await handle.contentFrame();
  if (!frame) throw new Error('The pane has no page.');
  return frame;
}

/** An element with the id `outlook` would be `window.outlook` until the real one is there. */
export async function outlookIsUp(page: Page): Promise<void> {
  await page.waitForFunction(() => typeof window.outlook?.open === 'function');
}

/** Outlook in a new page of `context`, with nothing open. */
export async function openOutlook(context: BrowserContext, lab: OutlookLab, query = ''): Promise<OutlookPage> {
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol === 'https:' && origin !== lab.origin) foreign.push(request.url());
  });
  await page.goto(`${lab.origin}/lab/outlook?mode=none&${query}`);
  await outlookIsUp(page);
  const opened: OutlookPage = {
    page,
    foreign,
    async open(request) {
      await page.evaluate(async (wanted) => {
        await window.outlook.open(wanted);
        await window.outlook.idle();
      }, request);
    },
    async pane() {
      await page.evaluate(async () => {
        await window.outlook.press('Open');
        await window.outlook.idle();
      });
      return paneFrame(page);
    },
    async ask(path, ...args) {
      const frame = await paneFrame(page);
      return frame.evaluate(([name, values]) => window.ask(name, ...values), [path, args] as const);
    },
    idle: () => page.evaluate(() => window.outlook.idle()),
  };
  return opened;
}

/** What lies at `path` in an answer, which comes from the browser without a type. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value);
}

/** The named fields of each entry of a list. */
export function eachOf(value: unknown, ...names: string[]): unknown[] {
  return Array.isArray(value) ? value.map((entry) => (names.length === 1 ? at(entry, names[0] ?? '') : names.map((name) => at(entry, name)))) : [];
}
