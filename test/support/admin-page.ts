import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';

/** The administrator's page in a browser profile of its own, signed in as one of the lab's people. */
export async function openAdminPage(browser: Browser, origin: string, name: RegExp): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' });
  const page = await context.newPage();
  await page.goto(`${origin}/admin/`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${origin}/admin/`);
  return page;
}

/** A request as the page makes it: by its cookie, with the token that a change must carry. */
export async function askAsPage<T>(page: Page, method: string, path: string, body?: object): Promise<T> {
  const answer = await page.evaluate(async (asked) => {
    const session: { csrf: string; csrfHeader: string } = await (await fetch('/api/v1/session')).json();
    const response = await fetch(asked.path, { method: asked.method, headers: { 'content-type': 'application/json', [session.csrfHeader]: session.csrf }, ...(asked.body === null ? {} : { body: asked.body }) });
    return { status: response.status, text: await response.text() };
  }, { method, path, body: body === undefined ? null : JSON.stringify(body) });
  assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  return JSON.parse(answer.text) as T;
}
