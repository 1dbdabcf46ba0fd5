import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { HoldResponse } from '../../contract/conference.ts';
import { launchBrowser } from '../support/browser.ts';
import { openStage, type Stage } from '../support/tieline.ts';

/** The administrator's page by the lab's sign-in, the real server and a real database: rights, two administrators, templates (features.md M9), lines, what-if (P11). */
describe('story: the administrator\'s page', function () {
  this.timeout(90_000);
  let stage: Stage;
  let browser: Awaited<ReturnType<typeof launchBrowser>>;
  let anna: Page;
  let maria: Page;

  before(async () => {
    stage = await openStage({ browser: false });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await stage?.stop();
  });

  /** The page in a browser profile of its own, signed in as one of the lab's people. */
  async function signedIn(name: RegExp): Promise<Page> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' });
    const page = await context.newPage();
    await page.goto(`${stage.tieline.origin}/admin/`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name }).click();
    await page.waitForURL(`${stage.tieline.origin}/admin/`);
    return page;
  }

  const legal = (page: Page) => page.getByLabel('Legal text, English');
  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
  const previewed = (page: Page) => page.frameLocator('.preview iframe').locator('body');

  async function look(page: Page, name: string): Promise<void> {
    const folder = process.env['TIELINE_PICTURES'];
    if (folder) await page.screenshot({ path: `${folder}/admin-${name}.png`, fullPage: true });
  }

  it('whoever has not the role is told so', async () => {
    const jonas = await signedIn(/Jonas Weber/);
    assert.equal(await jonas.getByRole('heading').innerText(), 'This page is for administrators');
    await jonas.context().close();
  });

  it('both sign in, and see the same template', async () => {
    anna = await signedIn(/Anna Berger/);
    maria = await signedIn(/Maria Lindqvist/);
    for (const page of [anna, maria]) {
      await page.getByRole('link', { name: 'Invite text' }).click();
      await legal(page).waitFor();
    }
  });

  it('what one of them saves stands in the preview, and the same in the next invite', async () => {
    await legal(anna).fill('Calls are <b>recorded</b> for training.');
    await previewed(anna).getByText('Calls are recorded for training.').waitFor();
    await save(anna).click();
    await anna.getByText('Saved. Invites get it when they are opened or made next.').waitFor();
    await look(anna, 'saved');
    const at = stage.tieline.clock.now();
    const held = await stage.api<HoldResponse>('POST', '/api/v1/conferences', {
      idempotencyKey: crypto.randomUUID(), subject: 'Weekly', startsAt: new Date(at + 3_600_000).toISOString(), endsAt: new Date(at + 7_200_000).toISOString(), timeZone: 'Europe/Berlin', isSeries: false, attendees: [], language: 'en',
    });
    const inInvite = /<p[^>]*>[^<]*Calls are <b>recorded<\/b> for training\.[^<]*<\/p>/.exec(held.block.html)?.[0];
    assert.ok(inInvite !== undefined, held.block.html);
    assert.ok((await anna.locator('.preview iframe').getAttribute('srcdoc'))?.includes(inInvite), 'letter for letter what was previewed');
  });

  it('the other, who began before, saves nothing over it: who was faster is named, and mine can be kept', async () => {
    await legal(maria).fill('Please be on time.');
    await save(maria).click();
    const told = maria.getByRole('alert').filter({ hasText: 'Anna Berger saved this template meanwhile.' });
    await told.waitFor();
    assert.match(await told.innerText(), /Yours is not saved\. Look at theirs, or keep yours and save again over it\./);
    await look(maria, 'conflict');
    assert.equal(await legal(maria).inputValue(), 'Please be on time.', 'her words are still there');
    await anna.reload();
    await legal(anna).waitFor();
    assert.equal(await legal(anna).inputValue(), 'Calls are <b>recorded</b> for training.');
    await told.getByRole('button', { name: 'Keep mine' }).click();
    await told.waitFor({ state: 'detached' });
    await save(maria).click();
    await maria.getByText('Saved. Invites get it when they are opened or made next.').waitFor();
    await anna.reload();
    await legal(anna).waitFor();
    assert.equal(await legal(anna).inputValue(), 'Please be on time.');
  });
});
