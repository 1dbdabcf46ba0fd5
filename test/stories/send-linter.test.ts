import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { anna, openStage, type Desk, type Stage } from '../support/tieline.ts';

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

  describe('what Outlook itself set, and what no click can make', () => {
    let series: Desk;
    let panel: Frame;

    before(async () => {
      series = await stage.open(undefined, { timeZone: 'Europe/Berlin' });
      await series.outlook((outlook) => outlook.edit({
        subject: 'Every Monday', zone: 'Etc/UTC', start: Date.UTC(2027, 1, 1, 9, 30), end: Date.UTC(2027, 1, 1, 10, 15),
        recurrence: { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] }, range: { type: 'endDate', startDate: '2027-02-01', endDate: '2027-06-28' } },
        attendees: [{ name: 'Max', address: 'max@firma.at', type: 'required', response: 'none' }],
      }));
      await series.outlook((outlook) => outlook.press('Tieline'));
      const frame = await (await series.page.waitForSelector('.ol-pane iframe')).contentFrame();
      assert.ok(frame);
      panel = frame;
      await panel.getByRole('button', { name: 'Add conference' }).click();
    });
    after(async () => series?.close());

    it('a series in a zone without summer: one click lets it repeat by the person’s own clock, from the very same first meeting', async () => {
      const finding = panel.locator('.message', { hasText: 'This series moves when the clocks change.' });
      await finding.getByRole('button', { name: 'Use my time zone' }).click();
      await finding.waitFor({ state: 'detached' });
      const { zone, start, end, recurrence } = await series.outlook((outlook) => outlook.item?.fields ?? { zone: '', start: 0, end: 0, recurrence: null });
      assert.deepEqual({ zone, start, end }, { zone: 'Europe/Berlin', start: Date.UTC(2027, 1, 1, 9, 30), end: Date.UTC(2027, 1, 1, 10, 15) });
      assert.deepEqual(recurrence, { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'sunday' }, range: { type: 'endDate', startDate: '2027-02-01', endDate: '2027-06-28' } });
    });

    it('a guest in a country without a number: one click leads to the numbers that there are', async () => {
      await panel.locator('.message', { hasText: 'There is no phone number for Austria.' }).getByRole('button', { name: 'Choose numbers' }).click();
      for (const number of [/^\+49 30 23125 ?400$/, /^\+44 20 7946 0400$/]) await panel.getByText(number).first().waitFor();
    });
  });

  describe('in the words of the organisation and of a group in it, with a room', () => {
    let late: Desk;
    let panel: Frame;
    const body = (): Promise<string> => late.outlook((outlook) => outlook.item?.fields.body.content ?? '');

    before(async () => {
      const { lab } = stage.tieline;
      const token = await lab.entra.issueToken({ person: anna, audience: lab.secrets.clientId, scopes: ['access_as_user'], roles: ['administrator'] });
      const administer = async (method: string, path: string, body: object): Promise<{ group?: { id: string } }> => {
        const saved = await fetch(`${stage.tieline.serverAddress()}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
        const answer = (await saved.json()) as { group?: { id: string } };
        assert.equal(saved.status, 200, JSON.stringify(answer));
        return answer;
      };
      await administer('PUT', '/organisation/templates/organisation', {
        version: 0, name: 'Organisation', locked: ['legal'],
        content: { languages: ['en', 'de'], logo: { text: 'Northwind', imageUrl: '', width: 0, height: 0 }, legal: { en: 'Calls are <b>recorded</b>.', de: 'Gespräche werden <b>aufgezeichnet</b>.' }, hide: null },
      });
      const template = crypto.randomUUID();
      await administer('POST', '/organisation/templates', { id: template, name: 'Traders' });
      await administer('PUT', `/organisation/templates/${template}`, { version: 1, name: 'Traders', content: { languages: null, logo: { text: 'Northwind Traders', imageUrl: '', width: 0, height: 0 }, legal: null, hide: ['host'] }, locked: [] });
      const { group } = await administer('POST', '/groups', { name: 'Traders' });
      await administer('POST', `/groups/${group?.id ?? ''}/members`, { address: anna });
      await administer('PATCH', `/groups/${group?.id ?? ''}/settings/conference`, { version: 0, set: { template }, locks: ['template'] });
      late = await stage.open();
      await late.outlook(async (outlook) => {
        outlook.edit({ subject: 'Budget', body: { type: 'html', content: '<p>Hi both</p>' }, attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }] });
        await outlook.press('Conference > Add conference');
        await outlook.idle();
      });
    });
    after(async () => late?.close());

    it('pressing Add conference as a member writes the group’s name, and what it inherits: the organisation’s locked legal text, both languages', async () => {
      await late.idInBody();
      const content = await body();
      for (const part of ['Northwind Traders', 'Calls are <b>recorded</b>.', 'Gespräche werden <b>aufgezeichnet</b>.']) assert.equal(content.split(part).length, 2, `${part} once in ${content}`);
    });

    it('another set of details that was pasted in: one click keeps one, and the person’s words', async () => {
      await late.outlook((outlook) => {
        const { content } = outlook.item?.fields.body ?? { content: '' };
        outlook.edit({ body: { type: 'html', content: `${content}<p>as last time:</p>${content.replace('Hi both', 'Hi again')}` } });
      });
      await late.outlook((outlook) => outlook.press('Tieline'));
      const frame = await (await late.page.waitForSelector('.ol-pane iframe')).contentFrame();
      assert.ok(frame);
      panel = frame;
      const finding = panel.locator('.message', { hasText: 'This invite has two sets of conference details.' });
      await finding.getByRole('button', { name: 'Keep one' }).click();
      await finding.waitFor({ state: 'detached' });
      const content = await body();
      assert.equal(content.split('Northwind Traders').length, 2, content);
      for (const words of ['Hi both', 'as last time:', 'Hi again']) assert.ok(content.includes(words), content);
    });

    it('a room that would not have the link: one click puts it into the location, beside the room', async () => {
      await late.outlook((outlook) => outlook.edit({ places: [{ name: 'Room Oslo', address: 'room.oslo@example.com' }] }));
      const finding = panel.locator('.message', { hasText: 'Room Oslo will not have the link.' });
      await finding.getByRole('button', { name: 'Put link in location' }).click();
      await finding.waitFor({ state: 'detached' });
      const places = await late.outlook((outlook) => outlook.item?.fields.places.map(({ name }) => name) ?? []);
      assert.ok(places.length === 2 && places[0] === 'Room Oslo' && /\/j\/[a-z2-7]{26}/.test(places[1] ?? ''), places.join(' | '));
    });

    const foreign = () => panel.locator('.message', { hasText: 'This invite has a Zoom link already.' });
    const zoom = 'https://example.zoom.us/j/98765432100?pwd=x';

    it('another service that writes itself into the location is told of at once, and no more when it is gone', async () => {
      const places = await late.outlook((outlook) => outlook.item?.fields.places ?? []);
      await late.outlook((outlook, given) => outlook.edit({ places: given }), [...places, { name: zoom }]);
      await foreign().waitFor();
      await late.outlook((outlook, given) => outlook.edit({ places: given }), places);
      await foreign().waitFor({ state: 'detached' });
    });

    it('its text that comes into the body beside the open pane is seen when the person comes to the pane; one click takes ours out, and theirs stays', async () => {
      await late.page.mouse.move(2, 2);
      const theirs = `<p><a href="${zoom}">Join Zoom Meeting</a></p>`;
      await late.outlook((outlook, given) => outlook.edit({ body: { type: 'html', content: `${outlook.item?.fields.body.content ?? ''}${given}` } }), theirs);
      await panel.locator('h2').first().hover();
      await foreign().getByRole('button', { name: 'Remove ours' }).click();
      await panel.getByText('No conference in this invite').waitFor();
      const content = await body();
      assert.ok(content.includes(theirs) && content.includes('Hi both') && !/\/j\/[a-z2-7]{26}/.test(content), content);
      await foreign().waitFor();
    });

    it('a conference that is put back or taken out by hand beside the open pane is shown as it is', async () => {
      await panel.getByRole('button', { name: 'Undo' }).click();
      await panel.getByRole('button', { name: 'Remove', exact: true }).waitFor();
      await late.page.mouse.move(2, 2);
      await late.outlook((outlook) => outlook.edit({ body: { type: 'html', content: '<p>All anew</p>' } }));
      await panel.locator('h2').first().hover();
      await panel.getByText('No conference in this invite').waitFor();
      assert.equal(await foreign().count(), 0);
      assert.equal(await body(), '<p>All anew</p>');
    });
  });
});
