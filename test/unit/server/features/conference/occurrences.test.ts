import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import type { MemoryDraft } from '../../../../../server/connectors/memory/index.ts';
import { day } from '../../../../../server/features/conference/conference.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, joinBase, mailbox, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';

const hour = 60 * minute;
const zone = 'Europe/Berlin';
const berlin = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();
const utc = (text: string): number => Date.parse(text);

describe('when the door is open: series, moved days, all-day events, and days on which the clocks change', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  const events = () => world.calendar.memory.events;

  /** An invite that was sent at `at` and stands in the calendar. */
  async function invited(at: number, draft: Pick<MemoryDraft, 'startsAt' | 'endsAt'> & Partial<MemoryDraft>) {
    world.clock.set(at);
    const { id, accessCode } = await holdIn(world);
    const said = { startsAt: new Date(draft.startsAt).toISOString(), endsAt: new Date(draft.endsAt).toISOString(), timeZone: zone, isSeries: draft.starts !== undefined };
    await sendIn(world, id, said);
    const eventId = events().add(mailbox.id, { timeZone: zone, iCalUId: `uid-${id}`, body: { format: 'html', content: `<p>${joinBase}${id}</p>` }, ...draft });
    await settled(20_000);
    return { id, accessCode, eventId };
  }

  async function settled(ms: number): Promise<void> {
    world.clock.advance(ms);
    assert.deepEqual(await world.work(), []);
  }

  /** What a caller with the code of guests is told at these instants, in order of time. */
  async function doors(code: string, instants: readonly number[]): Promise<string[]> {
    const told: string[] = [];
    for (const at of instants) {
      world.clock.set(at);
      assert.deepEqual(await world.work(), []);
      const verdict = await world.feature.admission(anna.tenantId).decideByCode(code, { instance: 'pbx', number: '+49301', callId: '1' });
      told.push(verdict.admit ? 'open' : verdict.refusal);
    }
    return told;
  }

  /** Around one window: shut, open, open, shut. `after`: what is said when the door has shut. */
  const around = (startsAt: number, endsAt: number): number[] => [startsAt - 11 * minute, startsAt - 10 * minute, endsAt + 29 * minute, endsAt + 30 * minute];

  for (const [season, days, instants] of [
    ['spring', ['2027-03-21', '2027-03-28', '2027-04-04'], ['2027-03-21T09:00:00Z', '2027-03-28T08:00:00Z', '2027-04-04T08:00:00Z']],
    ['autumn', ['2027-10-24', '2027-10-31', '2027-11-07'], ['2027-10-24T08:00:00Z', '2027-10-31T09:00:00Z', '2027-11-07T09:00:00Z']],
  ] as const) {
    it(`every Sunday at ten in Berlin, ${season}: the door keeps to the wall clock before, on and after the day of the change`, async () => {
      const starts = days.map((date) => berlin(`${date}T10:00`));
      assert.deepEqual(starts, instants.map(utc), 'as the calendar expands it');
      const [first = 0] = starts;
      // Sent three months ahead: the later ones come in with the daily look.
      const { accessCode } = await invited(first - 90 * day, { startsAt: first, endsAt: first + hour, starts });
      const told = await doors(accessCode, starts.flatMap((each) => around(each, each + hour)));
      assert.deepEqual(told, ['too-early', 'open', 'open', 'too-early', 'too-early', 'open', 'open', 'too-early', 'too-early', 'open', 'open', 'ended']);
    });
  }

  it('in the hour that there is twice, the second of the two is meant when the calendar says so', async () => {
    const startsAt = utc('2027-10-31T01:30:00Z');
    assert.equal(DateTime.fromMillis(startsAt, { zone }).toFormat('HH:mm ZZ'), '02:30 +01:00');
    const { accessCode } = await invited(startsAt - 2 * day, { startsAt, endsAt: startsAt + 20 * minute });
    assert.deepEqual(await doors(accessCode, [startsAt - hour, ...around(startsAt, startsAt + 20 * minute)]), ['too-early', 'too-early', 'open', 'open', 'ended']);
  });

  for (const [date, hours] of [['2027-03-28', 23], ['2027-10-31', 25], ['2027-06-01', 24]] as const) {
    it(`all day on ${date}: open from ten minutes before midnight to half an hour after the next, ${hours} hours later`, async () => {
      const startsAt = berlin(date);
      const endsAt = DateTime.fromISO(date, { zone }).plus({ days: 1 }).toMillis();
      assert.equal(endsAt - startsAt, hours * hour);
      const { id, accessCode } = await invited(startsAt - 3 * day, { startsAt, endsAt, isAllDay: true });
      assert.deepEqual(await doors(accessCode, around(startsAt, endsAt)), ['too-early', 'open', 'open', 'ended']);
      const { conference } = await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna);
      assert.equal(conference.endsAt, new Date(endsAt).toISOString());
    });
  }

  it('one day of a series moved, one cancelled, one deleted: each door follows its own day, the others stay', async () => {
    const starts = Array.from({ length: 5 }, (_, n) => start + 5 * day + n * day);
    const [first = 0, moved = 0, cancelled = 0, deleted = 0, last = 0] = starts;
    const { id, accessCode, eventId } = await invited(start, { startsAt: first, endsAt: first + hour, starts });
    const parts = events().parts(mailbox.id, eventId);
    const partAt = (at: number): string => parts.find(({ startsAt }) => startsAt === at)?.id ?? assert.fail();
    const there = moved + 3 * hour;
    events().change(mailbox.id, partAt(moved), { startsAt: there, endsAt: there + 2 * hour });
    events().change(mailbox.id, partAt(cancelled), { isCancelled: true });
    events().remove(mailbox.id, partAt(deleted));
    await settled(policy.sweepMs);
    const told = await doors(accessCode, [first, moved, there, there + 2 * hour + 29 * minute, there + 2 * hour + 30 * minute, cancelled, deleted, last, last + 2 * hour]);
    assert.deepEqual(told, ['open', 'too-early', 'open', 'open', 'too-early', 'too-early', 'too-early', 'open', 'ended']);
    assert.equal((await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).conference.state, 'ended');
  });

  it('the last day moved past the end of the series keeps the conference until then', async () => {
    const starts = [start + day, start + 2 * day];
    const [first = 0, second = 0] = starts;
    const { accessCode, eventId } = await invited(start, { startsAt: first, endsAt: first + hour, starts });
    const late = start + 20 * day;
    events().change(mailbox.id, `${eventId}~${second}`, { startsAt: late, endsAt: late + hour });
    await settled(policy.sweepMs);
    assert.deepEqual(await doors(accessCode, [second, second + 5 * day, late, late + 2 * hour]), ['too-early', 'too-early', 'open', 'ended']);
  });

  it('a day that was cancelled and comes back opens again; the series cancelled shuts all of them', async () => {
    const starts = Array.from({ length: 3 }, (_, n) => start + day + n * day);
    const [first = 0, second = 0, third = 0] = starts;
    const { accessCode, eventId } = await invited(start, { startsAt: first, endsAt: first + hour, starts });
    events().change(mailbox.id, `${eventId}~${second}`, { isCancelled: true });
    await settled(policy.sweepMs);
    events().change(mailbox.id, `${eventId}~${second}`, { isCancelled: false });
    await settled(policy.sweepMs);
    assert.deepEqual(await doors(accessCode, [second]), ['open']);
    events().change(mailbox.id, eventId, { isCancelled: true });
    await settled(policy.sweepMs);
    assert.deepEqual(await doors(accessCode, [third]), ['cancelled']);
  });

  describe('in a calendar besides the default one, with every notice lost', () => {
    it('an invite that was sent is found at the first look, and is not taken for one that was not', async () => {
      const startsAt = start + 2 * day;
      const { id, accessCode, eventId } = await invited(start, { startsAt, endsAt: startsAt + hour, isBesides: true });
      const row = await store.db.selectFrom('conference').select(['event_id', 'confirm_by']).where('id', '=', id).executeTakeFirstOrThrow();
      assert.deepEqual([row.event_id, row.confirm_by], [eventId, null]);
      await settled(policy.confirmMs + minute);
      assert.deepEqual(await doors(accessCode, [startsAt]), ['open']);
    });

    it('a series there has its days, and moved or deleted it is followed within 24 hours', async () => {
      const starts = [start + 2 * day, start + 9 * day];
      const [first = 0, second = 0] = starts;
      const { id, accessCode, eventId } = await invited(start, { startsAt: first, endsAt: first + hour, starts, isBesides: true });
      events().change(mailbox.id, `${eventId}~${first}`, { startsAt: first + 3 * hour, endsAt: first + 4 * hour });
      for (let hours = 0; hours < 24; hours++) await settled(hour);
      assert.deepEqual(await doors(accessCode, [first, first + 3 * hour, second]), ['too-early', 'open', 'open']);
      events().remove(mailbox.id, eventId);
      for (let hours = 0; hours < 24; hours++) await settled(hour);
      const { state, why } = (await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).conference;
      assert.deepEqual([state, why], ['cancelled', 'deleted-in-calendar']);
    });

    it('the personal room is opened by it, too', async () => {
      const room = await holdIn(world, { room: 'personal' });
      const [startsAt, endsAt] = [start + 2 * day, start + 2 * day + hour];
      await sendIn(world, room.id, { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() });
      events().add(mailbox.id, { startsAt, endsAt, isBesides: true, body: { format: 'html', content: `${joinBase}${room.id}` } });
      await settled(20_000);
      await settled(policy.confirmMs + minute);
      assert.deepEqual(await doors(room.accessCode, [startsAt]), ['open']);
    });

    it('the other calendars are asked only about what the default one does not show', async () => {
      let asked = 0;
      const { besides } = world.calendar.port;
      world.calendar.port.besides = async (...given) => {
        asked += 1;
        return besides(...given);
      };
      await invited(start, { startsAt: start + 2 * day, endsAt: start + 2 * day + hour });
      assert.equal(asked, 0);
      await invited(start + hour, { startsAt: start + 3 * day, endsAt: start + 3 * day + hour, isBesides: true });
      assert.equal(asked, 1);
    });
  });
});
