import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HoldResponse } from '../../contract/conference/conference.ts';
import { anna, openStage, type Stage, doorIsOpen } from '../support/tieline.ts';

/** What breaks around a conference, one thing at a time, with the real server as a process of its own. */

const hour = 3_600_000;

describe('story: what breaks, mends, and nothing acknowledged is lost', function () {
  this.timeout(90_000);
  let stage: Stage;

  before(async () => {
    // On its own embedded database, so that the database can be killed, too.
    stage = await openStage({ database: 'embedded', browser: false });
  });

  after(async () => stage.stop());

  afterEach(async () => {
    const { lab } = stage.tieline;
    await lab.asterisk.faults.mendAll();
    lab.graph.faults.mend();
  });

  /** Holds a conference the way the button does; the meeting begins in eight minutes. */
  async function hold(): Promise<HoldResponse> {
    const start = stage.tieline.clock.now() + 8 * 60_000;
    return stage.api<HoldResponse>('POST', '/api/v1/conferences', { idempotencyKey: crypto.randomUUID(), ...facts(start) });
  }

  function facts(start: number) {
    return { subject: 'Weekly logistics', startsAt: new Date(start).toISOString(), endsAt: new Date(start + 45 * 60_000).toISOString(), timeZone: 'Europe/Berlin' };
  }

  /** Says what the send handler says, then puts the event into the calendar as Outlook does. */
  async function send({ conference, block }: HoldResponse): Promise<string> {
    const start = Date.parse(conference.startsAt ?? '');
    await stage.api('PUT', `/api/v1/conferences/${conference.id}/invite`, facts(start));
    return inCalendar(block.html, start);
  }

  function inCalendar(html: string, start: number): string {
    const { lab } = stage.tieline;
    return lab.exchange.send(anna, { subject: 'Weekly logistics', body: { type: 'html', content: html }, start, end: start + 45 * 60_000, attendees: [{ address: 'jonas.weber@example.com' }] }).id;
  }

  /** Scheduled, agreed by the bridge, and shown by the calendar: each is a version of its own. */
  async function seen({ conference }: HoldResponse): Promise<void> {
    await stage.conferenceIs(conference.id, ({ state, version }) => state === 'scheduled' && version >= 4, 'shown by the calendar');
  }

  it('bridge away at send: the invite goes, the booking follows when the bridge is back', async () => {
    const held = await hold();
    const mend = await stage.tieline.lab.asterisk.faults.down();
    await send(held);
    const waiting = await stage.conferenceIs(held.conference.id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'pending' && bridge.lastError !== null, 'scheduled and waiting for the bridge');
    assert.match(waiting.bridge.lastError ?? '', /pbx/);
    await mend();
    await stage.conferenceIs(held.conference.id, ({ bridge }) => bridge.state === 'agreed', 'agreed once the bridge is back');
  });

  it('bridge half open: it does not stay "agreed" by accident, and is agreed when mended', async () => {
    const held = await hold();
    const mend = stage.tieline.lab.asterisk.faults.halfOpen();
    await send(held);
    await stage.conferenceIs(held.conference.id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'pending', 'waiting');
    await mend();
    stage.tieline.clock.advance(60_000);
    await stage.conferenceIs(held.conference.id, ({ bridge }) => bridge.state === 'agreed', 'agreed once mended');
  });

  it('the server is killed (−9) right after it acknowledged the send: the conference is scheduled, once', async () => {
    const held = await hold();
    await send(held);
    stage.tieline.killServer();
    await stage.tieline.ready();
    // Work that the dead process had taken is its own for 15 s.
    stage.tieline.clock.advance(16_000);
    const conference = await stage.conferenceIs(held.conference.id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'agreed', 'scheduled after the restart');
    assert.equal(conference.history.filter(({ to }) => to === 'scheduled').length, 1);
    assert.ok(stage.tieline.restarts() >= 1);
    await stage.dial('202', conference.accessCode, doorIsOpen);
    stage.tieline.lab.asterisk.phone('202').hangUp();
  });

  it('the server is dead while the event is deleted: it is noticed after the restart', async () => {
    const held = await hold();
    const eventId = await send(held);
    await seen(held);
    stage.tieline.killServer();
    stage.tieline.lab.exchange.remove(anna, eventId);
    await stage.tieline.ready();
    stage.tieline.clock.advance(16_000);
    await stage.conferenceIs(held.conference.id, ({ state, bridge }) => state === 'cancelled' && bridge.state === 'closed', 'cancelled after the restart');
  });

  it('every notification lost: the sweep finds a cancellation within its minute', async () => {
    const held = await hold();
    const eventId = await send(held);
    await seen(held);
    stage.tieline.lab.graph.faults.notifications.lost = 1;
    stage.tieline.lab.exchange.cancel(anna, eventId);
    stage.tieline.clock.advance(65_000);
    const cancelled = await stage.conferenceIs(held.conference.id, ({ state }) => state === 'cancelled', 'cancelled by the sweep');
    await stage.dial('202', cancelled.accessCode, 'No such conference.');
  });

  it('Graph answers 429: nobody is lost, the change arrives when the time is over', async () => {
    const held = await hold();
    const eventId = await send(held);
    await seen(held);
    stage.tieline.lab.graph.faults.throttle('2');
    stage.tieline.lab.exchange.move(anna, eventId, Date.parse(held.conference.startsAt ?? '') + hour, Date.parse(held.conference.startsAt ?? '') + 2 * hour);
    stage.tieline.clock.advance(3_000);
    stage.tieline.lab.graph.faults.throttle(null);
    stage.tieline.clock.advance(120_000);
    await stage.conferenceIs(held.conference.id, ({ startsAt }) => Date.parse(startsAt ?? '') === Date.parse(held.conference.startsAt ?? '') + hour, 'moved');
  });

  it('the database is killed (−9) and comes back: requests say so meanwhile, and work goes on', async () => {
    const held = await hold();
    const pid = Number((await readFile(join(stage.data, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await stage.conferenceIs(held.conference.id, ({ state }) => state === 'held', 'held, from the database that came back');
    await send(held);
    await stage.conferenceIs(held.conference.id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'agreed', 'scheduled');
  });

  it('rights taken away by the PBX: /readyz names what is missing and how to mend it', async () => {
    const mend = stage.tieline.lab.asterisk.faults.permissionRefused();
    await stage.tieline.lab.asterisk.faults.restart();
    const end = Date.now() + 15_000;
    for (;;) {
      const ready = (await (await fetch(`${stage.tieline.serverAddress()}/readyz`)).json()) as { connectors: { instance: string; state: string; gaps: { remedy: string }[] }[] };
      const pbx = ready.connectors.find((each) => each.instance === 'pbx');
      if (pbx?.state === 'refused') {
        assert.match(pbx.gaps.map((gap) => gap.remedy).join(' '), /manager/);
        break;
      }
      assert.ok(Date.now() < end, `never refused: ${JSON.stringify(pbx)}`);
      stage.tieline.clock.advance(5_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await mend();
  });
});
