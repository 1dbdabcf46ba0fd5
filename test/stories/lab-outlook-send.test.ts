import assert from 'node:assert/strict';
import type { Opened } from '../support/browser.ts';
import { openBrowser } from '../support/browser.ts';
import type { OutlookLab } from '../support/outlook-lab.ts';
import { anna, jonas, morning, startOutlookLab } from '../support/outlook-lab.ts';
import type { OutlookPage } from '../support/outlook-page.ts';
import { openOutlook } from '../support/outlook-page.ts';

const hour = 3_600_000;
const invited = [{ name: 'Jonas Weber', address: jonas, type: 'required' as const, response: 'none' as const }];

describe('story: Send in the lab’s Outlook asks the add-in first', () => {
  let opened: Opened;
  let lab: OutlookLab;
  let outlook: OutlookPage;

  before(async () => {
    opened = await openBrowser();
    lab = await startOutlookLab();
  });
  after(async () => {
    await opened.browser.close();
    await lab.close();
  });
  beforeEach(async () => {
    lab.renew();
    outlook = await openOutlook(opened.context, lab);
  });
  afterEach(() => outlook.page.close());

  async function compose(subject: string): Promise<void> {
    await outlook.open({ mode: 'new', fields: { subject, start: morning + hour, end: morning + 2 * hour, attendees: invited }, events: false });
  }

  async function send(): Promise<{ kind: string; question?: { reason: string; canSendAnyway: boolean } }> {
    return outlook.page.evaluate(() => window.outlook.send());
  }

  it('an allowed invite is mailed, and the form opens again as the calendar has it', async () => {
    await compose('Weekly');
    assert.equal((await send()).kind, 'sent');
    assert.deepEqual(lab.exchange.mails.map(({ to, kind }) => [to, kind]), [[jonas, 'request']]);
    assert.equal(await outlook.page.textContent('.ol-notice-done'), 'Sent to 1 person at 09:52:00.');
    assert.equal(await outlook.page.textContent('[data-ribbon="Send"]'), 'Send update');
    await outlook.page.fill('.ol-subject', 'Weekly, moved');
    await outlook.page.click('[data-ribbon="Send"]');
    await outlook.idle();
    assert.equal(lab.exchange.list(jonas)[0]?.subject, 'Weekly, moved');
    assert.deepEqual(lab.exchange.mails.map(({ kind }) => kind), ['request', 'update']);
  });

  it('an appointment with nobody invited is saved, and no handler hears of it', async () => {
    await outlook.open({ mode: 'new', fields: { subject: 'forbidden', attendees: [] }, events: false });
    assert.equal(await outlook.page.textContent('[data-ribbon="Send"]'), 'Save');
    assert.equal((await send()).kind, 'saved');
    assert.deepEqual(await outlook.page.evaluate(() => window.outlook.trace), []);
    assert.equal(lab.exchange.list(anna).length, 1);
  });

  it('a refusal is shown in the add-in’s words; going back keeps the item and opens the pane that it names, with its context', async () => {
    await compose('forbidden');
    assert.equal((await send()).kind, 'asked');
    const dialog = outlook.page.locator('[role="alertdialog"]');
    assert.match(await dialog.textContent() ?? '', /This subject is forbidden\./);
    await dialog.getByRole('button', { name: 'Change it' }).click();
    await outlook.page.waitForSelector('.ol-pane iframe');
    await outlook.idle();
    assert.equal(lab.exchange.mails.length, 0);
    assert.deepEqual(JSON.parse(String(await outlook.ask('item.getInitializationContextAsync'))), { why: 'subject' });
  });

  it('a refusal under PromptUser can be overruled', async () => {
    await compose('forbidden');
    await send();
    await outlook.page.getByRole('button', { name: 'Send Anyway' }).click();
    await outlook.page.waitForSelector('.ol-notice-done');
    assert.equal(lab.exchange.mails.length, 1);
  });

  it('a handler without an answer is first called slow, then given up; the invite can go out each time', async () => {
    await compose('silent');
    await outlook.page.evaluate(() => Object.assign(window.outlook, { slowAfter: 100, sendTimeout: 60_000 }));
    const slow = await send();
    assert.deepEqual([slow.kind, slow.question?.reason, slow.question?.canSendAnyway], ['asked', 'slow', true]);
    assert.match(await outlook.page.textContent('[role="alertdialog"]') ?? '', /Probe is taking longer than expected/);
    const sent = await outlook.page.evaluate(() => window.outlook.answer('send'));
    assert.equal(sent.kind, 'sent');

    await compose('silent');
    await outlook.page.evaluate(() => Object.assign(window.outlook, { slowAfter: 60_000, sendTimeout: 100 }));
    const late = await send();
    assert.deepEqual([late.kind, late.question?.reason, late.question?.canSendAnyway], ['asked', 'timeout', true]);
    const kept = await outlook.page.evaluate(() => window.outlook.answer('stay'));
    assert.equal(kept.kind, 'kept');
    assert.equal(lab.exchange.mails.length, 1);
  });

  it('a page that cannot be loaded does not stop an invite', async () => {
    lab.missing.add('events.html');
    await compose('Weekly');
    const asked = await send();
    assert.deepEqual([asked.kind, asked.question?.reason, asked.question?.canSendAnyway], ['asked', 'unavailable', true]);
    assert.equal((await outlook.page.evaluate(() => window.outlook.answer('send'))).kind, 'sent');
  });

  it('a script that cannot be loaded does not stop an invite', async () => {
    lab.missing.add('events.js');
    await compose('Weekly');
    await outlook.page.evaluate(() => Object.assign(window.outlook, { bootTimeout: 1500 }));
    assert.equal((await send()).question?.reason, 'unavailable');
  });

  it('a mail system that refuses is told, and the form stays as it was', async () => {
    const { ewsId } = lab.exchange.send(anna, { subject: 'Weekly', start: morning + hour, end: morning + 2 * hour, attendees: [{ address: jonas }] });
    await outlook.open({ mode: 'edit', id: ewsId, events: false });
    lab.exchange.remove(anna, ewsId);
    assert.equal((await send()).kind, 'failed');
    assert.equal(await outlook.page.textContent('.ol-notice-error'), 'Not sent. The specified object was not found in the store.');
    assert.equal(await outlook.page.evaluate(() => window.outlook.item?.fields.subject), 'Weekly');
  });

  it('appended text stands behind the body, and is added once', async () => {
    await compose('Weekly');
    await outlook.pane();
    await outlook.ask('item.body.appendOnSendAsync', '<p>Sent by a test</p>', { coercionType: 'html' });
    await send();
    const [event] = lab.exchange.list(anna);
    assert.equal(event?.body.content.match(/Sent by a test/g)?.length, 1);
  });

  it('custom properties go with the event, under the add-in’s name, and come back', async () => {
    await compose('Weekly');
    const pane = await outlook.pane();
    await pane.evaluate(() => new Promise<void>((resolve, reject) => {
      Office.context.mailbox.item?.loadCustomPropertiesAsync(({ value }) => {
        value.set('conference', 'k7v9');
        value.saveAsync((saved) => (saved.status === Office.AsyncResultStatus.Succeeded ? resolve() : reject(new Error(saved.error.message))));
      });
    }));
    await send();
    const [event] = lab.exchange.list(anna);
    assert.equal(event?.properties['String {00020329-0000-0000-C000-000000000046} Name cecp-6e8b1c0a-1111-4222-8333-444455556666'], '{"conference":"k7v9"}');
    assert.equal(await (await outlook.pane()).evaluate(() => new Promise((resolve) => {
      Office.context.mailbox.item?.loadCustomPropertiesAsync(({ value }) => resolve(value.get('conference')));
    })), 'k7v9');
  });

  it('session data lives as long as the form', async () => {
    await compose('Weekly');
    await outlook.pane();
    await outlook.ask('item.sessionData.setAsync', 'ticket', 't1');
    assert.equal(await outlook.ask('item.sessionData.getAsync', 'ticket'), 't1');
    await assert.rejects(outlook.ask('item.sessionData.getAsync', 'nothing'), /code 9050/);
    await assert.rejects(outlook.ask('item.sessionData.setAsync', 'long', 'x'.repeat(50_000)), /code 9051/);
    await send();
    await outlook.pane();
    await assert.rejects(outlook.ask('item.sessionData.getAsync', 'ticket'), /code 9050/);
  });
});
