import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { HoldResponse } from '../../contract/conference/conference.ts';
import { launchBrowser } from '../support/browser.ts';
import { anna, openStage, type Stage } from '../support/tieline.ts';

const minute = 60_000;
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** One link, five outcomes, in a real browser, with a Jitsi Meet as the bridge and the invite in the calendar. */
describe('story: the same link as host, invited guest, stranger, too early, and after the end', () => {
  let stage: Stage;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  before(async function () {
    this.timeout(120_000);
    stage = await openStage({ browser: false });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await stage?.stop();
  });

  /** A conference in the browser whose invite stands in Anna's calendar, Jonas invited. Minutes from now. */
  async function invited(from: number, to: number): Promise<HoldResponse['conference']> {
    const { lab, clock } = stage.tieline;
    const [start, end] = [clock.now() + from * minute, clock.now() + to * minute];
    const facts = { subject: 'Takeover of Acme', startsAt: new Date(start).toISOString(), endsAt: new Date(end).toISOString(), timeZone: 'Europe/Berlin' };
    const { conference, block } = await stage.api<HoldResponse>('POST', '/api/v1/conferences', { idempotencyKey: crypto.randomUUID(), bridge: 'meet', ...facts });
    lab.exchange.send(anna, { subject: facts.subject, start, end, zone: 'Europe/Berlin', attendees: [{ address: 'jonas.weber@example.com' }], body: { type: 'html', content: block.html } });
    await stage.api('PUT', `/api/v1/conferences/${conference.id}/invite`, facts);
    return conference;
  }

  /** A browser of one's own, at the page; signed in when a name is given. */
  async function visit(id: string, name?: string): Promise<Page> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1000, height: 800 }, timezoneId: 'Europe/Berlin', locale: 'en-GB' });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(`${stage.tieline.origin}/j/${id}`);
    if (name === undefined) return page;
    await page.getByRole('link', { name: /sign in/i }).first().click();
    await page.getByRole('button', { name: new RegExp(name) }).click();
    await page.waitForURL(`${stage.tieline.origin}/j/${id}`);
    return page;
  }

  /** Shows what a person sees: nothing serious of axe, no code of the host, and a picture when one is wanted. */
  async function seen(page: Page, as: string, { hostCode }: HoldResponse['conference'], rules: object = {}): Promise<string> {
    const text = (await page.textContent('body')) ?? '';
    assert.equal(text.replaceAll(/\D/g, '').includes(hostCode ?? '?'), false, `${as}: the host's code is on no page`);
    const folder = process.env['TIELINE_PICTURES'];
    if (folder !== undefined) {
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: `${folder}/join-${as}.png`, fullPage: true });
    }
    const found: unknown = await page.evaluate(`${await readFile(axe, 'utf8')};axe.run({ rules: ${JSON.stringify(rules)} }).then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].html))`);
    assert.deepEqual(found, [], as);
    return text;
  }

  it('five outcomes; the host lets the stranger in, and nobody else gets further than they may', async function () {
    this.timeout(90_000);
    const [now, early, over] = [await invited(-1, 30), await invited(180, 210), await invited(-180, -150)];
    await stage.conferenceIs(now.id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'agreed', 'open');
    await stage.conferenceIs(over.id, ({ state }) => state === 'ended', 'over');

    const host = await visit(now.id, 'Anna Berger');
    assert.match(await seen(host, 'host', now), /Takeover of Acme[^]*Open now/);
    assert.equal(await host.locator('#passcode').count(), 0);
    await host.getByRole('button', { name: 'Join in the browser' }).click();
    await host.getByText('You moderate.').waitFor();

    const guest = await visit(now.id, 'Jonas Weber');
    assert.match(await seen(guest, 'guest', now), /Takeover of Acme[^]*Open now/);
    assert.equal(await guest.locator('#passcode').count(), 0, 'the invite names him');
    await guest.getByRole('button', { name: 'Join in the browser' }).click();
    await guest.getByText('2 people are here.').waitFor();
    assert.equal(await guest.getByText('You moderate.').count(), 0);

    const stranger = await visit(now.id);
    const asked = await seen(stranger, 'stranger', now);
    assert.doesNotMatch(asked, /Takeover/);
    assert.match(asked, /passcode/i);
    await stranger.fill('#name', 'Zoe Stranger');
    await stranger.fill('#passcode', '0000000');
    await stranger.locator('form button.filled').first().click();
    await stranger.getByText(/passcode is not right/).waitFor();
    await stranger.fill('#name', 'Zoe Stranger');
    await stranger.fill('#passcode', now.passcode);
    await stranger.locator('form button.filled').first().click();
    await stranger.getByText('Asking to be let in').waitFor();
    assert.equal(new URL(stranger.url()).hash, '', 'what opens the door does not stay in the address');
    await host.getByText('Zoe Stranger wants to come in').waitFor();
    await host.getByRole('button', { name: 'Admit' }).click();
    await stranger.getByText('3 people are here.').waitFor();

    const tooEarly = await visit(early.id, 'Anna Berger');
    assert.match(await seen(tooEarly, 'too-early', early), /Opens/);
    await tooEarly.getByRole('button', { name: 'Join when it opens' }).click();
    await tooEarly.getByText('You wait at the door.').waitFor();
    // Looking again by itself is what the person asked for, and needs no script (WCAG 2.2.1, real-time exception); axe knows no such wish.
    await seen(tooEarly, 'waiting', early, { 'meta-refresh': { enabled: false } });
    assert.equal(new URL(tooEarly.url()).pathname, `/j/${early.id}`);
    await tooEarly.goto(`${stage.tieline.origin}/j/${early.id}/enter`);
    assert.equal(new URL(tooEarly.url()).pathname, `/j/${early.id}`, 'not even the host, not even by the address behind the button');

    const tooLate = await visit(over.id);
    assert.match(await seen(tooLate, 'over', over), /over|ended/i);
    assert.equal(await tooLate.locator('button.filled').count(), 0);
    assert.equal((await stage.conference(early.id)).state, 'scheduled');
    for (const context of contexts) await context.close();
  });
});
