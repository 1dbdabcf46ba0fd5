import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { OpenRequest } from '../../lab/outlook/browser/host/open-request.ts';
import type { Opened } from '../support/browser.ts';
import { openBrowser } from '../support/browser.ts';
import type { OutlookLab } from '../support/outlook-lab.ts';
import { anna, jonas, morning, startOutlookLab } from '../support/outlook-lab.ts';
import type { OutlookPage } from '../support/outlook-page.ts';
import { at, openOutlook } from '../support/outlook-page.ts';

const hour = 3_600_000;
const invited = [{ name: 'Jonas Weber', address: jonas, type: 'required' as const, response: 'none' as const }];

describe('story: the lab’s Outlook can be used by keyboard and read aloud', () => {
  let opened: Opened;
  let lab: OutlookLab;
  let outlook: OutlookPage;

  before(async () => {
    opened = await openBrowser();
    lab = await startOutlookLab();
    outlook = await openOutlook(opened.context, lab);
    // Not as a script of the page, whose policy allows its own only.
    await outlook.page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  });
  after(async () => {
    await opened.browser.close();
    await lab.close();
  });

  /** What axe finds in the window, the add-in's own page left out. */
  async function findings(): Promise<string[]> {
    const result: unknown = await outlook.page.evaluate(() => Reflect.get(window, 'axe').run({ include: ['.ol-window'], exclude: ['iframe'] }, { iframes: false }));
    const violations = at(result, 'violations');
    return Array.isArray(violations) ? violations.map((each) => [at(each, 'id'), at(each, 'nodes', 0, 'html')].join(': ')) : ['no result'];
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`axe finds nothing on any form, ${theme}`, async () => {
      await outlook.page.evaluate((wanted) => window.outlook.setTheme(wanted), theme);
      const { ewsId } = lab.exchange.send(anna, { subject: 'Weekly', start: morning + hour, end: morning + 2 * hour, attendees: [{ address: jonas }] });
      const requests: OpenRequest[] = [
        { mode: 'none' }, { mode: 'new', fields: { attendees: invited } }, { mode: 'read', id: ewsId }, { mode: 'message-read', mail: { subject: 'Hello' } }, { mode: 'message-compose' },
      ];
      for (const request of requests) {
        await outlook.open(request);
        await outlook.pane();
        assert.deepEqual(await findings(), [], request.mode);
      }
    });

    it(`axe finds nothing while Outlook asks, ${theme}`, async () => {
      await outlook.open({ mode: 'new', fields: { subject: 'forbidden', attendees: invited }, events: false });
      await outlook.page.evaluate(() => window.outlook.send());
      assert.deepEqual(await findings(), []);
      await outlook.page.evaluate(() => window.outlook.answer('stay'));
    });
  }

  it('Tab goes into the pane and out of it again', async () => {
    await outlook.open({ mode: 'new', events: false });
    const pane = await outlook.pane();
    await outlook.page.focus('.ol-pane-header button:last-child');
    await outlook.page.keyboard.press('Tab');
    await pane.waitForFunction(() => document.activeElement?.id === 'first');
    await outlook.page.keyboard.press('Tab');
    await outlook.page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Close the pane');
  });

  it('a menu is worked by arrows, and Esc gives the focus back', async () => {
    await outlook.open({ mode: 'new', events: false });
    await outlook.page.focus('[data-ribbon="Do"]');
    await outlook.page.keyboard.press('ArrowDown');
    await outlook.page.keyboard.press('End');
    assert.equal(await outlook.page.evaluate(() => document.activeElement?.textContent), 'Missing');
    await outlook.page.keyboard.press('Escape');
    assert.equal(await outlook.page.evaluate(() => document.activeElement?.getAttribute('data-ribbon')), 'Do');
  });

  it('a page that registers for the theme is told what it is', async () => {
    await outlook.page.evaluate(() => window.outlook.setTheme('dark'));
    await outlook.open({ mode: 'new', events: false });
    const pane = await outlook.pane();
    assert.equal(await pane.evaluate(() => new Promise((resolve) => {
      Office.context.mailbox.addHandlerAsync(Office.EventType.OfficeThemeChanged, (event: unknown) => resolve(Reflect.get(Reflect.get(Object(event), 'officeTheme'), 'bodyBackgroundColor')));
    })), '#292929');
  });
});
