import assert from 'node:assert/strict';
import type { WebVisitor } from '../../server/ports/admission.ts';
import type { Store } from '../../server/store/connect.ts';
import { holdIn, inTenant, sendIn } from '../support/conference-steps.ts';
import { anna, createConferenceWorld, joinBase, minute, policy, start, type ConferenceWorld } from '../support/conference-world.ts';
import { anEvent } from '../support/conference.ts';
import { testStore } from '../support/database.ts';
import { asteriskWorld } from './asterisk-bridge.ts';
import { jitsiWorld, tokenOf } from './jitsi-bridge.ts';

/** One invite; who comes with it, and when, decides what happens: on every bridge, through its own door (M16). */

type Who = 'host' | 'invited guest' | 'forwarded stranger';

interface Invite {
  id: string;
  passcode: string;
  accessCode: string;
  hostCode: string;
}

/** A way in: what somebody with the invite does, and what comes of it in one word. */
interface Entrance {
  name: string;
  come(invite: Invite, who: Who): Promise<string>;
  stop(): Promise<void>;
}

const begins = start + 30 * minute;
const ends = begins + 30 * minute;
const times = { startsAt: new Date(begins).toISOString(), endsAt: new Date(ends).toISOString() };

const knocksOf = async (world: ConferenceWorld, id: string) => (await world.feature.roomHandlers.room({ params: { id }, query: {}, body: {} }, anna)).room.knocks ?? [];

/** By telephone a host has a code of their own; guest and stranger type the same one, and it is the telephone that tells them apart: the guest's is known, the stranger's is nobody's. */
async function byTelephone(world: ConferenceWorld): Promise<Entrance> {
  const asterisk = await asteriskWorld({ clock: world.clock, admission: world.feature.admission(anna.tenantId) });
  return {
    name: 'Asterisk ConfBridge',
    async come({ id, accessCode, hostCode }, who) {
      const [extension = ''] = asterisk.extensions;
      world.callers.clear();
      if (who === 'invited guest') world.callers.set(extension, ['carl@example.com']);
      const { member, heard, hangUp, decided } = await asterisk.dial(who === 'host' ? hostCode : accessCode);
      const knocks = await knocksOf(world, id);
      if (knocks.length > 0) {
        // A host who looks sees the number, and says yes.
        assert.deepEqual([member, knocks.map(({ number }) => number)], [null, [extension]]);
        await world.feature.roomHandlers.answerKnock({ params: { id, knock: knocks[0]?.id ?? '' }, query: {}, body: { letIn: true } }, anna);
        assert.equal((await decided()).isIn, true);
      }
      hangUp();
      await asterisk.until('the room is empty', () => asterisk.pbx.rooms().length === 0);
      if (knocks.length > 0) return 'asks to be let in';
      if (member) return member.isHost ? 'host' : member.waits ? 'waits' : 'guest';
      return heard.join(' ');
    },
    stop: () => asterisk.stop(),
  };
}

/** By link the join page knows who it is; it hands out a link of the bridge, which asks us once more before it makes the room. */
async function byBrowser(world: ConferenceWorld): Promise<Entrance> {
  const admission = world.feature.admission(anna.tenantId);
  const jitsi = await jitsiWorld({ clock: world.clock, admission: () => admission });
  return {
    name: 'Jitsi Meet',
    async come({ id, passcode }, who) {
      const visitors: Record<Who, WebVisitor> = {
        host: { personId: 'anna', addresses: ['anna@example.com'], passcode: null, from: '192.0.2.1' },
        'invited guest': { personId: 'carl', addresses: ['carl@example.com'], passcode: null, from: '192.0.2.2' },
        'forwarded stranger': { personId: null, addresses: [], passcode, from: '192.0.2.3' },
      };
      const verdict = await admission.decideForPerson(id, visitors[who]);
      if (!verdict.admit) return verdict.refusal;
      const link = await jitsi.bridge.joinLink({ ...verdict, name: who, from: world.clock.now() });
      const joined = await jitsi.through(jitsi.jitsi.join(verdict.room, tokenOf(link)));
      if (joined.endpoint === null) return joined.message;
      const isHost = jitsi.jitsi.rooms.find(verdict.room)?.occupants.some((each) => each.endpoint === joined.endpoint && each.isModerator);
      jitsi.jitsi.rooms.leave(verdict.room, joined.endpoint);
      // Prosody says that the room is over; then it is free to be asked for again.
      await jitsi.until('the end was told', () => jitsi.jitsi.log.lines.at(-1)?.text.startsWith('200') === true);
      return isHost ? 'host' : joined.where === 'lobby' ? 'asks to be let in' : 'guest';
    },
    stop: () => jitsi.stop(),
  };
}

const expected: Record<string, Record<Who | 'too early' | 'after the end', (outcome: string) => boolean>> = {
  'Asterisk ConfBridge': {
    host: (outcome) => outcome === 'host',
    'invited guest': (outcome) => outcome === 'waits',
    'forwarded stranger': (outcome) => outcome === 'asks to be let in',
    // "Please try your call again later", and the time; "The conference has ended".
    'too early': (outcome) => outcome.startsWith('please-try-call-later '),
    'after the end': (outcome) => outcome.startsWith('confbridge-conf-end '),
  },
  'Jitsi Meet': {
    host: (outcome) => outcome === 'host',
    'invited guest': (outcome) => outcome === 'guest',
    'forwarded stranger': (outcome) => outcome === 'asks to be let in',
    'too early': (outcome) => outcome === 'too-early',
    'after the end': (outcome) => outcome === 'ended',
  },
};

describe('one invite, five outcomes, on every bridge', () => {
  let store: Store;
  let close: () => Promise<void>;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
  });
  beforeEach(async () => {
    for (const table of ['conference_guess', 'calendar_watch', 'calendar_want', 'work'] as const) await store.db.deleteFrom(table).execute();
  });
  after(async () => close());

  async function invite(world: ConferenceWorld): Promise<Invite> {
    const { id, passcode, accessCode, hostCode } = await holdIn(world, { ...times, bridge: 'meet' });
    await sendIn(world, id, times);
    const attendees = [{ name: 'Carl', address: 'carl@example.com', kind: 'required' as const, response: 'none' as const }];
    world.calendar.put(anEvent({ id, iCalUId: id, startsAt: begins, endsAt: ends, attendees, body: { format: 'html', content: `${joinBase}${id}` } }));
    await world.work();
    return { id, passcode, accessCode, hostCode: hostCode ?? '' };
  }

  for (const make of [byTelephone, byBrowser]) {
    it(`through the door of ${make === byTelephone ? 'Asterisk ConfBridge' : 'Jitsi Meet'}`, async () => {
      const world = createConferenceWorld(store);
      const sent = await invite(world);
      const entrance = await make(world);
      const wanted = expected[entrance.name];
      assert.ok(wanted);
      try {
        const outcomes: Record<string, string> = {};
        world.clock.set(begins - 20 * minute);
        outcomes['too early'] = await entrance.come(sent, 'host');
        world.clock.set(begins);
        for (const who of ['host', 'invited guest', 'forwarded stranger'] as const) outcomes[who] = await entrance.come(sent, who);
        world.clock.set(ends + policy.closesAfterMs + minute);
        outcomes['after the end'] = await entrance.come(sent, 'host');
        for (const [what, fits] of Object.entries(wanted)) assert.ok(fits(outcomes[what] ?? ''), `${what}: ${outcomes[what]}`);
        assert.notEqual(outcomes['too early'], outcomes['after the end'], 'the two are told apart');
      } finally {
        await entrance.stop();
      }
    });
  }
});
