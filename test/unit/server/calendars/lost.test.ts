import assert from 'node:assert/strict';
import { createCalendars, type CalendarListener, type CalendarLoss, type CalendarNews, type Calendars } from '../../../../server/calendars/index.ts';
import { createMemoryCalendar, type MemoryCalendar } from '../../../../server/connectors/memory/index.ts';
import { TheirError } from '../../../../server/domain/errors.ts';
import { silent } from '../../../../server/ports/log.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { createLabClock } from '../../../../lab/clock.ts';
import { inTenant } from '../../../support/conference-steps.ts';
import { testStore } from '../../../support/database.ts';
import { workUntilQuiet } from '../../../support/work.ts';

const start = Date.parse('2026-11-21T09:52:00Z');
const minute = 60_000;
const hour = 60 * minute;
const mailbox = { instance: 'm365', id: 'ada' };
const tenantId = 'default';

describe('calendars: a mailbox that refuses us', () => {
  let store: Store;
  let close: () => Promise<void>;
  let clock: ReturnType<typeof createLabClock>;
  let memory: MemoryCalendar;
  let calendars: Calendars;
  /** How often the whole mailbox was asked for, and with which cursor. */
  let asked: (string | null)[];
  let refusal: 'denied' | 'gone' | null;
  let feature: CalendarListener & { news: CalendarNews[]; losses: CalendarLoss[] };

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
  });
  beforeEach(async () => {
    for (const table of ['calendar_watch', 'calendar_want', 'work'] as const) await store.db.deleteFrom(table).execute();
    clock = createLabClock({ startAt: start, paused: true });
    memory = createMemoryCalendar({ instance: 'm365', clock, joinBase: 'https://x/j', mailboxes: [{ id: 'ada', addresses: ['ada@example.com'], displayName: 'Ada' }], wake: { mark: async () => undefined } });
    refusal = null;
    asked = [];
    const { changes, subscribe, renew } = memory.port;
    const orRefuse = <Asked extends unknown[], T>(run: (...given: Asked) => Promise<T>) => async (...given: Asked): Promise<T> => {
      if (refusal) throw new TheirError('m365', refusal, 'refuses us');
      return run(...given);
    };
    const changesOrRefuse = orRefuse(changes);
    memory.port.changes = (of, cursor, window) => (asked.push(cursor), changesOrRefuse(of, cursor, window));
    Object.assign(memory.port, { subscribe: orRefuse(subscribe), renew: orRefuse(renew) });
    calendars = createCalendars({ clock, log: silent, store, sources: [memory.port], gatherMs: 0, sweepMs: 6 * hour, effect: (_name, run) => run() });
    feature = { reason: 'availability', reach: 'window', texts: 'all', news: [], losses: [], heard: async (news) => void feature.news.push(news), lost: async (loss) => void feature.losses.push(loss) };
    calendars.listen(feature);
  });
  after(() => close());

  const wants = (reason: string) => store.transaction((tx) => calendars.watch(tx, tenantId, mailbox, reason));
  const work = () => workUntilQuiet(store, clock, calendars.workHandlers);
  const add = (subject: string, more: object = {}): string => memory.events.add('ada', { subject, startsAt: start + hour, endsAt: start + 2 * hour, ...more });

  /** Turns the clock minute by minute; returns after how many minutes the calendar was asked. */
  async function pass(minutes: number): Promise<number[]> {
    const at: number[] = [];
    for (let gone = 1; gone <= minutes; gone++) {
      const before = asked.length;
      clock.advance(minute);
      assert.deepEqual(await work(), []);
      if (asked.length > before) at.push(gone);
    }
    return at;
  }

  for (const reason of ['availability', 'everything of it']) {
    it(`is asked again after ten minutes, then ever more seldom, and goes on within that pause once it answers (wanted for: ${reason})`, async () => {
      await wants(reason);
      await work();
      refusal = 'denied';
      // What a notice of a deletion asks for.
      await calendars.lookAtAll(tenantId, 'm365');
      await work();
      assert.match((await calendars.watchOf(tenantId, mailbox))?.parked ?? '', /refuses us/);
      assert.deepEqual(await calendars.leftAlone(tenantId), [{ instance: 'm365', count: 1, since: start, reason: '[m365] refuses us' }]);
      assert.deepEqual(await pass(330), [10, 30, 70, 150, 310]);
      assert.deepEqual(new Set(feature.losses.map(({ fault, since }) => `${fault} since ${since - start}`)), new Set(['denied since 0']));
      refusal = null;
      memory.loseSubscriptions();
      add('While it was closed');
      await pass(320);
      const back = await calendars.watchOf(tenantId, mailbox);
      assert.deepEqual(await calendars.leftAlone(tenantId), []);
      assert.deepEqual([back?.parked, back?.parkedSince, memory.subscriptions()], [null, null, ['ada']], 'it is told about again');
      assert.ok(feature.news.at(-1)?.events.some(({ subject }) => subject === 'While it was closed') || feature.news.at(-2)?.events.some(({ subject }) => subject === 'While it was closed'));
    });
  }

  it('of one that was gone everything is read when it is back; of one that was closed only what changed', async () => {
    add('Budget');
    await wants('availability');
    await work();
    for (const [fault, isWhole] of [['denied', false], ['gone', true]] as const) {
      refusal = fault;
      await calendars.lookAtAll(tenantId, 'm365');
      await work();
      refusal = null;
      feature.news.length = 0;
      await pass(10);
      assert.deepEqual([feature.news[0]?.sweep?.isWhole, feature.news[0]?.events.map(({ subject }) => subject)], [isWhole, isWhole ? ['Budget'] : []], fault);
    }
  });

  it('whoever comes to want a calendar that others watch already is told all that stands in it', async () => {
    const other: CalendarListener & { news: CalendarNews[] } = { reason: 'conference', texts: 'all', news: [], heard: async (news) => void other.news.push(news) };
    calendars.listen(other);
    add('Budget');
    await wants('conference');
    await work();
    feature.news.length = 0;
    await wants('availability');
    await work();
    assert.deepEqual([feature.news[0]?.sweep?.isWhole, feature.news[0]?.events.map(({ subject }) => subject)], [true, ['Budget']]);
    await wants('availability');
    assert.deepEqual(await pass(3), [], 'asking twice is the same as once');
  });
});
