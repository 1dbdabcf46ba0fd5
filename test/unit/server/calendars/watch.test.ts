import assert from 'node:assert/strict';
import { createCalendars, type CalendarListener, type CalendarNews, type Calendars } from '../../../../server/calendars/index.ts';
import { createMemoryCalendar, type MemoryCalendar } from '../../../../server/connectors/memory/index.ts';
import { TheirError } from '../../../../server/domain/errors.ts';
import { silent } from '../../../../server/ports/log.ts';
import type { Store } from '../../../../server/store/connect.ts';
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
    calendars = createCalendars({ clock, log: silent, store, sources: [memory.port], sweepMs: 6 * hour, effect: (_name, run) => run() });
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
