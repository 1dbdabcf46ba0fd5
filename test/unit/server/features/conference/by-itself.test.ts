import assert from 'node:assert/strict';
import type { MemoryDraft } from '../../../../../server/connectors/memory/index.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { copySettlesMs } from '../../../../../server/features/conference/calendar/copy-seen.ts';
import { day } from '../../../../../server/features/conference/conference.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { pageHtml } from '../../../../../server/web/pages/page-shell.ts';
import { holdIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, joinBase, mailbox, minute, policy, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { asked, shell } from '../../../../support/pages.ts';

const begins = start + 2 * day;
const people = [{ name: 'Carl', address: 'carl@example.com', kind: 'required' as const, response: 'none' as const }, { name: 'Room 4', address: 'room4@example.com', kind: 'resource' as const, response: 'none' as const }];

describe('conferences that nobody pressed a button for', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));
  beforeEach(async () => {
    await world.feature.resume(anna.tenantId);
    assert.deepEqual(await world.work(), []);
  });

  const rows = () => store.db.selectFrom('conference').selectAll().orderBy('created_at').orderBy('id').execute();
  const read = async (id: string) => (await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).conference;
  /** What its owner reads on the page of one conference. */
  const page = async (id: string): Promise<string> => {
    const found = world.feature.pages.find(({ path }) => path === '/app/:id') ?? assert.fail();
    const answer = await found.handle(asked({ params: { id }, visitor: { tenantId: 'default', personId: 'anna', name: anna.name, address: anna.address, roles: ['user'] } }));
    assert.ok('page' in answer);
    return pageHtml(answer.page, shell);
  };
  const event = (id: string, box = mailbox.id) => world.calendar.memory.events.find(box, id) ?? assert.fail(`no event ${id}`);

  function add(draft: Partial<MemoryDraft>, box = mailbox.id): string {
    return world.calendar.memory.events.add(box, { startsAt: begins, endsAt: begins + 30 * minute, subject: 'Weekly', body: { format: 'html', content: '<p>Agenda</p>' }, organizer: { name: anna.name, address: anna.address }, attendees: people, ...draft });
  }

  async function sweeps(): Promise<void> {
    world.clock.advance(policy.sweepMs);
    assert.deepEqual(await world.work(), []);
  }

  describe('by a word in the place (M6)', () => {
    it('made with any program: a conference, its link and block written once, one update to the people', async () => {
      const id = add({ location: 'Room 4; @conf' });
      const { version } = event(id);
      await sweeps();
      const [row, ...more] = await rows();
      assert.deepEqual([row?.state, row?.event_id, row?.starts_at?.getTime(), row?.subject, more.length], ['scheduled', id, begins, 'Weekly', 0]);
      assert.equal(event(id).location, `Room 4; ${joinBase}${row?.id}`);
      assert.ok(event(id).body.content.startsWith('<p>Agenda</p>') && event(id).body.content.includes(row?.access_code.slice(0, 3) ?? '?'));
      const written = event(id).version;
      assert.notEqual(written, version);
      for (let round = 0; round < 4; round++) await sweeps();
      assert.equal(event(id).version, written, 'never written again');
      const view = await read(row?.id ?? '');
      assert.deepEqual(view.history.map(({ why, detail }) => [why, detail]).filter(([why]) => why !== 'seen-in-calendar'), [['keyword', null], ['invite-written', 'mailed:1']]);
      assert.equal(view.inviteText, 'block');
    });

    it('cancelled in the calendar it ends like any other', async () => {
      const id = add({ location: '@conf' });
      await sweeps();
      world.calendar.memory.events.remove(mailbox.id, id);
      await sweeps();
      assert.equal((await rows())[0]?.state, 'cancelled');
    });

    it('a series has one conference with a window for each occurrence', async () => {
      const weekly = Array.from({ length: 3 }, (_, n) => begins + n * 7 * day);
      add({ location: '@conf', starts: weekly });
      await sweeps();
      const [row, ...more] = await rows();
      assert.deepEqual([row?.is_series, row?.state, more.length], [true, 'scheduled', 0]);
      assert.equal((await store.db.selectFrom('conference_window').selectAll().where('conference_id', '=', row?.id ?? '').execute()).length, 3);
    });

    it('with ":room" it is the room of the calendar\'s owner: the one that the pane gives, open for this meeting, again for the next, and left standing when they are gone', async () => {
      const room = await holdIn(world, { room: 'personal' });
      const firstId = add({ location: 'Room 4; @conf:room' });
      const { version } = event(firstId);
      await sweeps();
      assert.deepEqual((await rows()).map(({ id }) => id), [room.id], 'no other conference');
      assert.equal(event(firstId).location, `Room 4; ${joinBase}${room.id}`);
      assert.match(event(firstId).body.content, new RegExp(`^<p>Agenda</p>[^]*${room.id}`));
      assert.notEqual(event(firstId).version, version);
      const ask = async (code: string) => {
        const verdict = await world.feature.admission(anna.tenantId).decideByCode(code, { instance: 'pbx', number: '+49301', callId: '1' });
        return verdict.admit ? (verdict.waitsForHost ? 'waits' : 'in') : verdict.refusal;
      };
      const secondId = add({ location: '@conf:room', startsAt: begins + day, endsAt: begins + day + 30 * minute });
      const written = event(firstId).version;
      await sweeps();
      await sweeps();
      assert.equal(event(firstId).version, written, 'written once: one update to the people');
      assert.deepEqual([(await rows()).length, await ask(room.accessCode)], [1, 'too-early']);
      world.clock.set(begins);
      assert.deepEqual([await ask(room.accessCode), await ask(room.hostCode ?? '')], ['waits', 'in']);
      world.calendar.memory.events.remove(mailbox.id, firstId);
      await sweeps();
      assert.equal(await ask(room.accessCode), 'too-early', 'the second meeting is ahead');
      world.calendar.memory.events.change(mailbox.id, secondId, { isCancelled: true });
      await sweeps();
      assert.deepEqual([await ask(room.accessCode), (await rows())[0]?.state], ['ended', 'scheduled']);
    });

    it('private: it works, and nothing of the meeting leaves the mailbox', async () => {
      const id = add({ location: 'Clinic; @conf', isPrivate: true, subject: 'Surgery', body: { format: 'html', content: '<p>Dr. Who</p>' } });
      await sweeps();
      const [row] = await rows();
      assert.deepEqual([row?.state, row?.subject, row?.is_private], ['scheduled', null, true]);
      assert.equal(event(id).location, `Clinic; ${joinBase}${row?.id}`);
      assert.match(event(id).body.content, /^<p>Dr. Who<\/p>/);
      const kept = await Promise.all((['conference', 'conference_history', 'conference_window', 'work', 'calendar_watch'] as const).map((table) => store.db.selectFrom(table).selectAll().execute()));
      assert.doesNotMatch(JSON.stringify([kept, await read(row?.id ?? '')]), /Surgery|Who|Clinic/);
    });

    it('a body that does not survive being written is left alone; the place carries the link, and the view says so', async () => {
      const id = add({ location: '@conf' });
      world.calendar.memory.makeRigid(id);
      const { body } = event(id);
      await sweeps();
      const [row] = await rows();
      assert.deepEqual(event(id).body, body);
      assert.equal(event(id).location, `${joinBase}${row?.id}`);
      assert.deepEqual([row?.state, (await read(row?.id ?? '')).inviteText], ['scheduled', 'place-only']);
      assert.match(await page(row?.id ?? ''), /Only the place of the meeting carries the link/);
    });

    for (const [what, draft] of [
      ['somebody else\'s meeting', { isOrganizer: false }], ['an unsent draft', { isDraft: true }], ['a cancelled meeting', { isCancelled: true }],
      ['a meeting that is over', { startsAt: start - 20 * 60 * minute, endsAt: start - 19 * 60 * minute }], ['a word that only begins so', { location: '@conference' }],
    ] as const) {
      it(`${what} books nothing`, async () => {
        const id = add({ location: '@conf', ...draft });
        const { version } = event(id);
        await sweeps();
        assert.deepEqual([await rows(), event(id).version], [[], version]);
      });
    }

    it('switched off, or without the right to write, it books nothing', async () => {
      world.deps.keyword = null;
      const id = add({ location: '@conf' });
      await sweeps();
      assert.deepEqual([await rows(), event(id).location], [[], '@conf']);
      world.deps.keyword = '@conf';
      Object.assign(world.calendar.port, { capabilities: { ...world.calendar.port.capabilities, write: false } });
      world.calendar.memory.events.change(mailbox.id, id, { subject: 'again' });
      await sweeps();
      assert.deepEqual([await rows(), event(id).location], [[], '@conf']);
    });

    it('asked for again after the details were taken out, it is the same conference with the same codes', async () => {
      const id = add({ location: '@conf' });
      await sweeps();
      const [first] = await rows();
      world.calendar.memory.events.change(mailbox.id, id, { location: '', body: { format: 'html', content: '<p>Agenda</p>' } });
      await sweeps();
      assert.equal((await rows())[0]?.state, 'cancelled');
      world.calendar.memory.events.change(mailbox.id, id, { location: '@conf' });
      await sweeps();
      const [again, ...more] = await rows();
      assert.deepEqual([again?.id, again?.state, again?.access_code, more.length], [first?.id, 'scheduled', first?.access_code, 0]);
    });

    it('a write that is refused for good drops the reservation, once, and holds up nothing else', async () => {
      const { edit } = world.calendar.port;
      world.calendar.port.edit = async () => {
        throw new TheirError('m365', 'denied', 'may not write');
      };
      add({ location: '@conf' });
      await sweeps();
      assert.deepEqual((await rows()).map(({ state }) => state), ['expired']);
      world.calendar.port.edit = edit;
    });

    it('two readings of one event at the same time make one conference', async () => {
      const id = add({ location: '@conf' });
      const [sweep, single] = [world.calendars.workHandlers['calendar.sweep'], world.calendars.workHandlers['calendar.event']];
      const item = { tenantId: anna.tenantId, kind: '', dueAt: 0, payload: {}, attempt: 1, revision: 1, owner: 'x' };
      await Promise.allSettled([sweep?.({ ...item, key: `${mailbox.instance}/${mailbox.id}` }), single?.({ ...item, key: `${mailbox.instance}/${mailbox.id}/${id}` })]);
      await sweeps();
      assert.deepEqual((await rows()).map(({ state }) => state), ['scheduled']);
      assert.equal(event(id).location, `${joinBase}${(await rows())[0]?.id}`);
    });
  });

  describe('copied meetings', () => {
    async function original(): Promise<{ id: string; eventId: string; body: string }> {
      const { id, accessCode } = await holdIn(world);
      const block = (await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).block.html;
      const eventId = add({ body: { format: 'html', content: `<p>Agenda</p>${block}` } });
      await sweeps();
      assert.equal((await read(id)).accessCode, accessCode);
      return { id, eventId, body: event(eventId).body.content };
    }

    async function settles(): Promise<void> {
      await sweeps();
      world.clock.advance(copySettlesMs);
      assert.deepEqual(await world.work(), []);
    }

    it('get a conference and a block of their own; the first is untouched, and the people mailed are counted', async () => {
      const { id, eventId, body } = await original();
      const before = await store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      const copy = add({ startsAt: begins + day, endsAt: begins + day + 30 * minute, body: { format: 'html', content: body } });
      await settles();
      const own = (await rows()).find((row) => row.id !== id);
      assert.deepEqual([own?.state, own?.event_id, own?.starts_at?.getTime()], ['scheduled', copy, begins + day]);
      assert.notEqual(own?.access_code, before.access_code);
      assert.ok(event(copy).body.content.includes(own?.id ?? '?') && !event(copy).body.content.includes(id));
      assert.deepEqual(await store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow(), before);
      assert.equal(event(eventId).body.content, body);
      assert.deepEqual((await read(id)).copies, [{ startsAt: new Date(begins + day).toISOString(), state: 'own', mailed: 1 }]);
      const { version } = event(copy);
      for (let round = 0; round < 3; round++) await settles();
      assert.deepEqual([event(copy).version, (await rows()).length], [version, 2], 'once is enough');
    });

    it('whose text does not survive being written are left alone, and the view says so', async () => {
      const { id, body } = await original();
      const copy = add({ startsAt: begins + day, endsAt: begins + day + 30 * minute, body: { format: 'html', content: body } });
      world.calendar.memory.makeRigid(copy);
      const { version } = event(copy);
      await settles();
      await settles();
      assert.equal(event(copy).version, version);
      assert.deepEqual((await read(id)).copies?.map(({ state, mailed }) => [state, mailed]), [['left-alone', 0]]);
      assert.match(await page(id), /A copy of the meeting on .* 2026 still shows this conference/);
      assert.deepEqual((await rows()).map(({ state }) => state).toSorted(), ['expired', 'scheduled'], 'one try for one version');
    });

    it('cut and pasted, the meeting keeps its conference: the first event is gone when it is looked at', async () => {
      const { id, eventId, body } = await original();
      const pasted = add({ startsAt: begins + day, endsAt: begins + day + 30 * minute, body: { format: 'html', content: body } });
      await sweeps();
      world.calendar.memory.events.remove(mailbox.id, eventId);
      world.clock.advance(copySettlesMs);
      assert.deepEqual(await world.work(), []);
      const [row, ...more] = await rows();
      assert.deepEqual([row?.id, row?.state, row?.event_id, more.length], [id, 'scheduled', pasted, 0]);
    });

    it('of somebody else who keeps the text: theirs is their own, with their name and without the first one\'s parts', async () => {
      const { id, body } = await original();
      await store.transaction((tx) => world.calendars.watch(tx, anna.tenantId, { instance: mailbox.instance, id: 'boss-mailbox' }, 'conference'));
      const copy = add({ startsAt: begins + day, endsAt: begins + day + 30 * minute, organizer: { name: 'Boss', address: 'boss@example.com' }, body: { format: 'html', content: body } }, 'boss-mailbox');
      await settles();
      const own = (await rows()).find((row) => row.id !== id);
      assert.deepEqual([own?.state, own?.owner_id, own?.mailbox_id, own?.event_id], ['scheduled', 'boss', 'boss-mailbox', copy]);
      assert.equal((await read(id)).state, 'scheduled');
    });

    it('an invitation that was only received, or forwarded, changes nothing', async () => {
      const { id, body } = await original();
      await store.transaction((tx) => world.calendars.watch(tx, anna.tenantId, { instance: mailbox.instance, id: 'boss-mailbox' }, 'conference'));
      add({ isOrganizer: false, iCalUId: 'uid-1', body: { format: 'html', content: body } }, 'boss-mailbox');
      await settles();
      assert.deepEqual((await rows()).map((row) => [row.id, row.state]), [[id, 'scheduled']]);
    });
  });

  describe('a meeting with a new organizer', () => {
    it('takes its conference along: same codes, new owner, and it ends with the new organizer\'s event', async () => {
      const { id } = await holdIn(world);
      world.deps.mailboxOf = async (_tenant, personId) => ({ instance: mailbox.instance, id: `${personId}-mailbox` });
      const content = `<p>${joinBase}${id}</p>`;
      const eventId = add({ iCalUId: 'same', body: { format: 'html', content } });
      await sweeps();
      const codes = (await rows())[0]?.access_code;
      world.calendar.memory.events.change(mailbox.id, eventId, { isOrganizer: false, organizer: { name: 'Boss', address: 'boss@example.com' } });
      const theirs = add({ iCalUId: 'same', organizer: { name: 'Boss', address: 'boss@example.com' }, body: { format: 'html', content } }, 'boss-mailbox');
      await sweeps();
      await sweeps();
      const [row, ...more] = await rows();
      assert.deepEqual([row?.owner_id, row?.mailbox_id, row?.event_id, row?.state, row?.access_code, more.length], ['boss', 'boss-mailbox', theirs, 'scheduled', codes, 0]);
      await assert.rejects(read(id), /no such conference/, 'who booked it for the organizer of before has no say in it any more');
      const boss = { ...anna, personId: 'boss', name: 'Boss', address: 'boss@example.com' };
      assert.match((await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, boss)).conference.hostCode ?? '', /^\d{9}$/);
      world.calendar.memory.events.remove('boss-mailbox', theirs);
      await sweeps();
      assert.equal((await rows())[0]?.state, 'cancelled');
    });

    it('whom nobody here knows changes nothing', async () => {
      const { id } = await holdIn(world);
      const eventId = add({ body: { format: 'html', content: `${joinBase}${id}` } });
      await sweeps();
      world.calendar.memory.events.change(mailbox.id, eventId, { isOrganizer: false, organizer: { name: 'X', address: 'x@elsewhere.example' } });
      await sweeps();
      assert.deepEqual((await rows()).map((row) => [row.owner_id, row.state]), [['anna', 'scheduled']]);
    });
  });

  describe('a mailbox that is gone', () => {
    it('says nothing about its meetings for 30 days, in which it can come back; then they end', async () => {
      const { id } = await holdIn(world);
      add({ startsAt: start + 100 * day, endsAt: start + 100 * day + 30 * minute, body: { format: 'html', content: `${joinBase}${id}` } });
      await sweeps();
      // Out of every window: a notification has shown it.
      await world.calendars.readLater(anna.tenantId, mailbox, 'event-1', 0);
      await world.work();
      assert.equal((await read(id)).state, 'scheduled');
      const gone = async (): Promise<never> => {
        throw new TheirError('m365', 'gone', 'no such mailbox');
      };
      Object.assign(world.calendar.port, { event: gone, changes: gone, subscribe: gone, renew: gone, between: gone, besides: gone, occurrences: gone });
      for (let days = 0; days < 29; days++) {
        world.clock.advance(day);
        assert.deepEqual(await world.work(), []);
      }
      assert.equal((await read(id)).state, 'scheduled');
      for (let days = 0; days < 4; days++) {
        world.clock.advance(day);
        await world.work();
      }
      const { state, why } = await read(id);
      assert.deepEqual([state, why], ['cancelled', 'mailbox-gone']);
    });
  });
});
