import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { anna, openStage, type Desk, type Stage } from '../support/tieline.ts';

/** The thin main job of Tieline, by the real office.js, the real server and a real database: from the button to the bridge, and back. */

const hour = 3_600_000;
const jonas = 'jonas.weber@example.com';

describe('story: Conference in the invite, on the bridge when sent', function () {
  this.timeout(90_000);
  let stage: Stage;
  let desk: Desk;
  let id = '';

  before(async () => {
    stage = await openStage();
    desk = await stage.open();
    await desk.outlook((outlook) => outlook.edit({
      subject: 'Weekly logistics', body: { type: 'html', content: '<p>Hi all, please bring the numbers for week 47. Anna</p>' },
      attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }],
    }));
  });

  after(async () => stage.stop());

  it('Conference puts link, numbers and code into body and location, and nothing on the bridge', async () => {
    await desk.outlook(async (outlook) => {
      await outlook.press('Conference > Add conference');
      await outlook.idle();
    });
    id = await desk.idInBody();
    const { conference } = { conference: await stage.conference(id) };
    assert.equal(conference.state, 'held');
    assert.equal(conference.bridge.state, 'none');
    const item = await desk.outlook((outlook) => outlook.item);
    const body = item?.fields.body.content ?? '';
    assert.ok(body.includes('please bring the numbers for week 47'), 'the person\'s own text stays');
    assert.ok(body.replaceAll('&nbsp;', '').replaceAll('\u00a0', '').includes(conference.accessCode), 'the code stands in the invite');
    assert.ok(!JSON.stringify(item).includes(conference.hostCode ?? 'none'), 'the host code does not');
    assert.ok(item?.fields.places.some((place) => place.name.includes(id)), 'the link stands in the location');
    await stage.dial('201', conference.accessCode, /not open yet/);
  });

  it('pressed again it repairs, and there is still exactly one block', async () => {
    await desk.outlook(async (outlook) => {
      await outlook.press('Conference > Add conference');
      await outlook.idle();
    });
    const item = await desk.outlook((outlook) => outlook.item);
    assert.equal(item?.fields.body.content.match(/Join the conference/g)?.length, 1);
    assert.equal(await desk.idInBody(), id);
  });

  it('Send makes the code valid', async () => {
    const sent = await desk.outlook((outlook) => outlook.send());
    assert.equal(sent.kind, 'sent');
    const conference = await stage.conferenceIs(id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'agreed', 'scheduled and agreed');
    assert.equal(conference.subject, 'Weekly logistics');
    assert.equal(conference.history.map(({ to }) => to).join(' > '), 'held > scheduled');
  });

  it('the phone lets an invited person in by the right code, the host code as administrator, and refuses a wrong one', async () => {
    const { accessCode, hostCode } = await stage.conference(id);
    await stage.dial('202', '111222333', 'That code is not known.');
    await stage.dial('202', accessCode, /leader arrives/);
    await stage.dial('201', hostCode ?? '');
    const members = stage.tieline.lab.asterisk.rooms().flatMap((room) => room.members);
    assert.deepEqual(members.map(({ phone, admin }) => `${phone} ${admin ? 'admin' : 'guest'}`).toSorted(), ['201 admin', '202 guest']);
    const live = await stage.conferenceIs(id, ({ state, participants }) => state === 'live' && participants === 2, 'live with two');
    assert.equal(live.why, 'first-joined');
    stage.tieline.lab.asterisk.phone('201').hangUp();
    stage.tieline.lab.asterisk.phone('202').hangUp();
    await stage.conferenceIs(id, ({ participants }) => participants === 0, 'empty');
  });

  it('wrong codes are counted: after five the phone is not heard, another one is', async () => {
    for (let guess = 0; guess < 4; guess++) await stage.dial('203', `11122233${guess}`, 'That code is not known.');
    await stage.dial('203', '111222339', /not known|Too many/);
    const { accessCode } = await stage.conference(id);
    await stage.dial('203', accessCode, /Too many wrong codes/);
    await stage.dial('202', accessCode, /leader arrives/);
    stage.tieline.lab.asterisk.phone('202').hangUp();
  });

  it('a change in Outlook is followed by the send handler alone: no pane, no token from Office, no word of the calendar', async () => {
    const { notifications } = stage.tieline.lab.graph.faults;
    notifications.lost = 1;
    const event = stage.tieline.lab.exchange.list(anna).find((each) => each.subject === 'Weekly logistics');
    assert.ok(event);
    await desk.outlook(async (outlook, { id: eventId, start }) => {
      // 13001: nobody is signed in to Office.
      outlook.failAlways(98, 13_001);
      await outlook.open({ mode: 'edit', id: eventId });
      await outlook.idle();
      outlook.edit({ start, end: start + 1_800_000 });
      await outlook.send();
    }, { id: event.ewsId, start: event.start + hour });
    await stage.conferenceIs(id, ({ startsAt }) => startsAt === new Date(event.start + hour).toISOString(), 'an hour later');
    notifications.lost = 0;
    await desk.outlook((outlook) => outlook.failAlways(98, null));
  });

  it('a move in the calendar, which no add-in hears, is followed by the server', async () => {
    const event = stage.tieline.lab.exchange.list(anna).find((each) => each.subject === 'Weekly logistics');
    assert.ok(event);
    stage.tieline.lab.exchange.move(anna, event.id, event.start + 2 * hour, event.end + 2 * hour);
    const moved = await stage.conferenceIs(id, ({ startsAt }) => startsAt === new Date(event.start + 2 * hour).toISOString(), 'two hours later');
    assert.equal(moved.state, 'scheduled');
    await stage.dial('202', moved.accessCode, 'Your conference opens at');
  });

  it('who was invited joins from their own Outlook, and takes the meeting into another calendar', async () => {
    const copy = stage.tieline.lab.exchange.list(jonas).find(({ subject }) => subject === 'Weekly logistics');
    const guest = await stage.open(`/lab/outlook?mode=none&person=${encodeURIComponent(jonas)}`);
    await guest.outlook((outlook, eventId) => outlook.open({ mode: 'edit', id: eventId }), copy?.ewsId ?? '');
    await guest.outlook((outlook) => outlook.press('Join'));
    const pane = await (await guest.page.waitForSelector('.ol-pane iframe')).contentFrame();
    assert.ok(pane);
    const [joining] = await Promise.all([guest.page.context().waitForEvent('page'), pane.getByRole('link', { name: 'Join', exact: true }).click()]);
    assert.equal(joining.url(), `${stage.tieline.origin}/j/${id}`);
    const { accessCode } = await stage.conference(id);
    assert.ok((await pane.locator('.panel').innerText()).replace(/\s/g, '').includes(accessCode));
    const shown = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(copy?.start);
    await pane.getByText(`${shown} to`).waitFor();
    const address = await pane.getByRole('link', { name: /ICS/ }).getAttribute('href');
    const file = await guest.page.request.get(address ?? '');
    assert.match(file.headers()['content-disposition'] ?? '', /^attachment; filename="?[^"]+\.ics"?/);
    const event = new ICAL.Event(new ICAL.Component(ICAL.parse(await file.text())).getFirstSubcomponent('vevent') ?? undefined);
    assert.equal(event.startDate.toJSDate().getTime(), copy?.start);
    await guest.close();
  });

  it('deleted in the calendar, which no add-in hears, it refuses everybody', async () => {
    const event = stage.tieline.lab.exchange.list(anna).find((each) => each.subject === 'Weekly logistics');
    assert.ok(event);
    stage.tieline.lab.exchange.remove(anna, event.id);
    const { accessCode, why } = await stage.conferenceIs(id, ({ state, bridge }) => state === 'cancelled' && bridge.state === 'closed', 'cancelled and closed');
    assert.equal(why, 'deleted-in-calendar');
    await stage.dial('202', accessCode, 'No such conference.');
  });

  it('on the page that the README opens, with the pane beside the invite and all systems live below, the button writes as well', async () => {
    const lab = await stage.open('/lab/');
    const pane = lab.page.frameLocator('.ol-pane iframe');
    await pane.getByRole('button', { name: 'Add conference' }).waitFor();
    await pane.locator('[data-page=availability]').waitFor();
    await lab.page.getByRole('button', { name: 'Conference', exact: true }).click();
    await lab.page.getByRole('menuitem', { name: 'Add conference' }).click();
    // A browser grants a server six connections: streams that took them all would leave none for this.
    const written = await lab.idInBody();
    assert.equal((await stage.conference(written)).state, 'held');
    await lab.close();
  });
});
