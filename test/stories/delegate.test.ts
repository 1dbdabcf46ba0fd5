import assert from 'node:assert/strict';
import { openStage, type Desk, type Stage } from '../support/tieline.ts';
import { until } from '../support/until.ts';

const jonas = 'jonas.weber@example.com';

/** A delegate books in the calendar of somebody else, through the real office.js: whose calendar it is, Outlook says; whether it is real, that calendar. */
describe('story: an assistant adds a conference in the calendar that they keep for somebody', function () {
  this.timeout(90_000);
  let stage: Stage;
  let desk: Desk;

  before(async () => {
    stage = await openStage();
    desk = await stage.open();
    await desk.outlook((outlook, owner) => outlook.open({ mode: 'new', owner }), jonas);
  });
  after(async () => stage?.stop());

  it('it is the owner\'s conference, booked by the assistant; sent it stands in the owner\'s calendar, and is real from then on', async () => {
    await desk.outlook((outlook) => outlook.edit({
      subject: 'Board', body: { type: 'html', content: '<p>Agenda</p>' }, attendees: [{ name: 'Maria', address: 'maria@partner.example', type: 'required', response: 'none' }],
    }));
    await desk.outlook(async (outlook) => {
      await outlook.press('Conference > Add conference');
      await outlook.idle();
    });
    const id = await desk.idInBody();
    const held = await stage.conference(id);
    assert.deepEqual([held.state, held.host.name, held.host.address], ['held', 'Jonas Weber', jonas]);
    assert.match(held.hostCode ?? '', /^\d{9}$/, 'who books for another sees the host code');
    const trace = await desk.outlook((outlook) => outlook.trace);
    assert.ok(trace.some(({ dispid }) => dispid === 108), 'getSharedPropertiesAsync was asked');

    assert.equal((await desk.outlook((outlook) => outlook.send())).kind, 'sent');
    await stage.conferenceIs(id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'agreed', 'real');
    const { exchange } = stage.tieline.lab;
    const inCalendarOf = (who: string) => exchange.list(who).filter(({ body }) => body.content.includes(id));
    assert.deepEqual([inCalendarOf(jonas).length, inCalendarOf('anna.berger@example.com').length], [1, 0]);

    exchange.cancel(jonas, inCalendarOf(jonas)[0]?.id ?? '');
    await stage.conferenceIs(id, ({ state, why }) => state === 'cancelled' && why !== 'time-over', 'cancelled with its event');
    await until(() => inCalendarOf(jonas).length === 0);
  });
});
