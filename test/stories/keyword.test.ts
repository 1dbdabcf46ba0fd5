import assert from 'node:assert/strict';
import { openStage, anna, type Stage, doorIsOpen } from '../support/tieline.ts';
import { until } from '../support/until.ts';

const jonas = 'jonas.weber@example.com';

describe('story: a conference by a word in the place, from a phone without any add-in (M6)', () => {
  let stage: Stage;

  before(async function () {
    this.timeout(60_000);
    stage = await openStage({ browser: false });
  });
  after(async () => stage.stop());

  it('the meeting gets link, block and codes, the people get one update, and the phone finds it', async function () {
    this.timeout(45_000);
    const { lab, clock } = stage.tieline;
    await until(() => lab.graph.subscriptions().some(({ resource }) => /events$/i.test(resource)));
    const start = clock.now() + 5 * 60_000;
    const { id } = lab.exchange.send(anna, { subject: 'From my phone', start, end: start + 30 * 60_000, locations: [{ name: 'Room 4; @conf' }], attendees: [{ address: jonas }], body: { type: 'html', content: '<p>See you</p>' } });
    const mailed = (): string[] => lab.exchange.mails.filter(({ to, subject }) => to === jonas && subject === 'From my phone').map(({ kind }) => kind);
    assert.deepEqual(mailed(), ['request']);
    await until(() => /\/j\/[a-z2-7]{26}/.test(lab.exchange.read(anna, id)?.locations[0]?.name ?? ''));
    const event = lab.exchange.read(anna, id) ?? assert.fail('the meeting is gone');
    const conferenceId = /\/j\/([a-z2-7]{26})/.exec(event.locations[0]?.name ?? '')?.[1] ?? assert.fail();
    assert.match(event.locations[0]?.name ?? '', /^Room 4; https:/);
    assert.match(event.body.content, /See you/);
    const conference = await stage.conferenceIs(conferenceId, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'agreed', 'scheduled');
    assert.ok(event.body.content.includes(conference.accessCode.slice(0, 3)));
    await stage.dial('202', conference.accessCode, doorIsOpen);
    assert.deepEqual(mailed(), ['request', 'update'], 'one update, and no more');
  });
});
