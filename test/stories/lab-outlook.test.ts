import assert from 'node:assert/strict';
import type { Recurrence } from '../../lab/exchange/index.ts';
import type { Opened } from '../support/browser.ts';
import { openBrowser } from '../support/browser.ts';
import type { OutlookLab } from '../support/outlook-lab.ts';
import { anna, jonas, morning, startOutlookLab } from '../support/outlook-lab.ts';
import type { OutlookPage } from '../support/outlook-page.ts';
import { at, openOutlook, outlookIsUp } from '../support/outlook-page.ts';

const hour = 3_600_000;
const invited = [{ name: 'Jonas Weber', address: jonas, type: 'required' as const, response: 'none' as const }];
const fields = { subject: 'Weekly', start: morning + hour, end: morning + 2 * hour, attendees: invited, body: { type: 'html' as const, content: '<p>Hi all</p>' } };

describe('story: the lab’s Outlook hosts Microsoft’s own office.js', () => {
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

  async function state(): Promise<string> {
    const pane = await outlook.pane();
    await pane.waitForFunction(() => document.getElementById('state')?.textContent !== 'starting');
    return pane.evaluate(() => {
      const { item } = Office.context.mailbox;
      const form = !item ? 'nothing' : typeof item.subject === 'string' ? 'read' : 'compose';
      return `${document.getElementById('state')?.textContent} ${form}`;
    });
  }

  function meeting(): string {
    const event = lab.exchange.send(anna, { subject: 'Weekly', start: morning + hour, end: morning + 2 * hour, attendees: [{ address: jonas }] });
    return event.ewsId;
  }

  /** The events that the handlers noted, in order of their answers. */
  async function events(): Promise<string[]> {
    await outlook.idle();
    const names = await outlook.page.evaluate(() => Object.keys(window.outlook.item?.session ?? {}));
    return names.filter((name) => name.startsWith('event ')).map((name) => name.slice('event '.length));
  }

  describe('every form boots an add-in', () => {
    it('new appointment', async () => {
      await outlook.open({ mode: 'new' });
      assert.equal(await state(), 'Outlook OfficeOnline appointment compose');
    });

    it('own event, to be edited', async () => {
      await outlook.open({ mode: 'edit', id: meeting() });
      assert.equal(await state(), 'Outlook OfficeOnline appointment compose');
      assert.equal(await outlook.ask('item.getItemIdAsync'), lab.exchange.list(anna)[0]?.ewsId);
    });

    it('series, from one of its occurrences', async () => {
      const recurrence: Recurrence = { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['saturday'] }, range: { type: 'numbered', startDate: '2026-11-21', numberOfOccurrences: 3 } };
      const series = lab.exchange.send(anna, { subject: 'Weekly', start: morning + hour, end: morning + 2 * hour, attendees: [{ address: jonas }], recurrence });
      const [, second] = lab.exchange.view(anna, morning, morning + 30 * 24 * hour);
      await outlook.open({ mode: 'edit', id: second?.ewsId ?? '' });
      const pane = await outlook.pane();
      assert.equal(await pane.evaluate(() => Office.context.mailbox.item?.seriesId), series.ewsId);

      await outlook.open({ mode: 'series', id: second?.ewsId ?? '' });
      assert.equal(await state(), 'Outlook OfficeOnline appointment compose');
      const told = await outlook.ask('item.recurrence.getAsync');
      assert.equal(at(told, 'recurrenceType'), 'weekly');
      assert.deepEqual(['endYear', 'endMonth', 'endDay'].map((name) => at(told, 'seriesTime', name)), [2026, 12, 5]);
    });

    it('somebody else’s invite, as its attendee', async () => {
      meeting();
      const copy = lab.exchange.list(jonas)[0];
      await outlook.page.goto(`${lab.origin}/lab/outlook?mode=none&person=${jonas}`);
      await outlookIsUp(outlook.page);
      await outlook.open({ mode: 'edit', id: copy?.ewsId ?? '' });
      assert.equal(await state(), 'Outlook OfficeOnline appointment read');
      const pane = await outlook.pane();
      assert.deepEqual(await pane.evaluate(() => {
        const { item } = Office.context.mailbox;
        return [item?.organizer.emailAddress, item?.requiredAttendees[0]?.emailAddress, item?.start.getTime(), item?.subject];
      }), [anna, jonas, morning + hour, 'Weekly']);
      await outlook.page.click('[data-ribbon="Accept"]');
      await outlook.page.waitForSelector('.ol-notice-done');
      assert.equal(lab.exchange.list(anna)[0]?.attendees[0]?.response, 'accepted');
    });

    it('own event, only read', async () => {
      await outlook.open({ mode: 'read', id: meeting() });
      assert.equal(await state(), 'Outlook OfficeOnline appointment read');
    });

    it('mail, read', async () => {
      await outlook.open({ mode: 'message-read', mail: { subject: 'Voicemail', from: { name: 'Jonas Weber', address: jonas }, headers: 'X-Asterisk-VM-Message-ID: 7\r\n' } });
      assert.equal(await state(), 'Outlook OfficeOnline message read');
      assert.equal(await outlook.ask('item.getAllInternetHeadersAsync'), 'X-Asterisk-VM-Message-ID: 7\r\n');
    });

    it('mail, written', async () => {
      await outlook.open({ mode: 'message-compose' });
      assert.equal(await state(), 'Outlook OfficeOnline message compose');
    });

    it('nothing at all', async () => {
      await outlook.open({ mode: 'none' });
      assert.equal(await state(), 'Outlook OfficeOnline none nothing');
    });
  });

  it('an event that is gone is told, not shown', async () => {
    const { ewsId } = lab.exchange.saveItem(anna, { subject: 'Gone', start: morning, end: morning + hour });
    lab.exchange.remove(anna, ewsId);
    await outlook.open({ mode: 'edit', id: ewsId });
    assert.equal(await outlook.page.evaluate(() => window.outlook.notices[0]?.text), 'This event is no longer in the calendar.');
  });

  it('a mailbox that refuses is told, and what is open stays', async () => {
    await outlook.open({ mode: 'new', fields, events: false });
    await outlook.page.route('**/lab/api/outlook/read', (route) => route.abort());
    await outlook.open({ mode: 'edit', id: 'x' });
    assert.equal(await outlook.page.textContent('.ol-notice-error'), 'The mail system does not answer.');
    assert.equal(await outlook.page.evaluate(() => window.outlook.item?.fields.subject), 'Weekly');
  });

  it('taken off its page, Outlook leaves no page of the add-in behind', async () => {
    await outlook.open({ mode: 'new', fields });
    await outlook.pane();
    await outlook.page.evaluate(() => window.outlook.unmount());
    assert.equal(outlook.page.frames().length, 1);
  });

  it('a function command changes the body, and Outlook drops what it does not keep', async () => {
    await outlook.open({ mode: 'new', fields, events: false });
    await outlook.page.evaluate(() => window.outlook.press('Do > Insert'));
    const body = await outlook.page.evaluate(() => window.outlook.item?.fields.body.content);
    assert.equal(body, '<p>Hello <b>there</b></p><p>Hi all</p>');
    assert.equal(await outlook.page.textContent('.ol-body'), 'Hello thereHi all');
  });

  it('a function that the page does not have is reported', async () => {
    await outlook.open({ mode: 'new', fields, events: false });
    await outlook.page.evaluate(() => window.outlook.press('Do > Missing'));
    assert.match(await outlook.page.textContent('.ol-notice-error') ?? '', /Missing: The page has no such function/);
  });

  it('a ribbon entry that does not exist is an error that names those that do', async () => {
    await outlook.open({ mode: 'new', fields, events: false });
    await assert.rejects(outlook.page.evaluate(() => window.outlook.press('Do > Fly')), /The ribbon has no "Do > Fly". It has: Do > Insert, Do > Missing, Open/);
  });

  it('the ribbon speaks the user’s language where the manifest does', async () => {
    await outlook.page.goto(`${lab.origin}/lab/outlook?mode=new&language=de-DE&events=off`);
    await outlook.page.waitForSelector('[data-command="org.pane"]');
    assert.deepEqual(await outlook.page.locator('.ol-command-label').allTextContents(), ['Speichern', 'Verwerfen', 'Teilnehmer', 'Do', 'Öffnen']);
  });

  it('somebody else’s calendar shows no add-in that does not support it', async () => {
    await outlook.open({ mode: 'new', owner: jonas, fields });
    assert.deepEqual(await outlook.page.locator('[data-command]').count(), 0);
    assert.deepEqual(await outlook.page.evaluate(() => window.outlook.trace.length), 0);
  });

  it('a manifest that cannot be read leaves Outlook working, and says why', async () => {
    lab.missing.add('manifest.xml');
    await outlook.page.goto(`${lab.origin}/lab/outlook?mode=new`);
    await outlook.page.waitForSelector('.ol-notice-error');
    assert.match(await outlook.page.textContent('.ol-notice-error') ?? '', /not in the ribbon: \/manifest\.xml answered 503/);
    assert.equal(await outlook.page.locator('[data-ribbon="Send"]').count(), 1);
  });

  it('nothing is asked of any other computer', async () => {
    await outlook.open({ mode: 'new', fields });
    await outlook.pane();
    await outlook.page.evaluate(() => window.outlook.press('Do > Insert'));
    assert.deepEqual(outlook.foreign, []);
  });

  describe('launch events', () => {
    it('a new form raises both opening events, an old one only the second', async () => {
      await outlook.open({ mode: 'new', fields });
      assert.deepEqual((await events()).toSorted(), ['OnAppointmentOrganizer', 'OnNewAppointmentOrganizer']);
      const { ewsId } = lab.exchange.saveItem(anna, { subject: 'Old', start: morning, end: morning + hour });
      await outlook.open({ mode: 'edit', id: ewsId });
      assert.deepEqual(await events(), ['OnAppointmentOrganizer']);
    });

    it('time, attendees and recurrence raise theirs, whoever changes them', async () => {
      await outlook.open({ mode: 'new', fields });
      await outlook.page.evaluate(() => window.outlook.item && window.outlook.edit({ start: window.outlook.item.fields.start + 60_000, end: window.outlook.item.fields.end + 60_000 }));
      await outlook.idle();
      await outlook.pane();
      await outlook.ask('item.requiredAttendees.addAsync', ['maria@example.com']);
      await outlook.idle();
      await outlook.page.click('.ol-text-button[aria-controls]');
      await outlook.page.selectOption('.ol-time-fields select', 'weekly');
      const seen = await events();
      assert.deepEqual(seen.slice(2), ['OnAppointmentTimeChanged', 'OnAppointmentAttendeesChanged', 'OnAppointmentRecurrenceChanged']);
      const pane = outlook.page.frames().find((frame) => frame.url().includes('pane.html'));
      const heard = await pane?.evaluate(() => window.heard.map(({ type }) => type));
      assert.deepEqual(heard, ['olkRecipientsChanged', 'olkRecurrenceChanged']);
    });

    it('a form opened without events raises none', async () => {
      await outlook.open({ mode: 'new', fields, events: false });
      assert.deepEqual(await events(), []);
    });

    it('drag, delete and the organizer’s cancellation raise none at all', async () => {
      const { ewsId } = lab.exchange.send(anna, { subject: 'Weekly', start: morning + hour, end: morning + 2 * hour, attendees: [{ address: jonas }] });
      await outlook.open({ mode: 'edit', id: ewsId });
      await outlook.page.evaluate(() => window.outlook.clearTrace());
      lab.exchange.move(anna, ewsId, morning + 5 * hour, morning + 6 * hour);
      const mails = await outlook.page.evaluate(() => window.outlook.cancel('Sorry'));
      await outlook.idle();
      assert.equal(mails, 1);
      assert.equal(lab.exchange.read(anna, ewsId), undefined);
      assert.deepEqual(await outlook.page.evaluate(() => window.outlook.trace), []);
    });

    it('a form that nobody touched follows the calendar when it is asked to', async () => {
      const { ewsId } = lab.exchange.saveItem(anna, { subject: 'Old', start: morning, end: morning + hour });
      await outlook.open({ mode: 'edit', id: ewsId, events: false });
      lab.exchange.move(anna, ewsId, morning + 5 * hour, morning + 6 * hour);
      await outlook.page.evaluate(() => window.outlook.refresh());
      assert.equal(await outlook.page.evaluate(() => window.outlook.item?.fields.start), morning + 5 * hour);
    });
  });

  it('a pinned pane hears of the next mail, and of none', async () => {
    await outlook.open({ mode: 'message-read', mail: { subject: 'First' } });
    const pane = await outlook.pane();
    await outlook.page.click('.ol-pane-button[aria-pressed]');
    await outlook.open({ mode: 'message-read', mail: { subject: 'Second' } });
    await outlook.open({ mode: 'none' });
    await pane.waitForFunction(() => window.heard.length === 2);
    assert.deepEqual(await pane.evaluate(() => window.heard.map(({ subject }) => subject)), ['Second', null]);
  });

  it('a pane that is not pinned goes with its mail', async () => {
    await outlook.open({ mode: 'message-read', mail: { subject: 'First' } });
    await outlook.pane();
    await outlook.open({ mode: 'message-read', mail: { subject: 'Second' } });
    assert.equal(await outlook.page.evaluate(() => window.outlook.taskpane.isOpen), false);
  });
});
