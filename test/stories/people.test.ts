import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { MailContent } from '../../lab/outlook/browser/host/open-request.ts';
import { anna, openStage, type Desk, type Stage } from '../support/tieline.ts';

const minute = 60_000;
const patience = 20_000;
const jonas = 'jonas.weber@example.com';

/** Promise 4, seen from Outlook: chosen in the ribbon, shown by the phone at the minute; colleagues' states live beside the invite; a call rings one's own phone first. */
describe('story: who can be reached, beside an invite', function () {
  this.timeout(120_000);
  let stage: Stage;
  let desk: Desk;

  before(async () => {
    stage = await openStage();
    const { lab } = stage.tieline;
    const token = await lab.entra.issueToken({ person: anna, audience: lab.secrets.clientId, scopes: ['access_as_user'], roles: ['administrator'] });
    const imported = await fetch(`${stage.tieline.serverAddress()}/api/v1/lines/import`, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ csv: `pbx,extension,owner,devices\npbx,201,${anna},PJSIP/201\npbx,202,${jonas},PJSIP/202` }),
    });
    assert.ok(imported.ok);
    await until(async () => (await stage.api<{ people: { where: string }[] }>('POST', '/api/v1/availability/people', { addresses: [jonas] })).people[0]?.where === 'member', 'Jonas is known');
    desk = await stage.open();
  });
  after(() => stage.stop());

  async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const end = Date.now() + patience;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`not so: ${what}\n${stage.log.slice(-20).join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function openPane(label: string, shows: string): Promise<Frame> {
    await desk.outlook((outlook, name) => outlook.press(name), label);
    const handle = await desk.page.waitForSelector('.ol-pane iframe');
    const frame = await handle.contentFrame();
    assert.ok(frame);
    await frame.waitForSelector(shows);
    return frame;
  }

  it('Do not disturb, chosen in the ribbon while the invite is written, stands on the phone at the minute at which the meeting begins', async () => {
    const { clock, lab } = stage.tieline;
    clock.pause();
    const start = Math.ceil(clock.now() / minute) * minute + 30 * minute;
    await desk.outlook(async (outlook, given) => {
      await outlook.open({ mode: 'new', fields: { subject: 'Quiet work', start: given.start, end: given.start + 1_800_000, attendees: [{ name: 'Jonas Weber', address: given.jonas, type: 'required', response: 'none' }] } });
      await outlook.idle();
    }, { start, jonas });
    clock.resume();
    const pane = await openPane('Availability > Do not disturb', '.notice .message');
    assert.match(await pane.locator('.notice .message').innerText(), /shown as Do not disturb. Callers reach your voicemail/);
    const item = await desk.outlook((outlook) => outlook.item);
    assert.match(JSON.stringify(item?.notifications), /During this meeting you are shown as Do not disturb/);
    assert.equal((await desk.outlook((outlook) => outlook.send())).kind, 'sent');
    const presence = (): string => lab.asterisk.exchange.presences.get('CustomPresence:201').state;
    await until(async () => (await stage.api<{ availability: { next: { face: string } | null } }>('GET', '/api/v1/availability')).availability.next?.face === 'doNotDisturb', 'what comes is known');
    assert.notEqual(presence(), 'dnd');
    clock.advance(start - clock.now());
    await until(() => presence() === 'dnd', 'the phone shows it');
  });

  it('a call of a colleague shows in the People tab while it lasts', async () => {
    const { asterisk } = stage.tieline.lab;
    const pane = await openPane('Tieline', '#tab-people');
    await pane.locator('#tab-people').click();
    await pane.waitForSelector('.person [data-page]');
    await pane.waitForSelector('.footer.live');
    assert.equal(await pane.locator('.person .on-phone').count(), 0);
    asterisk.phone('202').dial('8000');
    await pane.waitForSelector('.person .on-phone');
    // Waiting is kept by the server: the word comes wherever one is in the pane by then.
    await pane.locator('.person [data-page]').first().click();
    await pane.getByRole('button', { name: 'When free' }).click();
    await pane.getByRole('button', { name: 'Stop waiting' }).waitFor();
    await pane.getByRole('button', { name: 'Back to People' }).click();
    asterisk.phone('202').hangUp();
    await pane.waitForFunction(() => document.querySelector('.person .on-phone') === null);
    // A phone that is put down for a moment is not free: five seconds of the server's clock.
    stage.tieline.clock.advance(6_000);
    await pane.locator('.notice', { hasText: /Jonas Weber\u2069? is free now\./ }).getByRole('button', { name: 'Close' }).click();
    await pane.waitForFunction(() => document.querySelector('.notice .message.grey') === null);
    assert.equal(await pane.evaluate(() => document.activeElement?.id), 'tab-people', 'the keyboard is where one is in the pane');
  });

  it('behind a proxy that cuts the live stream, what changed meanwhile stands there once the stream is back', async () => {
    const { clock, lab } = stage.tieline;
    const pane = (await (await desk.page.waitForSelector('.ol-pane iframe')).contentFrame()) ?? assert.fail();
    const row = pane.locator('.person [data-page]');
    await pane.waitForSelector('.footer.live i');
    lab.gateway.faults.offline = true;
    // Old news has no colour, and says from when it is.
    await row.locator('.presence.unknown').waitFor();
    assert.match(await row.innerText(), /as of \d/);
    lab.asterisk.phone('202').dial('8000');
    await until(async () => (await stage.api<{ people: { availability: { onThePhone: boolean } }[] }>('POST', '/api/v1/availability/people', { addresses: [jonas] })).people[0]?.availability.onThePhone === true, 'the server knows of the call');
    assert.equal(await row.locator('.on-phone').count(), 0, 'the pane does not');
    lab.gateway.faults.offline = false;
    await row.locator('.on-phone').waitFor();
    await row.locator('.presence:not(.unknown)').waitFor();
    await pane.waitForSelector('.footer.live i');
    lab.asterisk.phone('202').hangUp();
    await pane.waitForFunction(() => document.querySelector('.person .on-phone') === null);
    // Where nobody waits for them, a call that ended is nobody's news.
    clock.advance(6_000);
  });

  it('Call on the card rings my own phone first, then the other’s', async () => {
    const { asterisk } = stage.tieline.lab;
    const handle = await desk.page.waitForSelector('.ol-pane iframe');
    const pane = (await handle.contentFrame()) ?? assert.fail();
    await pane.locator('.person [data-page]').first().click();
    await pane.waitForSelector('.card-head');
    await pane.getByRole('button', { name: 'Call Jonas Weber' }).click();
    const rings = (extension: string): true | undefined => (asterisk.phone(extension).view().call?.phase === 'ringing' ? true : undefined);
    await asterisk.until(() => rings('201'), AbortSignal.timeout(patience));
    assert.equal(asterisk.phone('202').view().call, null, 'the other waits for me');
    asterisk.phone('201').answer();
    await asterisk.until(() => rings('202'), AbortSignal.timeout(patience));
    asterisk.phone('202').answer();
    await pane.waitForFunction(() => /Connected/.test(document.querySelector('.message')?.textContent ?? ''));
    asterisk.phone('201').hangUp();
  });

  /** Opens a mail and its People tab; resolves with how often states were asked for. */
  async function openMail(mode: 'message-read' | 'message-compose', mail: MailContent): Promise<{ pane: Frame; asked: string[] }> {
    const asked: string[] = [];
    desk.page.on('request', (request) => void (request.url().endsWith('/api/v1/availability/people') && asked.push(request.postData() ?? '')));
    await desk.outlook(async (outlook, given) => {
      await outlook.open(given);
      await outlook.idle();
    }, { mode, mail });
    return { pane: await openPane('People', '.person'), asked };
  }

  it('of strangers, people not known yet and lists the pane says that they are, and what a sender calls himself changes nothing else on the screen', async () => {
    const hostile = '\u202Egro.knab@sob\u202C „<img src=x onerror=alert(1)>“ «بن» 「山」';
    const { pane, asked } = await openMail('message-read', {
      subject: 'Hello', from: { name: hostile, address: 'sara@partner.example' }, body: { type: 'text', content: 'Sara\nTel. +39 06 1234 5678' },
      to: [{ name: 'Jonas Weber', address: jonas }, { name: 'Nobody Yet', address: 'new@example.com' }, { name: 'All of Logistics', address: 'logistics@example.com', isList: true }],
    });
    const row = (address: string) => pane.locator('.person', { hasText: address });
    await row('Jonas Weber').getByRole('button', { name: 'Call Jonas Weber' }).waitFor();
    const sender = pane.locator('.person').first();
    assert.match(await sender.innerText(), /gro\.knab@sob „<img src=x onerror=alert\(1\)>“ «بن» 「山」\s+Outside your organisation/);
    assert.deepEqual([await pane.locator('.person img').count(), await sender.locator('bdi').count(), /[\u202A-\u202E\u2066-\u2069]/.test(await pane.content())], [0, 1, false]);
    assert.match(await row('Nobody Yet').innerText(), /Not known to Tieline yet/);
    const list = row('All of Logistics');
    assert.match(await list.innerText(), /A distribution list; its members are not shown/);
    assert.deepEqual([await list.getByRole('button').count(), await list.getByRole('link').count(), await sender.getByRole('link').count()], [0, 0, 0], 'nobody is called or written to where nobody is known');
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.includes('logistics'), false);
    await sender.getByRole('button', { name: /Find number of/ }).click();
    await sender.getByRole('button', { name: 'Call +39 06 1234 5678' }).waitFor();
  });

  it('500 recipients are one question, in groups with their numbers, of which only what is looked at is drawn', async () => {
    const to = [{ name: 'Jonas Weber', address: jonas }, ...Array.from({ length: 498 }, (_, n) => ({ name: `Guest ${n}`, address: `guest${n}@partner.example` }))];
    const { pane, asked } = await openMail('message-compose', { subject: 'To everybody', to, bcc: [{ name: 'Maria Lindqvist', address: 'maria.lindqvist@example.com' }] });
    await pane.getByRole('heading', { name: 'To and Cc · 499' }).waitFor();
    await pane.getByRole('heading', { name: 'Bcc' }).waitFor();
    await pane.locator('summary', { hasText: /^Available · 1$/ }).waitFor();
    const others = pane.locator('details', { hasText: 'Not known to Tieline yet · 498' });
    const drawn = (): Promise<number> => others.locator('.person').count();
    assert.equal(await drawn(), 25);
    await others.locator('summary').click();
    await others.getByRole('button', { name: '473 more' }).click();
    await others.getByRole('button', { name: '448 more' }).waitFor();
    assert.deepEqual([await drawn(), asked.map((body) => (JSON.parse(body) as { addresses: string[] }).addresses.length)], [50, [500]]);
  });

  it('my own state says what, until when and why; it is chosen for a time, which the phone follows, and goes back to automatic', async () => {
    const { clock, lab } = stage.tieline;
    const phone = (): string => lab.asterisk.exchange.presences.get('CustomPresence:201').state;
    const pane = (await (await desk.page.waitForSelector('.ol-pane iframe')).contentFrame()) ?? assert.fail();
    await stage.api('DELETE', '/api/v1/availability');
    // The quiet meeting of before is over.
    clock.advance(60 * minute);
    await until(() => phone() !== 'dnd', 'nothing is chosen');
    await pane.locator('.me [data-page=availability]').click();
    await pane.getByRole('heading', { name: 'My availability' }).waitFor();
    const isChosen = (name: string): Promise<void> => pane.locator('label', { hasText: name }).locator('input:checked').waitFor();
    await isChosen('Automatic');
    // An end that is said only afterwards keeps nobody waiting.
    await pane.getByRole('button', { name: 'Time…' }).click();
    await pane.getByRole('radio', { name: /^Do not disturb/ }).click();
    await isChosen('Do not disturb');
    await until(() => phone() === 'dnd', 'the phone follows');
    await pane.locator('.message', { hasText: 'Chosen by hand, until it is ended by hand.' }).waitFor();
    const told = pane.locator('.section').locator('xpath=preceding::li[1]');
    assert.match(await told.innerText(), /^Do not disturb/);
    await pane.getByText('Do not disturb without a time stays until you end it.').waitFor();
    // By the clock of the mailbox, which Outlook shows; this computer's zone is another one, and its clock is not the lab's.
    const at = Math.floor((Math.max(clock.now(), Date.now()) + 2 * 3_600_000) / minute) * minute;
    await pane.getByLabel('Until').fill(new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' }).format(at));
    await pane.getByRole('button', { name: 'Set' }).click();
    await pane.locator('.message', { hasText: 'Chosen by hand, for this long.' }).waitFor();
    assert.match(await told.innerText(), /^Do not disturb until /);
    assert.equal((await stage.api<{ availability: { until: string } }>('GET', '/api/v1/availability')).availability.until, new Date(at).toISOString());
    assert.match(await pane.locator('.pane').innerText(), /Callers hear/);
    await pane.getByRole('button', { name: 'Back to automatic' }).click();
    await isChosen('Automatic');
    await until(() => phone() !== 'dnd', 'the phone is back');
    await pane.getByRole('button', { name: 'Back to Tieline' }).click();
  });
});
