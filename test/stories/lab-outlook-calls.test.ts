import assert from 'node:assert/strict';
import type { Opened } from '../support/browser.ts';
import { openBrowser } from '../support/browser.ts';
import type { OutlookLab } from '../support/outlook-lab.ts';
import { anna, jonas, morning, startOutlookLab } from '../support/outlook-lab.ts';
import type { OutlookPage } from '../support/outlook-page.ts';
import { at, eachOf, openOutlook } from '../support/outlook-page.ts';

const hour = 3_600_000;
const html = { coercionType: 'html' };

describe('story: calls of an add-in in the lab’s Outlook', () => {
  let opened: Opened;
  let lab: OutlookLab;
  let outlook: OutlookPage;
  const ask = (path: string, ...args: unknown[]): Promise<unknown> => outlook.ask(path, ...args);

  before(async () => {
    opened = await openBrowser();
    lab = await startOutlookLab();
    outlook = await openOutlook(opened.context, lab);
  });
  after(async () => {
    await opened.browser.close();
    await lab.close();
  });

  async function compose(fields: object = {}): Promise<void> {
    await outlook.open({ mode: 'new', fields: { subject: 'Weekly', start: morning + hour, end: morning + 2 * hour, ...fields }, events: false });
    await outlook.pane();
  }

  it('subject and location', async () => {
    await compose();
    await ask('item.subject.setAsync', 'Monthly');
    assert.equal(await ask('item.subject.getAsync'), 'Monthly');
    assert.equal(await outlook.page.inputValue('.ol-subject'), 'Monthly');
    await ask('item.location.setAsync', 'Room 4.12; https://meet.example.com/j/k7v9');
    await ask('item.enhancedLocation.addAsync', [{ id: 'Canteen', type: 'custom' }]);
    await ask('item.enhancedLocation.removeAsync', [{ id: 'https://meet.example.com/j/k7v9', type: 'custom' }]);
    assert.equal(await ask('item.location.getAsync'), 'Room 4.12; Canteen');
    assert.deepEqual(await ask('item.enhancedLocation.getAsync'), [
      { locationIdentifier: { id: 'room412@example.com', type: 'room' }, displayName: 'Room 4.12', emailAddress: 'room412@example.com' },
      { locationIdentifier: { id: 'Canteen', type: 'custom' }, displayName: 'Canteen', emailAddress: '' },
    ]);
    await assert.rejects(ask('item.location.setAsync', 'x'.repeat(256)), /ArgumentOutOfRange/);
  });

  it('a new start keeps the length; an end before the start is refused', async () => {
    await compose();
    const pane = await outlook.pane();
    const set = (name: 'start' | 'end', time: number): Promise<number> => pane.evaluate(([field, instant]) => new Promise<number>((resolve) => {
      const { item } = Office.context.mailbox;
      item?.[field].setAsync(new Date(instant), ({ error }) => (error ? resolve(error.code) : item.end.getAsync(({ value }) => resolve(value.getTime()))));
    }), [name, time] as const);
    assert.equal(await set('start', morning + 3 * hour), morning + 4 * hour);
    assert.equal(await set('end', morning + 2 * hour), 9010);
    assert.match(await outlook.page.textContent('.ol-text-button[aria-controls]') ?? '', /^Sat 21 Nov 2026, 12:52 to 13:52$/);
  });

  it('recipients are found by address, and the form shows them', async () => {
    await compose();
    await ask('item.requiredAttendees.setAsync', [jonas, { displayName: 'Sofia', emailAddress: 's.rossi@partner.example' }]);
    await ask('item.requiredAttendees.addAsync', [jonas]);
    await ask('item.optionalAttendees.addAsync', ['maria@example.com']);
    assert.deepEqual(eachOf(await ask('item.requiredAttendees.getAsync'), 'displayName', 'recipientType'), [['Jonas Weber', 'user'], ['Sofia', 'externalUser']]);
    assert.deepEqual(await outlook.page.locator('.ol-chip').allTextContents(), ['Jonas Weber', 'Sofia', 'Maria Lindqvist']);
    assert.equal(at(await ask('item.organizer.getAsync'), 'emailAddress'), anna);
  });

  it('a body is rewritten as Outlook does: what a reader sees stays, marks do not', async () => {
    await compose();
    await ask('item.body.setAsync', '<!-- mark --><p id="a" class="b" data-c="d" style="margin:0 0 2px 0;color:red" onclick="alert(1)">One <a href="javascript:alert(1)">two</a></p><script>alert(1)</script>loose', html);
    const body = String(await ask('item.body.getAsync', 'html'));
    assert.match(body, /^<html><head>[\s\S]*<body dir="ltr"><p style="color: red; margin: 0px 0px 2px;">One <a>two<\/a><\/p><div style="[^"]*">loose<\/div><\/body><\/html>$/);
    assert.equal(await ask('item.body.getAsync', 'text'), 'One two\n\nloose');
    assert.equal(await ask('item.body.getTypeAsync'), 'html');
    await ask('item.body.setAsync', body, html);
    assert.equal(await ask('item.body.getAsync', 'html'), body, 'a second round changes nothing');
    await ask('item.body.prependAsync', '<p>Zero</p>', html);
    assert.match(String(await ask('item.body.getAsync', 'text')), /^Zero\n\nOne two/);
  });

  it('text is put at the cursor, in place of what is marked', async () => {
    await compose({ body: { type: 'html', content: '<p>Dear all, see you</p>' } });
    await outlook.page.evaluate(() => {
      const text = document.querySelector('.ol-body p')?.firstChild;
      if (text) getSelection()?.setBaseAndExtent(text, 5, text, 8);
      document.querySelector<HTMLElement>('.ol-body')?.dispatchEvent(new MouseEvent('mouseup'));
    });
    assert.equal(at(await ask('item.getSelectedDataAsync', 'text'), 'data'), 'all');
    await ask('item.body.setSelectedDataAsync', '<b>Jonas</b>', html);
    assert.match(String(await ask('item.body.getAsync', 'text')), /^Dear\s+Jonas\s*, see you$/);
  });

  it('a plain-text invite stays plain text', async () => {
    await compose({ body: { type: 'text', content: 'Hi all' } });
    assert.equal(await ask('item.body.getTypeAsync'), 'text');
    await ask('item.body.prependAsync', 'First\n');
    await ask('item.body.setSelectedDataAsync', '<p>Second</p>', html);
    assert.equal(await outlook.page.inputValue('.ol-plain'), 'First\nHi allSecond');
  });

  it('recurrence is told and taken in Office’s words', async () => {
    await compose();
    const pane = await outlook.pane();
    await pane.evaluate(() => new Promise<void>((resolve, reject) => {
      const { item } = Office.context.mailbox;
      const seriesTime: Office.SeriesTime = Reflect.construct(Reflect.get(Office, 'SeriesTime'), []);
      seriesTime.setStartDate(2026, 10, 24);
      seriesTime.setEndDate('2026-12-24');
      seriesTime.setStartTime(10, 30);
      seriesTime.setDuration(45);
      // The parameter's type wants the methods of what is read, too.
      const recurrence: Office.Recurrence = Object.assign(Object.create(null), { recurrenceType: 'weekly', recurrenceProperties: { interval: 2, days: [Office.MailboxEnums.Days.Tue, Office.MailboxEnums.Days.Thu] }, seriesTime, recurrenceTimeZone: { name: 'W. Europe Standard Time', offset: 60 } });
      item?.recurrence.setAsync(recurrence, ({ error }) => (error ? reject(new Error(String(error.code))) : resolve()));
    }));
    const { fields } = await outlook.page.evaluate(() => window.outlook.item) ?? {};
    assert.deepEqual(fields?.recurrence, { pattern: { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'thursday'] }, range: { type: 'endDate', startDate: '2026-11-24', endDate: '2026-12-24' } });
    assert.deepEqual([fields?.start, (fields?.end ?? 0) - (fields?.start ?? 0)], [Date.UTC(2026, 10, 24, 9, 30), 45 * 60_000]);
    assert.deepEqual(at(await ask('item.recurrence.getAsync'), 'recurrenceTimeZone'), { name: 'W. Europe Standard Time', offset: 60 });
  });

  it('notification messages keep Outlook’s rules and stand in the bar', async () => {
    await compose();
    const progress = { type: 'progressIndicator', message: 'Adding the conference…' };
    await ask('item.notificationMessages.addAsync', 'a', progress);
    await assert.rejects(ask('item.notificationMessages.addAsync', 'a', progress), /code 9023/);
    await ask('item.notificationMessages.replaceAsync', 'a', { type: 'informationalMessage', message: 'Conference added.', icon: 'icon', persistent: false });
    assert.equal(await outlook.page.textContent('.ol-notice[data-key="a"]'), 'Conference added.');
    await assert.rejects(ask('item.notificationMessages.removeAsync', 'z'), /code 9024/);
    for (const key of ['b', 'c', 'd', 'e']) await ask('item.notificationMessages.addAsync', key, { type: 'errorMessage', message: key });
    await assert.rejects(ask('item.notificationMessages.addAsync', 'f', progress), /code 9025/);
    assert.deepEqual(eachOf(await ask('item.notificationMessages.getAllAsync'), 'key', 'type'), [['a', 'informationalMessage'], ...['b', 'c', 'd', 'e'].map((key) => [key, 'errorMessage'])]);
    await outlook.page.click('.ol-notice[data-key="b"] .ol-dismiss');
    assert.equal(await outlook.page.locator('.ol-notice').count(), 4);
  });

  it('an insight message opens the pane that it names', async () => {
    await compose();
    await ask('item.notificationMessages.addAsync', 'tip', { type: 'insightMessage', message: 'Sign in', icon: 'icon', actions: [{ actionType: 'showTaskPane', actionText: 'Open it', commandId: 'org.pane', contextData: '{}' }] });
    await outlook.page.evaluate(() => window.outlook.taskpane.close());
    await outlook.page.click('text=Open it');
    await outlook.page.waitForSelector('.ol-pane iframe');
  });

  it('saving puts the appointment on the calendar and mails nobody', async () => {
    await compose({ subject: 'Saved', attendees: [{ name: 'Jonas', address: jonas, type: 'required', response: 'none' }] });
    await assert.rejects(ask('item.getItemIdAsync'), /code 9046/);
    const id = await ask('item.saveAsync');
    assert.equal(await ask('item.getItemIdAsync'), id);
    assert.equal(lab.exchange.read(anna, String(id))?.subject, 'Saved');
    assert.equal(lab.exchange.mails.length, 0);
  });

  it('all day, sensitivity, categories, attachments', async () => {
    await compose();
    await ask('item.isAllDayEvent.setAsync', true);
    await ask('item.sensitivity.setAsync', 'private');
    assert.deepEqual([await ask('item.isAllDayEvent.getAsync'), await ask('item.sensitivity.getAsync')], [true, 'private']);
    await ask('item.categories.addAsync', ['Red category']);
    await assert.rejects(ask('item.categories.addAsync', ['No such category']), /code 9044/);
    assert.deepEqual(await ask('item.categories.getAsync'), [{ displayName: 'Red category', color: 'Preset0' }]);
    const id = await ask('item.addFileAttachmentFromBase64Async', btoa('hello'), 'note.txt');
    assert.deepEqual(eachOf(await ask('item.getAttachmentsAsync'), 'id', 'name', 'contentType', 'attachmentType'), [[id, 'note.txt', 'text/plain', 'file']]);
    assert.deepEqual(await ask('item.getAttachmentContentAsync', id), { content: btoa('hello'), format: 'base64' });
    await ask('item.removeAttachmentAsync', id);
    await assert.rejects(ask('item.removeAttachmentAsync', id), /code 9008/);
  });

  it('headers of a mail that is written', async () => {
    await outlook.open({ mode: 'message-compose', events: false });
    await outlook.pane();
    await ask('item.internetHeaders.setAsync', { 'x-test': 'one', 'x-other': 'two' });
    await ask('item.internetHeaders.removeAsync', ['X-Other']);
    assert.deepEqual(await ask('item.internetHeaders.getAsync', ['X-Test', 'x-other']), { 'x-test': 'one' });
  });

  it('roaming settings outlive the page', async () => {
    await compose();
    const pane = await outlook.pane();
    await pane.evaluate(() => new Promise((resolve) => {
      Office.context.roamingSettings.set('room', { code: 7 });
      Office.context.roamingSettings.saveAsync(resolve);
    }));
    await outlook.page.evaluate(() => window.outlook.taskpane.close());
    const again = await outlook.pane();
    assert.deepEqual(await again.evaluate(() => Office.context.roamingSettings.get('room') as unknown), { code: 7 });
  });

  it('who is asking, and when it is there', async () => {
    await compose();
    const pane = await outlook.pane();
    assert.deepEqual(await pane.evaluate((instant) => {
      const { emailAddress, displayName, timeZone } = Office.context.mailbox.userProfile;
      return { emailAddress, displayName, timeZone, hours: Office.context.mailbox.convertToLocalClientTime(new Date(instant)).hours, set: Office.context.requirements.isSetSupported('Mailbox', '1.13') };
    }, morning), { emailAddress: anna, displayName: 'Anna Berger', timeZone: 'W. Europe Standard Time', hours: 9, set: false });
  });

  it('access tokens come from the lab’s sign-in, with its refusals; old tokens are refused as everywhere', async () => {
    await compose();
    const pane = await outlook.pane();
    const token = (): Promise<string> => pane.evaluate(() => Office.auth.getAccessToken().catch((error: { code: number }) => `code ${error.code}`));
    assert.equal(await token(), `token of ${anna}`);
    await outlook.page.evaluate(() => window.outlook.failNext(98, 13_001));
    assert.equal(await token(), 'code 13001');
    lab.issueToken = async () => {
      throw Object.assign(new Error('Not this one'), { code: 13_005 });
    };
    assert.equal(await token(), 'code 13005');
    await assert.rejects(ask('getUserIdentityTokenAsync'), /code 9018/);
  });

  it('any call can be made to fail, once', async () => {
    await compose();
    await outlook.page.evaluate(() => window.outlook.failNext(38, 9020));
    await assert.rejects(ask('item.body.setAsync', 'x'), /code 9020/);
    await ask('item.body.setAsync', 'x');
  });

  it('what the manifest does not permit is refused', async () => {
    await compose();
    await assert.rejects(ask('masterCategories.getAsync'), /permission/i);
  });

  it('a new invite from a mail opens filled in', async () => {
    await outlook.open({ mode: 'message-read', mail: { subject: 'Lunch', from: { name: 'Jonas Weber', address: jonas } } });
    const pane = await outlook.pane();
    await pane.evaluate((start) => Office.context.mailbox.displayNewAppointmentForm({ requiredAttendees: ['jonas@example.com'], optionalAttendees: [], resources: [], start: new Date(start), end: new Date(start + 3_600_000), subject: 'Lunch', location: 'Canteen', body: '<p>Join</p>' }), morning);
    await outlook.page.waitForSelector('.ol-subject');
    const { form, fields } = await outlook.page.evaluate(() => window.outlook.item) ?? {};
    assert.deepEqual([form, fields?.subject, fields?.start, fields?.attendees.map(({ name }) => name), fields?.body.content], ['appointment-compose', 'Lunch', morning, ['Jonas Weber'], '<p>Join</p>']);
  });

  it('a dialog inside the window and its opener talk to each other', async () => {
    await compose();
    const pane = await outlook.pane();
    await pane.evaluate(() => {
      Office.context.ui.displayDialogAsync(`${location.origin}/commands.html`, { height: 40, width: 40, displayInIframe: true }, ({ value: dialog }) => {
        dialog.addEventHandler(Office.EventType.DialogMessageReceived, (event) => {
          window.heard.push({ type: 'dialog', message: 'message' in event ? event.message : event.error });
          dialog.close();
        });
      });
    });
    await outlook.page.waitForSelector('.ol-dialog iframe');
    const dialog = await (await outlook.page.waitForSelector('.ol-dialog iframe')).contentFrame();
    await dialog?.waitForFunction(() => typeof Office?.context?.ui?.messageParent === 'function');
    await dialog?.evaluate(() => Office.onReady().then(() => Office.context.ui.messageParent('signed in')));
    await pane.waitForFunction(() => window.heard.some(({ type }) => type === 'dialog'));
    assert.equal(await pane.evaluate(() => window.heard.find(({ type }) => type === 'dialog')?.['message']), 'signed in');
    await outlook.page.waitForSelector('.ol-dialog', { state: 'detached' });
  });
});
