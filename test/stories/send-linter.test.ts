import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openStage, type Desk, type Stage } from '../support/tieline.ts';

/** The linter at send (features.md M15), through the real office.js and the real server: asked softly, mended in the pane, sent. */
describe('story: a host code in the invite is asked about before it goes out, mended with one click, and sent', function () {
  this.timeout(90_000);
  let stage: Stage;
  let desk: Desk;
  let pane: Frame;
  let id = '';
  let published = '';

  before(async () => {
    stage = await openStage();
    desk = await stage.open();
  });
  after(async () => stage?.stop());

  it('Send asks in our words, and the invite is still here', async () => {
    await desk.outlook(async (outlook) => {
      outlook.edit({ subject: 'Weekly logistics', body: { type: 'html', content: '<p>Hi all</p>' }, attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }] });
      await outlook.press('Conference > Add conference');
      await outlook.idle();
    });
    id = await desk.idInBody();
    published = (await stage.conference(id)).hostCode ?? '';
    assert.match(published, /^\d{9}$/);
    const asked = await desk.outlook((outlook, code) => {
      const content = outlook.item?.fields.body.content ?? '';
      outlook.edit({ body: { type: 'html', content: content.replace('Hi all', `Hi all, my PIN is ${code.replace(/(?=(?:\d{3})+$)/g, ' ')}`) } });
      return outlook.send();
    }, published);
    assert.equal(asked.kind, 'asked');
    const dialog = desk.page.locator('[role="alertdialog"]');
    assert.match(await dialog.innerText(), /Your host code can be read in this invite\./);
    assert.equal(await dialog.getByRole('button', { name: 'Send Anyway' }).count(), 1, 'the question is soft');
    assert.deepEqual(stage.tieline.lab.exchange.mails, []);
  });

  it('"Mend it first" opens the pane on the finding, and one click there draws another code', async () => {
    await desk.page.locator('[role="alertdialog"]').getByRole('button', { name: 'Mend it first' }).click();
    const frame = await (await desk.page.waitForSelector('.ol-pane iframe')).contentFrame();
    assert.ok(frame);
    pane = frame;
    const finding = pane.locator('.message', { hasText: 'Your host code can be read in this invite.' });
    await finding.getByRole('button', { name: 'New host code' }).click();
    await stage.conferenceIs(id, ({ hostCode }) => hostCode !== null && hostCode !== published, 'with another host code');
    await finding.waitFor({ state: 'detached' });
    const body = await desk.outlook((outlook) => outlook.item?.fields.body.content ?? '');
    assert.match(body, /Hi all, my PIN is/, 'the person\'s own words stay');
  });

  it('now it goes, and what was published opens nothing', async () => {
    assert.equal((await desk.outlook((outlook) => outlook.send())).kind, 'sent');
    assert.deepEqual(stage.tieline.lab.exchange.mails.map(({ to }) => to), ['jonas.weber@example.com']);
    await stage.conferenceIs(id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'agreed', 'scheduled and agreed');
    await stage.dial('202', published, 'That code is not known.');
  });
});
