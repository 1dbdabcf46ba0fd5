import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page, Route } from 'playwright-core';
import { officeDouble } from './office-double.ts';
import type { Answers, PaneState } from './pane-state.ts';

const dist = fileURLToPath(new URL('../../dist/addin/', import.meta.url));
const origin = 'https://tieline.example';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };

/** How a pane is looked at. */
export interface Look {
  language: string;
  theme: 'light' | 'dark' | 'contrast';
  width: number;
  /** 200 for text twice as large. */
  percent?: number;
}

async function serveFile(route: Route, path: string): Promise<void> {
  const file = path.endsWith('/') ? `${path}index.html` : path;
  const body = await readFile(join(dist, file)).catch(() => undefined);
  if (body === undefined) return route.fulfill({ status: 404, body: '' });
  return route.fulfill({ body, contentType: types[extname(file)] ?? 'application/octet-stream' });
}

async function answer(route: Route, answers: Answers): Promise<void> {
  const request = route.request();
  const asked = `${request.method()} ${new URL(request.url()).pathname}`;
  // An id that the page makes by itself stands as a star.
  const found = answers[asked] ?? answers[asked.replace(/[^/]+$/, '*')];
  if (found === 'never') return;
  if (found === 'away') return route.abort('connectionrefused');
  if (found === undefined) return route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"code":"not-found","status":404}' });
  if ('stream' in found) return route.fulfill({ contentType: 'text/event-stream', body: found.stream.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('') });
  return route.fulfill({ status: found.status, contentType: 'application/json', body: JSON.stringify(found.body) });
}

/** Opens the built pane in one state. Nothing leaves the machine: every request is answered here. */
export async function openPane(browser: Browser, state: PaneState, { language, theme, width, percent = 100 }: Look): Promise<Page> {
  const scale = percent / 100;
  const context = await browser.newContext({
    // Larger text is a browser's zoom: fewer pixels of the page for the same glass.
    viewport: { width: Math.round(width / scale), height: Math.round(570 / scale) },
    deviceScaleFactor: scale,
    colorScheme: theme === 'light' ? 'light' : 'dark',
    forcedColors: theme === 'contrast' ? 'active' : 'none',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date('2026-11-21T09:52:00Z'));
  await page.route('**/*', (route) => {
    const { pathname, host } = new URL(route.request().url());
    if (host === 'appsforoffice.microsoft.com') {
      const item = { kind: 'none', body: '', subject: '', location: '', mailbox: 12, others: [], onPremises: false, ...state.item } as const;
      return route.fulfill({ contentType: 'text/javascript', body: officeDouble(item, language) });
    }
    if (pathname.startsWith('/api/')) return answer(route, state.answers ?? {});
    return serveFile(route, pathname.slice(1));
  });
  await page.goto(`${origin}${state.page ?? '/taskpane.html'}${state.page === undefined ? (state.search ?? '') : `?lang=${language}${state.search ?? ''}`}`);
  if (state.act !== undefined) {
    await page.locator('.provider').waitFor();
    await state.act(page, context);
  }
  await page.locator(state.shows).first().waitFor({ timeout: 10_000 });
  return page;
}
