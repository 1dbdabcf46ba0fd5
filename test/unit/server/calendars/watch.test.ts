import assert from 'node:assert/strict';
import { createCalendars, type CalendarListener, type CalendarNews, type Calendars } from '../../../../server/calendars/index.ts';
import { createMemoryCalendar, type MemoryCalendar } from '../../../../server/connectors/memory/index.ts';
import { TheirError } from '../../../../server/domain/errors.ts';
import { silent } from '../../../../server/ports/log.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { putWork } from '../../../../server/store/work.ts';
import { createLabClock } from '../../../../lab/clock.ts';
import { inTenant } from '../../../support/conference-steps.ts';
import { testStore } from '../../../support/database.ts';
import { workUntilQuiet } from '../../../support/work.ts';

const start = Date.parse('2026-11-21T09:52:00Z');
const hour = 60 * 60_000;
const mailbox = { instance: 'm365', id: 'ada' };
const tenantId = 'default';

/** A feature that only listens. */
function listener(reason: string, more: Partial<CalendarListener> = {}): CalendarListener & { news: CalendarNews[] } {
  const news: CalendarNews[] = [];
  return { reason, texts: 'all', news, heard: async (each) => void news.push(each), ...more };
}

describe('calendars: one watch for all features', () => {
  let store: Store;
  let close: () => Promise<void>;
  let clock: ReturnType<typeof createLabClock>;
  let memory: MemoryCalendar;
  let calendars: Calendars;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
  });
  beforeEach(async () => {
    for (const table of ['calendar_watch', 'calendar_want', 'work'] as const) await store.db.deleteFrom(table).execute();
    clock = createLabClock({ startAt: start, paused: true });
    memory = createMemoryCalendar({ instance: 'm365', clock, joinBase: 'https://x/j', mailboxes: [{ id: 'ada', addresses: ['ada@example.com'], displayName: 'Ada' }], wake: { mark: async () => undefined } });
    calendars = createCalendars({ clock, log: silent, store, sources: [memory.port], gatherMs: 0, sweepMs: 6 * hour, effect: (_name, run) => run() });
  });
  after(async () => close());

  const wants = (...reasons: string[]) => store.transaction(async (tx) => {
    for (const reason of reasons) await calendars.watch(tx, tenantId, mailbox, reason);
  });
  const letGo = (reason: string) => store.transaction((tx) => calendars.letGo(tx, tenantId, mailbox, reason));
  const work = () => workUntilQuiet(store, clock, calendars.workHandlers);
  const add = (subject: string, more: object = {}): string => memory.events.add('ada', { subject, startsAt: start + hour, endsAt: start + 2 * hour, ...more });

  async function nextRound(): Promise<unknown[]> {
    clock.advance(6 * hour);
    return work();
  }

  it('two features share one subscription and one reading; one of them gets no texts', async () => {
    const [all, times] = [listener('conference'), listener('availability', { texts: 'times' })];
    calendars.listen(all);
    calendars.listen(times);
    add('Budget', { location: 'Room 1', showAs: 'oof' });
    await wants('conference', 'availability');
    assert.deepEqual(await work(), []);
    assert.equal(memory.subscriptions().length, 1);
    const [told] = all.news;
    assert.deepEqual([told?.events.map(({ subject }) => subject), told?.sweep?.isWhole], [['Budget'], true]);
    assert.deepEqual(times.news[0]?.events.map(({ subject, location, body, showAs, startsAt }) => [subject, location, body.content, showAs, startsAt]), [['', '', '', 'oof', start + hour]]);
  });

  it('the window is one day back and fourteen ahead', async () => {
    const all = listener('conference');
    calendars.listen(all);
    await wants('conference');
    await work();
    const day = 24 * hour;
    assert.deepEqual(all.news[0]?.sweep?.window, { from: start - day, to: start + 14 * day });
  });

  it('goes on while one feature wants it, and ends with the last: unsubscribed, forgotten, no work left', async () => {
    await wants('conference', 'availability');
    await work();
    await letGo('availability');
    assert.deepEqual(await work(), []);
    assert.equal(memory.subscriptions().length, 1);
    await letGo('conference');
    assert.deepEqual(await work(), []);
    assert.deepEqual([memory.subscriptions(), await calendars.watchOf(tenantId, mailbox)], [[], null]);
    assert.deepEqual(await store.db.selectFrom('work').select('kind').execute(), []);
  });

  it('a mailbox that its feature no longer needs is let go by the next round, even if nobody said so', async () => {
    let isNeeded = true;
    calendars.listen(listener('conference', { stillWants: async () => isNeeded }));
    await wants('conference');
    await work();
    await nextRound();
    assert.deepEqual(await calendars.reasonsOf(tenantId, mailbox), ['conference']);
    isNeeded = false;
    await nextRound();
    assert.deepEqual([memory.subscriptions(), await calendars.watchOf(tenantId, mailbox)], [[], null]);
  });

  it('a watch without a reason in the table (the release before wrote none) lives while a feature says that it needs it', async () => {
    calendars.listen(listener('conference', { stillWants: async () => true }));
    await wants('conference');
    await work();
    await store.db.deleteFrom('calendar_want').execute();
    await calendars.resume(tenantId);
    assert.deepEqual(await work(), []);
    assert.deepEqual(await calendars.reasonsOf(tenantId, mailbox), ['conference']);
  });

  it('asked for again while it is let go, it is watched on', async () => {
    await wants('conference');
    await work();
    const { unsubscribe } = memory.port;
    memory.port.unsubscribe = async (id) => {
      await unsubscribe(id);
      await wants('availability');
    };
    await letGo('conference');
    assert.deepEqual(await work(), []);
    assert.deepEqual([memory.subscriptions().length, await calendars.reasonsOf(tenantId, mailbox)], [1, ['availability']]);
  });

  it('a feature that fails hides nothing from the others, and hears it again', async () => {
    let fails = true;
    const heard: number[] = [];
    calendars.listen(listener('first', {
      heard: async () => {
        if (fails) throw new Error('no');
        heard.push(1);
      },
    }));
    const second = listener('second');
    calendars.listen(second);
    await wants('first', 'second');
    assert.match(String((await work())[0]), /no/);
    assert.equal(second.news.length > 0, true);
    fails = false;
    clock.advance(2_000);
    assert.deepEqual(await work(), []);
    assert.deepEqual(heard, [1]);
  });

  it('one event that cannot be read now does not hold up its calendar: it is read by itself until it can be', async () => {
    const all = listener('conference');
    calendars.listen(all);
    const [bad, good] = [add('Bad'), add('Good')];
    const { changes, event } = memory.port;
    memory.port.changes = async (...asked) => {
      const page = await changes(...asked);
      return { ...page, events: page.events.filter(({ id }) => id !== bad), unread: [bad] };
    };
    let isBroken = true;
    memory.port.event = async (...asked) => {
      if (isBroken) throw new TheirError('m365', 'unavailable', 'cannot now');
      return event(...asked);
    };
    await wants('conference');
    assert.match(String((await work())[0]), /cannot now/);
    assert.deepEqual(all.news.flatMap(({ events }) => events.map(({ id }) => id)), [good]);
    assert.notEqual((await calendars.watchOf(tenantId, mailbox))?.sweptAt, null);
    isBroken = false;
    clock.advance(2_000);
    assert.deepEqual(await work(), []);
    assert.deepEqual(all.news.at(-1)?.events.map(({ id }) => id), [bad]);
  });

  it('an event that can never be read is given up after some tries, not asked for for ever', async () => {
    let asked = 0;
    memory.port.event = async () => {
      asked += 1;
      throw new TheirError('m365', 'unreadable', 'nonsense');
    };
    await wants('conference');
    await work();
    await calendars.readLater(tenantId, mailbox, 'odd', 0);
    for (let n = 0; n < 20; n++) {
      await work();
      clock.advance(2_000);
    }
    assert.equal(asked, 7);
    assert.deepEqual(await store.db.selectFrom('work').select('key').where('kind', '=', 'calendar.event').execute(), []);
  });

  describe('where what is near now is enough', () => {
    let asked: string[];
    const near = (more: Partial<CalendarListener> = {}): ReturnType<typeof listener> => listener('availability', { reach: 'window', ...more });
    const notice = (eventId: string) => store.transaction((tx) => putWork(tx, { tenantId, kind: 'calendar.event', key: `m365/ada/${eventId}`, dueAt: clock.now() }));
    const asks = (): string[] => asked.splice(0);

    /** Counts what the calendar is asked. */
    function recorded(capabilities: Partial<MemoryCalendar['port']['capabilities']> = {}): void {
      asked = [];
      const port = new Proxy(memory.port, { get: (target, name, receiver) => {
        if (name === 'capabilities') return { ...target.capabilities, ...capabilities };
        const value: unknown = Reflect.get(target, name, receiver);
        return typeof value === 'function' ? (...given: unknown[]) => (asked.push(String(name)), (value as (...all: unknown[]) => unknown).apply(target, given)) : value;
      } });
      calendars = createCalendars({ clock, log: silent, store, sources: [port], gatherMs: 1_000, sweepMs: 6 * hour, effect: (_name, run) => run() });
    }

    /** Turns the clock in steps of a minute, and works. */
    async function pass(ms: number): Promise<void> {
      for (let gone = 0; gone < ms; gone += 60_000) {
        clock.advance(60_000);
        assert.deepEqual(await work(), []);
      }
    }

    it('notices within a second are one list of changes, and one that a list has answered already costs nothing', async () => {
      recorded();
      const feature = near();
      calendars.listen(feature);
      await wants('availability');
      await work();
      assert.deepEqual(asks().toSorted(), ['changes', 'subscribe']);
      const [first, second] = [add('One'), add('Two')];
      clock.advance(10);
      for (const id of [first, second, first]) await notice(id);
      await work();
      assert.deepEqual(asks(), [], 'gathered first');
      clock.advance(1_000);
      await work();
      assert.deepEqual(asks(), ['changes']);
      assert.deepEqual(feature.news.at(-1)?.events.map(({ subject }) => subject), ['One', 'Two']);
      // A notice from before that list, which was held up on its way.
      await putWork(store.db, { tenantId, kind: 'calendar.event', key: 'm365/ada/late', dueAt: clock.now() - 500 });
      await work();
      clock.advance(2_000);
      await work();
      assert.deepEqual(asks(), []);
    });

    it('a feature that wants everything still has each event read by its id', async () => {
      recorded();
      calendars.listen(near());
      calendars.listen(listener('conference'));
      await wants('availability', 'conference');
      await work();
      asks();
      await notice(add('Far away', { startsAt: start + 400 * 24 * hour, endsAt: start + 400 * 24 * hour + hour }));
      await work();
      assert.deepEqual(asks(), ['event']);
    });

    it('a week of rounds reads whole once, and leaves out what notices have led to', async () => {
      recorded();
      calendars.listen(near());
      await wants('availability');
      await work();
      asks();
      for (let n = 0; n < 28; n++) {
        clock.advance(6 * hour);
        assert.deepEqual(await work(), []);
      }
      const asked28 = asks();
      assert.equal(asked28.filter((name) => name === 'renew').length, 1);
      assert.ok(asked28.filter((name) => name === 'changes').length <= 28, String(asked28.length));
    });

    it('notices that are lost on the way: found by the round, then looked for every ten minutes, with growing pauses while there is nothing', async () => {
      recorded();
      calendars.listen(near());
      await wants('availability');
      await work();
      memory.loseSubscriptions();
      asks();
      await pass(3 * hour);
      assert.deepEqual(asks(), [], 'a quiet calendar that is told about is left alone');
      add('Untold');
      await pass(3 * hour + 60_000);
      assert.deepEqual(asks(), ['changes']);
      add('Untold, too');
      await pass(10 * 60_000);
      assert.deepEqual(asks(), ['changes']);
      await pass(6 * hour);
      // After 10, 20, 40, 80 and 160 minutes, and no storm.
      assert.equal(asks().length, 5);
    });

    it('a system that tells nothing is asked six times an hour', async () => {
      recorded({ notifications: false });
      calendars.listen(near());
      await wants('availability');
      await work();
      asks();
      await pass(hour);
      assert.deepEqual(asks(), ['changes', 'changes', 'changes', 'changes', 'changes', 'changes']);
    });

    it('times only: no other question is asked, no other feature hears of it, and a later wish for more reads anew', async () => {
      recorded();
      const [times, conference] = [listener('times', { reach: 'times', texts: 'times' }), listener('conference')];
      calendars.listen(times);
      calendars.listen(conference);
      await wants('times');
      await work();
      await notice(add('Secret'));
      await work();
      clock.advance(2_000);
      await work();
      await nextRound();
      assert.deepEqual([...new Set(asks())].toSorted(), ['subscribe', 'times']);
      assert.deepEqual([conference.news, JSON.stringify(times.news).includes('Secret')], [[], false]);
      assert.deepEqual([times.news.at(-1)?.told, times.news.at(-1)?.sweep?.isWhole, times.news.at(-1)?.events.length], ['times', true, 1]);
      await wants('conference');
      await work();
      assert.deepEqual(asks(), ['changes']);
      assert.deepEqual(conference.news.at(-1)?.events.map(({ subject }) => subject), ['Secret']);
    });
  });

  for (const fault of ['denied', 'gone'] as const) {
    it(`a mailbox that is ${fault} is left alone with reason and instant, for its subscription and its events too, until a round can read it again`, async () => {
      const refuse = async (): Promise<never> => {
        throw new TheirError('m365', fault, 'refuses us');
      };
      const { changes, subscribe, event } = memory.port;
      Object.assign(memory.port, { changes: refuse, subscribe: refuse, event: refuse });
      await wants('conference');
      await calendars.readLater(tenantId, mailbox, 'some', 0);
      assert.deepEqual(await work(), []);
      const parked = await calendars.watchOf(tenantId, mailbox);
      assert.match(parked?.parked ?? '', /refuses us/);
      await nextRound();
      assert.equal((await calendars.watchOf(tenantId, mailbox))?.parkedSince, start, 'since it began');
      Object.assign(memory.port, { changes, subscribe, event });
      await nextRound();
      assert.deepEqual([(await calendars.watchOf(tenantId, mailbox))?.parked, (await calendars.watchOf(tenantId, mailbox))?.parkedSince], [null, null]);
      assert.equal(memory.subscriptions().length, 1);
    });
  }
});
