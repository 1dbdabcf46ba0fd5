import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { anna, openStage, type Desk, type Stage, doorIsOpen } from '../support/tieline.ts';

/** What is chosen in the pane, through the real office.js, the real server and a real database; with the keyboard where it matters. */
describe('story: the pane, from the first press to my conferences', function () {
  this.timeout(120_000);
  let stage: Stage;
  let desk: Desk;
  let pane: Frame;
  let id = '';

  /** The pane's page, once it shows something. */
  async function openPane(label: string, shows: string, where = desk): Promise<Frame> {
    await where.outlook((outlook, name) => outlook.press(name), label);
    const handle = await where.page.waitForSelector('.ol-pane iframe');
    const frame = await handle.contentFrame();
    assert.ok(frame);
    await frame.waitForSelector(shows);
    return frame;
  }

  const textOf = (selector: string): Promise<string> => pane.locator(selector).first().innerText();
  const bodyOf = async (): Promise<string> => (await desk.outlook((outlook) => outlook.item))?.fields.body.content ?? '';

  before(async () => {
    stage = await openStage();
    desk = await stage.open();
    await desk.outlook((outlook) => outlook.edit({
      subject: 'Weekly logistics', body: { type: 'html', content: '<p>Hi all. Anna</p>' },
      attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }],
    }));
  });
  after(async () => stage.stop());

  it('the ribbon’s button adds a conference beside the open pane, and the pane shows it', async () => {
    const before = desk;
    desk = await stage.open();
    await desk.outlook((outlook) => outlook.edit({ subject: 'Second', body: { type: 'html', content: '<p>Hi. Anna</p>' } }));
    pane = await openPane('Tieline', '.empty button');
    await desk.outlook((outlook) => outlook.press('Conference > Add conference'));
    await pane.waitForSelector('.badge.amber');
    assert.ok((await textOf('.pane')).includes((await stage.conference(await desk.idInBody())).passcode));
    await desk.close();
    desk = before;
  });

  it('Add puts a conference into the invite, and the pane shows it', async () => {
    pane = await openPane('Tieline', '.empty button');
    await pane.locator('.empty button').first().focus();
    await pane.page().keyboard.press('Enter');
    await pane.waitForSelector('.badge.amber');
    id = await desk.idInBody();
    assert.match(await bodyOf(), /<p>Hi all. Anna<\/p>/);
  });

  it('Tab, which office.js handles by itself, reaches every control of the pane', async () => {
    await pane.waitForSelector('[data-page=language]');
    const count = await pane.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>('.pane a[href], .pane button, .pane input, .pane select')].filter((each) => each.tabIndex >= 0 && !each.matches(':disabled') && each.checkVisibility());
      const left = new Set<EventTarget | null>(all);
      document.addEventListener('focusin', ({ target }) => left.delete(target));
      Reflect.set(window, 'notReached', () => all.filter((each) => each.isConnected && left.has(each)).map((each) => each.outerHTML));
      all[0]?.focus();
      return all.length;
    });
    assert.ok(count > 8, 'a card full of choices');
    for (let press = 0; press < count + 4; press += 1) await pane.page().keyboard.press('Tab');
    assert.deepEqual(await pane.evaluate(() => Reflect.get(window, 'notReached')()), []);
  });

  it('somebody from the invite is made presenter, and comes in by a code of their own that is in no invite', async () => {
    await pane.locator('[data-page=roles]').click();
    await pane.locator('.pick').selectOption('presenter');
    const { presenterCode } = await stage.conferenceIs(id, ({ roles }) => roles.some(({ address, role }) => address === 'jonas.weber@example.com' && role === 'presenter'), 'with a presenter');
    assert.match(presenterCode ?? '', /^\d{9}$/);
    assert.ok(!(await bodyOf()).replaceAll(/\D/g, '').includes(presenterCode ?? '-'));
    await pane.locator('.second-page button').click();
    await pane.waitForFunction(() => /Jonas Weber presents/.test(document.querySelector('[data-page=roles]')?.textContent ?? ''));
    // Focus is back where it came from.
    await pane.waitForFunction(() => document.activeElement?.getAttribute('data-page') === 'roles');
  });

  it('a new passcode and another language stand in the text at once', async () => {
    const { passcode } = await stage.conference(id);
    await pane.getByRole('button', { name: 'New passcode' }).click();
    const changed = await stage.conferenceIs(id, (now) => now.passcode !== passcode, 'with a new passcode');
    await pane.waitForFunction((code) => document.body.textContent?.includes(code), changed.passcode);
    await pane.locator('[data-page=language]').click();
    await pane.getByRole('radio', { name: /German/ }).click();
    await stage.conferenceIs(id, ({ language }) => language === 'de', 'in German');
    await pane.locator('.second-page button').click();
    await pane.waitForSelector('[data-page=language]');
    const wanted = changed.passcode;
    await desk.page.waitForFunction(() => /Kenncode/.test(JSON.stringify((globalThis as unknown as { outlook: { item: unknown } }).outlook.item)));
    assert.ok((await bodyOf()).includes(wanted));
  });

  it('Remove takes it out, Undo has the focus, and the personal room can stand in its place', async () => {
    await pane.locator('.danger').click();
    await pane.waitForSelector('.message.grey');
    assert.equal(await pane.evaluate(() => document.activeElement?.textContent), 'Undo');
    assert.ok(!(await bodyOf()).includes(id));
    await pane.getByRole('button', { name: 'Use my personal room' }).click();
    await pane.waitForSelector('.badge.green');
    id = await desk.idInBody();
    const room = await stage.conferenceIs(id, ({ isStanding, bridge }) => isStanding && bridge.state === 'agreed', 'a standing room on the bridge');
    await stage.dial('202', room.accessCode, /over|ended|not/i);
    stage.tieline.lab.asterisk.phone('202').hangUp();
  });

  it('sent, the personal room is open for that meeting, and guests wait for their host', async () => {
    assert.equal((await desk.outlook((outlook) => outlook.send())).kind, 'sent');
    const room = await stage.conferenceIs(id, ({ startsAt }) => startsAt !== null, 'with a meeting');
    await stage.dial('202', room.accessCode, doorIsOpen);
    stage.tieline.lab.asterisk.phone('202').hangUp();
  });

  it('an Outlook of Mailbox 1.5 adds and sends, by the location line and custom properties, and is asked for nothing that it does not have', async () => {
    const old = await stage.open();
    await old.outlook((outlook) => {
      outlook.sets['Mailbox'] = '1.5';
      outlook.edit({ subject: 'From an old Outlook', body: { type: 'html', content: '<p>Hi. Anna</p>' }, places: [{ name: 'Room 4.12' }], attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }] });
    });
    const oldPane = await openPane('Tieline', '.empty button', old);
    await oldPane.locator('.empty button').first().click();
    await oldPane.waitForSelector('.badge.amber');
    const added = await old.idInBody();
    await old.outlook((outlook) => outlook.idle());
    const { fields, dispids } = await old.outlook((outlook) => ({ fields: outlook.item?.fields, dispids: outlook.trace.map(({ dispid }) => dispid) }));
    assert.match(fields?.body.content ?? '', /<p>Hi. Anna<\/p>/);
    assert.equal(fields?.places.map(({ name }) => name).join('; '), `Room 4.12; ${stage.tieline.origin}/j/${added}`);
    assert.ok(Object.keys(fields.properties).length > 0, 'the ticket lies in the custom properties');
    // Series (1.7), single places (1.8), session data (1.11): reference of office.js, by the numbers of its calls.
    assert.deepEqual(dispids.filter((dispid) => [103, 104, 154, 155, 156, 185, 186, 187, 188, 189].includes(dispid ?? 0)), []);
    assert.equal((await old.outlook((outlook) => outlook.send())).kind, 'sent');
    await stage.conferenceIs(added, ({ state }) => state === 'scheduled', 'scheduled');
    await old.close();
  });

  it('signed out in the middle of work: the pane asks to sign in, and shows what stands there; nothing of the invite was touched', async () => {
    const midway = await stage.open();
    await midway.outlook((outlook) => outlook.edit({ subject: 'Midway', body: { type: 'html', content: '<p>Hi. Anna</p>' } }));
    const page = await openPane('Tieline', '.empty button', midway);
    await page.locator('.empty button').first().click();
    await page.waitForSelector('.badge.amber');
    const before = (await midway.outlook((outlook) => outlook.item))?.fields.body.content ?? '';
    await midway.page.context().route('**/api/v1/conferences/**', (route) => route.fulfill({ status: 401, json: { type: 'urn:x', title: 'x', status: 401, code: 'sign-in-needed', detail: 'x', correlationId: 'x' } }));
    await page.getByRole('button', { name: 'New passcode' }).click();
    const signIn = page.getByRole('button', { name: 'Sign in' });
    await signIn.waitFor();
    assert.equal((await midway.outlook((outlook) => outlook.item))?.fields.body.content, before);
    await midway.page.context().unroute('**/api/v1/conferences/**');
    await signIn.click();
    await page.waitForSelector('.badge.amber');
    assert.ok((await page.locator('.pane').innerText()).includes((await stage.conference(await midway.idInBody())).passcode));
    await midway.close();
  });

  it('a computer whose clock and zone are wrong books the right instant, and says when in the zone of the meeting', async () => {
    const lost = await stage.open(undefined, { timeZone: 'Pacific/Auckland' });
    const meeting = await lost.outlook((outlook) => {
      outlook.edit({ subject: 'Far off', zone: 'Europe/Berlin', body: { type: 'html', content: '<p>Hi. Anna</p>' }, attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }] });
      return outlook.item?.fields;
    });
    await lost.page.addInitScript(() => {
      const { now } = Date;
      // Seven hours behind.
      Date.now = () => now() - 25_200_000;
    });
    const page = await openPane('Tieline', '.empty button', lost);
    assert.ok(Math.abs((await page.evaluate(() => Date.now())) + 25_200_000 - Date.now()) < 60_000, 'the clock is wrong');
    await page.locator('.empty button').first().click();
    await page.waitForSelector('.badge.amber');
    const held = await stage.conference(await lost.idInBody());
    assert.deepEqual([held.startsAt, held.endsAt], [meeting?.start, meeting?.end].map((at) => new Date(at ?? 0).toISOString()));
    assert.equal(held.timeZone, 'Europe/Berlin');
    const until = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(held.expiresAt ?? ''));
    assert.ok((await page.locator('.pane').innerText()).includes(until), `not ${until}`);
    assert.equal((await lost.outlook((outlook) => outlook.send())).kind, 'sent');
    const sent = await stage.conferenceIs(held.id, ({ state }) => state === 'scheduled', 'scheduled');
    assert.equal(sent.startsAt, held.startsAt);
    await lost.close();
  });

  it('two windows on one invite: what is chosen in each at the same time counts, and both show it', async () => {
    const { id: event, ewsId } = stage.tieline.lab.exchange.list(anna).find(({ subject }) => subject === 'From an old Outlook') ?? { id: '', ewsId: '' };
    assert.ok(event);
    const windows = [await stage.open('/lab/outlook?mode=none'), await stage.open('/lab/outlook?mode=none')];
    const panes: Frame[] = [];
    for (const each of windows) {
      await each.outlook((outlook, wanted) => outlook.open({ mode: 'edit', id: wanted, events: false }), ewsId);
      panes.push(await openPane('Tieline', '[data-page=language]', each));
    }
    const [one, other] = panes;
    assert.ok(one && other);
    const shared = await windows[0]?.idInBody() ?? '';
    const before = await stage.conference(shared);
    assert.notEqual(before.language, 'de');
    await one.locator('[data-page=language]').click();
    await one.getByRole('radio', { name: /German/ }).waitFor();
    // Both were shown the same version: whoever comes second asks again of the newer one.
    await Promise.all([one.getByRole('radio', { name: /German/ }).click(), other.getByRole('button', { name: 'New passcode' }).click()]);
    const both = await stage.conferenceIs(shared, ({ language, passcode }) => language === 'de' && passcode !== before.passcode, 'in German with a new passcode');
    await one.locator('.second-page button').click();
    for (const each of panes) await each.getByText(both.passcode).first().waitFor();
    for (const each of windows) await each.close();
  });

  it('a pane of yesterday against a server of tomorrow: words and fields that it does not know break nothing', async () => {
    const old = await stage.open();
    // What the real server answers, with what a later one may add: fields everywhere, states and kinds that nobody here has heard of.
    await old.page.context().addInitScript(`
      const ask = window.fetch.bind(window);
      const later = (value) => {
        if (Array.isArray(value)) return value.map(later);
        if (typeof value !== 'object' || value === null) return value;
        const more = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === 'state' && typeof each === 'string' ? 'paused-by-robot' : name === 'kind' ? 'hologram' : later(each)]));
        return { ...more, addedIn: { version: '9.0', list: [1, null] } };
      };
      window.fetch = async (input, init) => {
        // Its stream of live states has moved elsewhere.
        if (String(input).includes('/api/v1/live')) return new Response('', { status: 404 });
        const response = await ask(input, init);
        if (!String(input).includes('/api/v1/') || !/json/.test(response.headers.get('content-type') ?? '')) return response;
        return new Response(JSON.stringify(later(await response.json())), { status: response.status, headers: { 'content-type': 'application/json' } });
      };
    `);
    await old.outlook((outlook) => outlook.edit({ subject: 'From an old pane', body: { type: 'html', content: '<p>Hi. Anna</p>' }, attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }] }));
    const oldPane = await openPane('Tieline', '.empty button', old);
    await oldPane.locator('.empty button').first().click();
    await oldPane.getByText('paused-by-robot').first().waitFor();
    const added = await old.idInBody();
    const { passcode } = await stage.conference(added);
    assert.ok((await oldPane.locator('.pane').innerText()).includes(passcode));
    for (const page of ['type', 'roles', 'language', 'numbers']) {
      await oldPane.locator(`[data-page=${page}]`).click();
      await oldPane.locator('.second-page button').click();
      await oldPane.waitForSelector('[data-page=language]');
    }
    assert.equal((await old.outlook((outlook) => outlook.send())).kind, 'sent');
    await stage.conferenceIs(added, ({ state }) => state === 'scheduled', 'scheduled');
    await old.close();
  });

  it('whoever wants a conference in every new invite gets one in the next, without pressing anything', async () => {
    await desk.outlook(async (outlook) => {
      await outlook.open({ mode: 'new' });
      await outlook.idle();
    });
    pane = await openPane('Tieline', '[aria-labelledby=usual-every]');
    await pane.locator('[aria-labelledby=usual-every]').click();
    await pane.waitForSelector('[aria-labelledby=usual-every][aria-checked=true]');
    const { settings } = await stage.api<{ settings: { values: { insert: string } } }>('GET', '/api/v1/settings/conference');
    assert.equal(settings.values.insert, 'every');
    await desk.outlook(async (outlook) => {
      await outlook.open({ mode: 'new' });
      await outlook.idle();
    });
    const fresh = await desk.idInBody();
    assert.notEqual(fresh, id);
    assert.equal((await stage.conference(fresh)).state, 'held');
  });

  it('my conferences are behind the three dots', async () => {
    pane = await openPane('Tieline', '.badge');
    await pane.locator('.me .bare').click();
    await pane.locator('[data-page=mine]').click();
    await pane.waitForSelector('.filter');
    await pane.waitForSelector('.rows');
    assert.match(await textOf('.panel'), /My personal room/);
    const room = await stage.conference(id);
    assert.equal(room.isStanding, true);
    assert.ok((await pane.getByRole('link', { name: /^Join/ }).evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href))).includes(room.joinUrl), 'joined from there');
    await pane.getByRole('button', { name: 'Past' }).click();
    await pane.getByText(/Nothing behind you yet|over/).first().waitFor();
  });

  it('what somebody sets in the settings is how their next conference begins: language, type, waiting room, room; and all of it can be given back', async () => {
    const mine = await stage.open('/lab/outlook?person=maria.lindqvist%40example.com&events=off');
    const saved = (page: Frame) => page.locator('.waiting', { hasText: 'Saved' }).waitFor();
    const newInvite = async (): Promise<Frame> => {
      await mine.outlook((outlook) => outlook.open({ mode: 'new', events: false }));
      return openPane('Tieline', '.empty button', mine);
    };
    const openSettings = async (page: Frame): Promise<void> => {
      await page.locator('.me .bare').click();
      await page.locator('[data-page=settings]').click();
      await page.getByRole('radio', { name: 'German', exact: true }).waitFor();
    };
    let page = await newInvite();
    await openSettings(page);
    for (const name of [/^German$/, /^Video/]) {
      await page.getByRole('radio', { name }).click();
      await saved(page);
    }
    await page.getByRole('switch', { name: /lobby/i }).click();
    await page.locator('[aria-labelledby=lobby-default][aria-checked=false]').waitFor();
    await saved(page);
    page = await newInvite();
    await page.locator('.empty button').first().click();
    await page.waitForSelector('.badge.amber');
    assert.match((await mine.outlook((outlook) => outlook.item))?.fields.body.content ?? '', /An der Konferenz teilnehmen/);
    assert.match(await page.locator('[data-page=type]').innerText(), /Video/);
    assert.equal(await page.getByRole('switch', { name: /lobby/i }).getAttribute('aria-checked'), 'false');
    await openSettings(page);
    await page.getByRole('radio', { name: /personal/i }).click();
    await saved(page);
    page = await newInvite();
    await page.locator('.empty button').first().click();
    await page.waitForSelector('.badge.green');
    await openSettings(page);
    await page.getByRole('button', { name: 'Use the organisation’s' }).click();
    await page.locator('[aria-labelledby=lobby-default][aria-checked=true]').waitFor();
    await mine.close();
  });

  it('a mailbox on the company’s own Exchange signs in by its token: once with a mailed code, from then on without', async () => {
    const jonas = '/lab/outlook?person=jonas.weber%40example.com&mailbox=on-premises';
    const { smtp } = stage.tieline.lab;
    await desk.close();
    desk = await stage.open(jonas);
    pane = await openPane('Tieline', '.empty button');
    await pane.locator('.empty button').first().click();
    await pane.getByText('Show once that this mailbox is yours').waitFor();
    await pane.getByRole('button', { name: 'Send code' }).click();
    await pane.locator('#link-code').fill('00000000');
    await pane.getByRole('button', { name: 'Link account' }).click();
    await pane.getByText('That is not the code.').waitFor();
    const mail = smtp.outbox.find(({ subject }) => subject === 'Your code for Tieline');
    assert.deepEqual(mail?.to, ['jonas.weber@example.com']);
    await pane.locator('#link-code').fill(/^\d{4} \d{4}$/m.exec(mail.text)?.[0] ?? '');
    await pane.getByRole('button', { name: 'Link account' }).click();
    await pane.locator('.empty button').first().waitFor();
    await desk.close();
    desk = await stage.open(jonas);
    pane = await openPane('Tieline', '.empty button');
    await pane.locator('.empty button').first().click();
    await pane.waitForSelector('.badge.amber');
    assert.match(await desk.idInBody(), /^[a-z2-7]{26}$/);
    assert.equal(smtp.outbox.filter(({ subject }) => subject === 'Your code for Tieline').length, 1);
  });
});
