import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anna, createConferenceWorld, joinBase, minute, start, type ConferenceWorld } from '../support/conference-world.ts';
import { anEvent } from '../support/conference.ts';
import { testStore } from '../support/database.ts';
import { day } from '../../server/features/conference/conference.ts';
import type { Store } from '../../server/store/connect.ts';

/** What can happen, in any order: people, calendars, bridges and processes. */
const step = fc.oneof(
  fc.constant('send' as const), fc.constant('claim-sent-only' as const), fc.constant('move' as const), fc.constant('cancel' as const), fc.constant('delete' as const),
  fc.constant('take-link-out' as const), fc.constant('undelete' as const), fc.constant('bridge-away' as const), fc.constant('bridge-back' as const),
  fc.constant('calendar-away' as const), fc.constant('calendar-back' as const), fc.constant('crash' as const), fc.constant('join' as const), fc.constant('leave' as const),
  fc.constant('minute' as const), fc.constant('hour' as const), fc.constant('work' as const),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const begins = start + 3 * day;
const histories = Number(process.env.TIELINE_HISTORIES ?? 40);

interface Run {
  world: ConferenceWorld;
  id: string;
  key: string;
  version: number;
  room: string;
  startsAt: number;
  isInCalendar: boolean;
  hasLink: boolean;
}

async function beginRun(store: Store): Promise<Run> {
  await store.db.deleteFrom('calendar_watch').execute();
  await store.db.deleteFrom('work').execute();
  const world = createConferenceWorld(store);
  const key = crypto.randomUUID();
  const { conference } = await world.feature.handlers.hold({ params: {}, query: {}, body: { idempotencyKey: key, language: 'en', ...times(begins) } }, anna);
  const row = await store.db.selectFrom('conference').select('room').where('id', '=', conference.id).executeTakeFirstOrThrow();
  return { world, id: conference.id, key, version: 0, room: row.room, startsAt: begins, isInCalendar: false, hasLink: true };
}

function times(at: number) {
  return { startsAt: new Date(at).toISOString(), endsAt: new Date(at + 30 * minute).toISOString(), timeZone: 'UTC', subject: 'x' };
}

function showEvent(run: Run): void {
  run.version += 1;
  run.isInCalendar = true;
  const content = run.hasLink ? `<p>${joinBase}${run.id}</p>` : '<p>nothing</p>';
  run.world.calendar.put(anEvent({ id: run.key, iCalUId: run.key, startsAt: run.startsAt, endsAt: run.startsAt + 30 * minute, body: { format: 'html', content }, version: `v${run.version}` }));
}

const commit = (run: Run): Promise<unknown> => run.world.feature.handlers.commit({ params: { id: run.id }, query: {}, body: times(run.startsAt) }, anna).catch(() => undefined);

const doing: Record<Step, (run: Run) => Promise<void> | void> = {
  async send(run) {
    run.hasLink = true;
    await commit(run);
    showEvent(run);
  },
  'claim-sent-only': async (run) => void (await commit(run)),
  move(run) {
    run.startsAt += 60 * minute;
    if (run.isInCalendar) showEvent(run);
  },
  cancel: (run) => doing.delete(run),
  delete(run) {
    run.isInCalendar = false;
    run.world.calendar.remove(run.key);
  },
  'take-link-out'(run) {
    run.hasLink = false;
    if (run.isInCalendar) showEvent(run);
  },
  undelete(run) {
    if (!run.isInCalendar && run.version > 0) showEvent(run);
  },
  'bridge-away': (run) => run.world.bridge.setAway(true),
  'bridge-back': (run) => run.world.bridge.setAway(false),
  'calendar-away': (run) => run.world.calendar.setAway(true),
  'calendar-back': (run) => run.world.calendar.setAway(false),
  crash: (run) => run.world.crash(),
  join: (run) => run.world.bridge.join(run.room),
  leave: (run) => run.world.bridge.leave(run.room),
  minute: (run) => run.world.clock.advance(minute),
  hour: (run) => run.world.clock.advance(60 * minute),
  work: async (run) => void (await run.world.work()),
};

describe('promise 1: joinable if, and only if, the event with its link stands in the organizer\'s calendar', () => {
  let store: Store;
  let close: () => Promise<void>;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await store.db.insertInto('tenant').values({ tenant_id: 'default', name: 'Test', created_at: new Date(start) }).onConflict((each) => each.doNothing()).execute();
  });

  after(async () => close());

  it(`holds within a day after the last fault, with every notification lost, in ${histories} random histories`, async function () {
    this.timeout(180_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 50 }), async (steps) => {
        const run = await beginRun(store);
        for (const each of steps) await doing[each](run);
        run.world.calendar.setAway(false);
        run.world.bridge.leave(run.room);
        run.world.bridge.setAway(false);
        for (let hours = 0; hours < 24; hours++) {
          run.world.clock.advance(60 * minute);
          await run.world.work();
        }
        const row = await store.db.selectFrom('conference').selectAll().where('id', '=', run.id).executeTakeFirstOrThrow();
        const isAhead = run.startsAt + 60 * minute > run.world.clock.now();
        const shouldBe = run.isInCalendar && run.hasLink && isAhead;
        const isJoinable = row.state === 'scheduled' || row.state === 'live';
        assert.equal(isJoinable, shouldBe, `is ${row.state} (${row.why}), in the calendar: ${run.isInCalendar}, link: ${run.hasLink}, ahead: ${isAhead}`);
        if (isJoinable) assert.equal(row.starts_at?.getTime(), run.startsAt);
        assert.equal(row.bridge_state, isJoinable ? 'agreed' : row.bridge_state === 'none' ? 'none' : 'closed');
      }),
      { numRuns: histories, verbose: 1 },
    );
  });
});
