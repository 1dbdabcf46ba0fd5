import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { AvailabilityView } from '../../contract/availability/availability.ts';
import type { HoldResponse } from '../../contract/conference/conference.ts';
import { askAsPage, openAdminPage } from '../support/admin-page.ts';
import { launchBrowser } from '../support/browser.ts';
import { anna as annaBerger, openStage, type Stage } from '../support/tieline.ts';
import { until } from '../support/until.ts';
import { whatIfComesTrue } from '../support/what-if-comes-true.ts';

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

  const signedIn = (name: RegExp): Promise<Page> => openAdminPage(browser, stage.tieline.origin, name);

  /** What busy appointments become, in the form of the mapping. */
  const busy = (page: Page) => page.getByRole('group', { name: 'Mapping', exact: true }).getByRole('combobox', { name: 'Busy', exact: true });
  const legal = (page: Page) => page.getByLabel('Legal text, English');
  const aWeekly = (): object => {
    const at = stage.tieline.clock.now();
    return { idempotencyKey: crypto.randomUUID(), subject: 'Weekly', startsAt: new Date(at + 3_600_000).toISOString(), endsAt: new Date(at + 7_200_000).toISOString(), timeZone: 'Europe/Berlin', isSeries: false, attendees: [], language: 'en' };
  };
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
    const held = await stage.api<HoldResponse>('POST', '/api/v1/conferences', aWeekly());
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

  it('a group gets a template of its own: what was locked by a click it cannot say, and its members choose no other', async () => {
    const part = (name: string) => anna.getByRole('group', { name, exact: true });
    await part('Legal text').getByRole('checkbox', { name: /^Locked:/ }).check();
    await save(anna).click();
    await anna.getByText('Saved. Invites get it when they are opened or made next.').waitFor();
    await anna.getByLabel('Name of the new template').fill('Support');
    await anna.getByRole('button', { name: 'Add', exact: true }).click();
    const locked = part('Legal text').getByRole('checkbox', { name: 'Locked by the organisation' });
    await locked.waitFor();
    assert.deepEqual([await locked.isDisabled(), await legal(anna).count()], [true, 0], 'nothing to write in');
    await part('Logo').getByRole('checkbox', { name: 'Inherited from the organisation' }).uncheck();
    await part('Logo').getByRole('radio', { name: 'Words', exact: true }).check();
    await part('Logo').getByRole('textbox', { name: 'Words' }).fill('Northwind Support');
    await previewed(anna).getByText('Northwind Support').waitFor();
    await anna.getByRole('button', { name: 'Organisation', exact: true }).click();
    await legal(anna).waitFor();
    await anna.getByRole('button', { name: 'Support (Not saved yet)' }).click();
    assert.equal(await part('Logo').getByRole('textbox', { name: 'Words' }).inputValue(), 'Northwind Support', 'what was not saved waits');
    await save(anna).click();
    await anna.getByText('Saved. Invites get it when they are opened or made next.').waitFor();
    await look(anna, 'group-template');
    await anna.getByRole('navigation').getByRole('link', { name: 'Feature groups' }).click();
    await anna.getByLabel('Name of the new group').fill('Support team');
    await anna.getByRole('button', { name: 'Add', exact: true }).click();
    await anna.getByLabel('Mail address').fill(annaBerger);
    await anna.getByRole('button', { name: 'Put in' }).click();
    await anna.getByRole('button', { name: 'Take out Anna Berger' }).waitFor();
    const settings = anna.getByRole('region', { name: 'All settings' });
    await settings.getByLabel('Settings of').selectOption('conference');
    await settings.getByLabel('Template', { exact: true }).selectOption({ label: 'Support' });
    await settings.locator('.setting').filter({ hasText: 'Template' }).getByLabel('Locked for everybody below').check();
    await settings.getByRole('button', { name: 'Save', exact: true }).click();
    await settings.getByText('Saved. It holds from now on.').waitFor();
    const { id, version } = (await stage.api<HoldResponse>('POST', '/api/v1/conferences', aWeekly())).conference;
    const { block } = await stage.api<HoldResponse>('GET', `/api/v1/conferences/${id}`);
    assert.match(block.html, /Northwind Support[\s\S]*Please be on time\./);
    await assert.rejects(stage.api('PATCH', `/api/v1/conferences/${id}`, { version, template: null }), /409 .*setting-locked/);
    await assert.rejects(stage.api('PATCH', '/api/v1/settings/conference', { version: 0, set: { template: null }, inherit: [] }), /409 .*setting-locked/);
  });

  it('a list of lines is taken, and its broken line named', async () => {
    await anna.getByRole('link', { name: 'People and lines' }).click();
    await anna.getByLabel('Or paste it').fill(`pbx,extension,owner,devices\npbx,201,${annaBerger},PJSIP/201\npbx,999,,no device`);
    await anna.getByRole('button', { name: 'Take it' }).click();
    await anna.getByText('One line taken, 1 broken.').waitFor();
    await anna.getByText('Line 3, devices').waitFor();
    await anna.getByText(/201 \(pbx, by an administrator\)/).waitFor();
    await look(anna, 'people');
  });

  it('a line that is nobody\'s gets its owner by hand, and keeps all else; the list of all lines is given and taken again, as a table program saves it', async () => {
    const list = anna.getByRole('region', { name: 'All lines as a list' });
    await list.getByLabel('Or paste it').fill('pbx,extension,name,devices,voicemail\npbx,900,Lobby,PJSIP/900,900@default');
    await list.getByRole('button', { name: 'Take it' }).click();
    await anna.getByRole('button', { name: 'Name the owner of 900' }).click();
    await anna.keyboard.type('Maria');
    await anna.getByRole('button', { name: /^Maria Lindqvist/ }).click();
    await anna.keyboard.press('Enter');
    await anna.getByText('900 belongs to Maria Lindqvist now.').waitFor();
    const [download] = await Promise.all([anna.waitForEvent('download'), list.getByRole('button', { name: 'Download the list' }).click()]);
    const given = await readFile(await download.path(), 'utf8');
    assert.ok(given.includes('"900","Lobby","PJSIP/900","900@default","maria.lindqvist@example.com",""'), given);
    const taken = `${given.replace('\uFEFF', '').replace('"Lobby"', '"Empfang Süd"').replaceAll(',', ';')}pbx;default;901;;;;nobody;\r\n`;
    await list.getByLabel('Take a CSV file').setInputFiles({ name: 'lines.csv', mimeType: 'text/csv', buffer: Buffer.from(taken, 'latin1') });
    await list.getByRole('button', { name: 'Take it' }).click();
    await list.getByRole('list', { name: 'Broken lines' }).getByText(/^Line \d+, owner/).waitFor();
    const { lines } = await askAsPage<{ lines: { extension: string; name: string }[] }>(anna, 'GET', '/api/v1/lines');
    assert.equal(lines.find(({ extension }) => extension === '900')?.name, 'Empfang Süd');
    await list.getByLabel('Or paste it').fill('');
  });

  it('what-if says what a changed mapping makes of a call, and that is what happens once it is saved', async () => {
    const { clock, lab } = stage.tieline;
    const minute = 60_000;
    clock.pause();
    const start = Math.ceil(clock.now() / minute) * minute + 20 * minute;
    lab.exchange.saveItem(annaBerger, { subject: 'Budget', start, end: start + 30 * minute, zone: 'Europe/Berlin', body: { type: 'text', content: '' } });
    clock.resume();
    const next = async () => (await stage.api<{ availability: AvailabilityView }>('GET', '/api/v1/availability')).availability.next?.face;
    await until(async () => (await next()) === 'busy');
    for (const page of [anna, maria]) {
      await page.getByRole('link', { name: 'Availability rules' }).click();
      await busy(page).waitFor();
    }
    await busy(anna).selectOption('doNotDisturb');
    await anna.getByRole('searchbox', { name: 'Person' }).fill('Anna');
    await anna.getByRole('button', { name: /Anna Berger/ }).click();
    await anna.getByLabel('When', { exact: true }).fill(new Date(start + minute).toISOString().slice(0, 16));
    await anna.getByRole('button', { name: 'What happens?' }).click();
    const present = anna.getByRole('region', { name: 'As it is' });
    const proposed = anna.getByRole('region', { name: 'With what is not saved yet' });
    await present.getByText('Extension 201 rings.').waitFor();
    await proposed.getByText('Extension 201 goes to voicemail.').waitFor();
    assert.match(await proposed.innerText(), /Do not disturb until .*The calendar shows a busy appointment\./s);
    await look(anna, 'what-if');
    await anna.getByRole('button', { name: 'Save', exact: true }).click();
    await anna.getByText('Saved. It holds from now on.').waitFor();
    clock.advance(start + minute - clock.now());
    const { asterisk } = lab;
    await until(() => asterisk.exchange.presences.get('CustomPresence:201').state === 'dnd');
    const jonas = asterisk.phone('202');
    jonas.dial('201');
    await until(() => jonas.view().call === null || jonas.view().hears.length > 0);
    assert.equal(asterisk.phone('201').view().call, null, 'it does not ring');
    if (jonas.view().call) jonas.hangUp();
  });

  it('whoever began from older rules gets both on the screen and loses nothing, in another section neither; a mapping under which nothing counts is warned of', async () => {
    const after = maria.getByRole('combobox', { name: 'After a call', exact: true });
    await busy(maria).selectOption('away');
    await after.selectOption('available');
    await save(maria).click();
    const told = maria.getByRole('alert').filter({ hasText: 'Somebody else saved these settings meanwhile.' });
    await told.getByRole('row', { name: 'Mapping Busy: Do not disturb Busy: Away' }).waitFor();
    await look(maria, 'settings-conflict');
    assert.equal(await busy(maria).inputValue(), 'away');
    await told.getByRole('button', { name: 'Show theirs' }).click();
    await told.waitFor({ state: 'detached' });
    assert.deepEqual([await busy(maria).inputValue(), await after.inputValue()], ['doNotDisturb', 'available'], 'theirs where both changed the same, mine elsewhere');
    assert.equal(await save(maria).evaluate((button) => button === document.activeElement), true, 'the keyboard goes on where it was');
    await maria.getByRole('link', { name: 'Status' }).click();
    await maria.getByRole('link', { name: 'Availability rules' }).click();
    assert.equal(await after.inputValue(), 'available', 'what is not saved waits');
    const inputs = maria.getByRole('group', { name: 'Mapping', exact: true }).getByRole('combobox');
    for (const input of await inputs.all()) await input.selectOption('ignore');
    await maria.getByText('With this mapping nothing counts: nobody\'s phone follows a calendar any more.').waitFor();
  });

  it('whoever is signed out in the middle loses nothing: they sign in beside it and go on', async () => {
    const beside = await maria.context().newPage();
    await beside.goto(`${stage.tieline.origin}/admin/`);
    await beside.getByRole('button', { name: 'Sign out' }).click();
    await beside.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await save(maria).click();
    await maria.getByRole('heading', { name: 'You were signed out' }).waitFor();
    await look(maria, 'signed-out');
    const [window] = await Promise.all([maria.context().waitForEvent('page'), maria.getByRole('button', { name: 'Sign in' }).click()]);
    await window.getByRole('button', { name: /Maria Lindqvist/ }).click();
    await window.getByRole('button', { name: 'Sign out' }).waitFor();
    for (const page of [window, beside]) await page.close();
    await maria.evaluate(() => void globalThis.dispatchEvent(new Event('focus')));
    await save(maria).waitFor();
    assert.equal(await busy(maria).inputValue(), 'ignore', 'as she left it');
    await maria.getByRole('button', { name: 'Undo changes' }).click();
    await maria.getByText('Your changes were undone.').waitFor();
    assert.equal(await busy(maria).inputValue(), 'doNotDisturb');
  });

  it('a rule that is made with the form makes of a call what what-if said before it was saved', async () => {
    const { clock, lab } = stage.tieline;
    const { asterisk } = lab;
    const minute = 60_000;
    clock.pause();
    const start = Math.ceil(clock.now() / minute) * minute + 60 * minute;
    lab.exchange.saveItem(annaBerger, { subject: 'Town hall', start, end: start + 30 * minute, zone: 'Europe/Berlin', body: { type: 'text', content: '' } });
    clock.resume();
    const present = anna.getByRole('region', { name: 'As it is' });
    const proposed = anna.getByRole('region', { name: 'With what is not saved yet' });
    const rules = anna.getByRole('group', { name: 'Further rules, asked before the mapping', exact: true });
    const open = rules.locator('details[open]');
    await rules.getByRole('button', { name: 'Add a rule' }).click();
    await open.getByLabel('Short name, shown as the reason').fill('Town hall');
    await open.getByRole('textbox', { name: 'Title has one of' }).fill('town hall\nall hands');
    await open.getByLabel('Then the person is').selectOption('available');
    await open.getByRole('button', { name: 'Add an exception' }).click();
    await open.getByLabel('Exception 1').selectOption('Cancelled');
    for (const place of [3, 2, 1]) {
      await rules.getByRole('button', { name: 'Earlier: town-hall' }).click();
      await rules.getByText(`town-hall is number ${place} of 4.`).waitFor();
    }
    await anna.getByLabel('When', { exact: true }).fill(new Date(start + minute).toISOString().slice(0, 16));
    // The calendar's news are on their way.
    await until(async () => {
      await anna.getByRole('button', { name: 'What happens?' }).click();
      await anna.getByRole('button', { name: 'What happens?' }).and(anna.locator(':enabled')).waitFor();
      return present.getByText('Extension 201 goes to voicemail.').isVisible();
    });
    await proposed.getByText('Extension 201 rings.').waitFor();
    await proposed.getByText(/Available \(town-hall\)/).waitFor();
    await look(anna, 'rule-form');
    await save(anna).click();
    await anna.getByText('Saved. It holds from now on.').waitFor();
    clock.advance(start + minute - clock.now());
    await until(async () => (await stage.api<{ availability: AvailabilityView }>('GET', '/api/v1/availability')).availability.why.rule === 'town-hall');
    await until(() => asterisk.exchange.presences.get('CustomPresence:201').state === 'available');
    const jonas = asterisk.phone('202');
    jonas.dial('201');
    await until(() => asterisk.phone('201').view().call !== null);
    jonas.hangUp();
  });

  it('one person\'s settings say where each comes from; what is set for them is given back with one click', async () => {
    await anna.getByRole('link', { name: 'People and lines' }).click();
    await anna.getByRole('button', { name: 'Settings of Jonas Weber', exact: true }).click();
    const card = anna.getByRole('region', { name: 'Jonas Weber' });
    const sound = card.locator('.setting').filter({ hasText: 'The mail carries the sound' });
    await sound.getByText('Inherited from: Tieline').waitFor();
    await sound.getByLabel('The mail carries the sound').uncheck();
    await card.getByRole('button', { name: 'Save', exact: true }).click();
    await card.getByText('Saved. It holds from now on.').waitFor();
    await look(anna, 'person');
    await anna.getByRole('button', { name: 'Close the settings of Jonas Weber' }).click();
    await anna.getByRole('button', { name: 'Settings of Jonas Weber', exact: true }).click();
    assert.deepEqual([await sound.getByLabel('Set here').isChecked(), await sound.getByLabel('The mail carries the sound').isChecked()], [true, false], 'so it stands on the server');
    await sound.getByLabel('Set here').uncheck();
    assert.equal(await sound.getByLabel('The mail carries the sound').isChecked(), true, 'what will hold is shown before it is saved');
    await card.getByRole('button', { name: 'Save', exact: true }).click();
    await card.getByText('Saved. It holds from now on.').waitFor();
    await sound.getByText('Inherited from: Tieline').waitFor();
    assert.equal(await sound.getByLabel('Set here').isChecked(), false);
  });

  it('invites that were sent are written anew, once it was said how many people that mails', async () => {
    const { clock, lab } = stage.tieline;
    const start = clock.now() + 3 * 3_600_000;
    const jonas = 'jonas.weber@example.com';
    const { id } = lab.exchange.send(annaBerger, { subject: 'Planning', start, end: start + 30 * 60_000, locations: [{ name: '@conf' }], attendees: [{ address: jonas }], body: { type: 'html', content: '<p>See you</p>' } });
    const body = (): string => lab.exchange.read(annaBerger, id)?.body.content ?? '';
    const updates = (): number => lab.exchange.mails.filter(({ to, subject, kind }) => to === jonas && subject === 'Planning' && kind === 'update').length;
    await until(() => body().includes('Please be on time.'));
    const conference = /\/j\/([a-z2-7]{26})/.exec(lab.exchange.read(annaBerger, id)?.locations[0]?.name ?? '')?.[1] ?? assert.fail('no link');
    await stage.conferenceIs(conference, ({ state }) => state === 'scheduled', 'scheduled');
    await anna.getByRole('link', { name: 'Invite text' }).click();
    await anna.getByRole('button', { name: 'Organisation', exact: true }).click();
    await legal(anna).fill('Bring your own coffee.');
    await save(anna).click();
    await anna.getByText('Saved. Invites get it when they are opened or made next.').waitFor();
    await anna.getByRole('link', { name: 'Invites anew' }).click();
    await anna.getByRole('button', { name: 'Look what would be written' }).click();
    const card = anna.getByRole('region', { name: /all conferences$/ });
    await card.getByText('Preview, done').waitFor();
    await card.getByText('1 to be written').waitFor();
    await card.getByText('The calendar mails an update to one person; nobody can switch that off.').waitFor();
    assert.deepEqual([body().includes('Bring your own coffee.'), updates()], [false, 1], 'a preview writes nothing');
    await card.getByLabel('Invites a minute').fill('600');
    await card.getByRole('button', { name: 'Write them' }).click();
    await look(anna, 'reissue');
    await card.getByRole('button', { name: 'Yes, mail one person' }).click();
    await card.getByText('Writing, done').waitFor();
    assert.deepEqual([body().includes('Bring your own coffee.'), body().includes('See you'), updates()], [true, true, 2]);
    await card.getByRole('button', { name: 'Take it back' }).click();
    await card.getByRole('button', { name: 'Yes, mail one person' }).click();
    await card.getByText('Taking back, done').waitFor();
    assert.deepEqual([body().includes('Please be on time.'), updates()], [true, 3]);
  });

  it('force now is seen in the log, and so is every change in the list of deeds', async () => {
    await anna.getByRole('link', { name: 'Status' }).click();
    await anna.getByRole('button', { name: 'Force now: m365' }).click();
    await anna.getByRole('log').getByText('Everything is looked at now').first().waitFor();
    await look(anna, 'status');
    await anna.getByRole('link', { name: 'Timeline and looks' }).click();
    await anna.getByText('PATCH /api/v1/organisation/settings/:feature').first().waitFor();
    await anna.getByText('Anna Berger looked at Anna Berger').first().waitFor();
  });

  it('what what-if says of each line, for states from the calendar, by hand and from unsaved rules, is what calls then meet: presence, routing, greeting', async () => {
    await whatIfComesTrue(stage, anna);
  });
});
