import assert from 'node:assert/strict';
import type { CalendarEvent, MailboxRef } from '../../server/domain/calendar.ts';
import { TheirError } from '../../server/domain/errors.ts';
import type { CalendarSource, EventDraft, MailboxProfile, Window } from '../../server/ports/calendar-source.ts';
import { editingContract } from './calendar-source-editing.ts';
import type { CalendarWorld, Written } from './calendar-world.ts';

export type { CalendarWorld, Written } from './calendar-world.ts';

const day = 86_400_000;
const hour = 3_600_000;
const conference = 'abcdefghijklmnopqrstuvwx27';
/** A week in which Europe's clocks change, seen from the Monday before. */
const monday = Date.parse('2026-03-23T08:00:00Z');
const week: Window = { from: monday - day, to: monday + 8 * day };

function meeting(more: Partial<Written> = {}): Written {
  return { subject: 'Weekly logistics', startsAt: monday, endsAt: monday + hour, timeZone: 'Europe/Berlin', html: '<p>Agenda</p>', ...more };
}

/** Every promise of the port, for any system that fills it. */
export function calendarSourceContract(name: string, start: () => Promise<CalendarWorld>): void {
  describe(`calendar source: ${name}`, () => {
    let world: CalendarWorld;
    let mailbox: MailboxProfile;
    const source = (): CalendarSource => world.source;

    beforeEach(async () => {
      world = await start();
      mailbox = (await source().findMailbox(world.address)) ?? assert.fail('no mailbox');
    });
    afterEach(async () => world.stop());

    const read = async (id: string): Promise<CalendarEvent> => (await source().event(mailbox, id)) ?? assert.fail(`no event ${id}`);

    const series = (): Promise<string> => world.write(meeting({ days: 10 }));
    const partsOf = (masterId: string, window: Window = week): Promise<CalendarEvent[]> => source().occurrences(mailbox, masterId, window);
    const keys = async (): Promise<string[]> => [...new Set((await world.told()).map(({ kind, key }) => `${kind} ${key}`))].toSorted();
    const own = (): string => `${source().instance}/${mailbox.id}`;

    async function fault(run: Promise<unknown>): Promise<string> {
      const error = await run.then(() => assert.fail('no error'), (cause: unknown) => cause);
      assert.ok(error instanceof TheirError, String(error));
      assert.equal(error.connector, source().instance);
      return error.fault;
    }

    describe('mailboxes', () => {
      it('are found by address in any case, and by id', async () => {
        assert.equal(mailbox.instance, source().instance);
        assert.equal(mailbox.addresses[0], world.address.toLowerCase());
        assert.notEqual(mailbox.displayName, '');
        for (const name of [world.address.toUpperCase(), ` ${world.address} `, mailbox.id]) assert.deepEqual(await source().findMailbox(name), mailbox);
      });

      it('of nobody are null', async () => {
        for (const name of ['99999999-9999-4999-8999-999999999999', 'nobody@elsewhere.test', 'no address', '']) assert.equal(await source().findMailbox(name), null, name);
      });
    });

    describe('one event', () => {
      it('says what was written', async () => {
        const event = await read(await world.write(meeting({ location: 'Room 1', attendee: 'bob@contoso.test' })));
        assert.deepEqual(
          [event.kind, event.subject, event.startsAt, event.endsAt, event.timeZone, event.location, event.isOrganizer, event.isCancelled, event.isDraft, event.isPrivate, event.isAllDay],
          ['single', 'Weekly logistics', monday, monday + hour, 'Europe/Berlin', 'Room 1', true, false, false, false, false],
        );
        assert.deepEqual([event.seriesMasterId, event.originalStart, event.recurrenceEnd], [null, null, null]);
        assert.equal(event.body.format, 'html');
        assert.match(event.body.content, /<p>Agenda<\/p>/);
        assert.deepEqual(event.attendees.map(({ address, kind, response }) => [address, kind, response]), [['bob@contoso.test', 'required', 'none']]);
        assert.equal(event.organizer.address, world.address.toLowerCase());
        assert.deepEqual(event.mailbox, { instance: mailbox.instance, id: mailbox.id });
        assert.ok(event.iCalUId !== '' && event.version !== '' && event.modifiedAt > 0);
      });

      it('says how its time is shown, by itself and in a list of changes', async () => {
        await world.write(meeting({ showAs: 'oof', categories: ['Travel'] }));
        await world.write(meeting({ showAs: 'free', isPrivate: true, startsAt: monday + day, endsAt: monday + day + hour }));
        const { events } = await source().changes(mailbox, null, week);
        const shown = events.map((event) => [event.showAs, event.sensitivity, event.response, event.categories, event.isOnlineMeeting]);
        assert.deepEqual(shown.toSorted(([a], [b]) => String(a).localeCompare(String(b))), [['free', 'private', 'organizer', [], false], ['oof', 'normal', 'organizer', ['Travel'], false]]);
      });

      it('keeps its id and changes its version when it is changed', async () => {
        const id = await world.write(meeting());
        const before = await read(id);
        await world.change(id, { startsAt: monday + day, endsAt: monday + day + hour });
        const after = await read(id);
        assert.deepEqual([after.id, after.iCalUId, after.startsAt], [before.id, before.iCalUId, monday + day]);
        assert.notEqual(after.version, before.version);
      });

      it('is null when it is gone', async () => {
        const id = await world.write(meeting());
        await world.remove(id);
        assert.equal(await source().event(mailbox, id), null);
      });

      it('a day without hours is midnight to midnight where it was made, with 23 hours when the clocks change', async () => {
        const startsAt = Date.parse('2026-03-28T23:00:00Z');
        const event = await read(await world.write(meeting({ isAllDay: true, startsAt, endsAt: startsAt + 23 * hour })));
        assert.deepEqual([event.isAllDay, event.startsAt, event.endsAt, event.timeZone], [true, startsAt, startsAt + 23 * hour, 'Europe/Berlin']);
      });

      it('private: nothing comes out but our own link', async () => {
        const link = `${world.joinBase}/${conference}`;
        const event = await read(await world.write(meeting({ isPrivate: true, subject: 'Surgery', html: `<p>Dr. Who <a href="${link}">${link}</a></p>`, location: 'Clinic' })));
        assert.deepEqual([event.isPrivate, event.subject, event.location, event.body], [true, '', '', { format: 'text', content: link }]);
      });
    });

    describe('changes', () => {
      it('begin with everything in the window, then tell only what is new', async () => {
        const [inside, later] = [await world.write(meeting()), await world.write(meeting({ startsAt: monday + 30 * day, endsAt: monday + 30 * day + hour }))];
        const first = await source().changes(mailbox, null, week);
        assert.deepEqual([first.events.map(({ id }) => id), first.removed, first.wasReset], [[inside], [], false]);
        assert.ok(!first.events.some(({ id }) => id === later));
        const quiet = await source().changes(mailbox, first.cursor, week);
        assert.deepEqual([quiet.events, quiet.removed, quiet.wasReset], [[], [], false]);
        const added = await world.write(meeting({ subject: 'New' }));
        await world.change(inside, { subject: 'Changed' });
        const second = await source().changes(mailbox, quiet.cursor, week);
        assert.deepEqual(second.events.map(({ id, subject }) => `${id} ${subject}`).toSorted(), [`${added} New`, `${inside} Changed`].toSorted());
        assert.match(second.events[0]?.body.content ?? '', /Agenda/);
      });

      it('tell what went away', async () => {
        const [first, second] = [await world.write(meeting()), await world.write(meeting({ subject: 'Other' }))];
        const { cursor } = await source().changes(mailbox, null, week);
        await world.remove(first);
        const page = await source().changes(mailbox, cursor, week);
        assert.deepEqual([page.removed.map(({ id }) => id), page.events.some(({ id }) => id === second)], [[first], false]);
        assert.deepEqual(page.removed[0]?.mailbox, { instance: mailbox.instance, id: mailbox.id });
      });

      it('tell an event that moved out of the window', async () => {
        const id = await world.write(meeting());
        const { cursor } = await source().changes(mailbox, null, week);
        await world.change(id, { startsAt: monday + 60 * day, endsAt: monday + 60 * day + hour });
        const page = await source().changes(mailbox, cursor, week);
        assert.deepEqual([...page.events, ...page.removed].map((each) => each.id), [id]);
      });

      it('a cursor gives the same again', async () => {
        const { cursor } = await source().changes(mailbox, null, week);
        const id = await world.write(meeting());
        for (let times = 0; times < 2; times++) assert.deepEqual((await source().changes(mailbox, cursor, week)).events.map((event) => event.id), [id]);
      });

      it('after the system forgot, everything is read anew, and says so', async () => {
        const [kept, removed] = [await world.write(meeting()), await world.write(meeting())];
        const { cursor } = await source().changes(mailbox, null, week);
        await world.remove(removed);
        await world.forget();
        const page = await source().changes(mailbox, cursor, week);
        assert.deepEqual([page.wasReset, page.events.map(({ id }) => id)], [true, [kept]]);
        assert.deepEqual((await source().changes(mailbox, page.cursor, week)).wasReset, false);
      });

      it('many events come through, each once', async () => {
        const ids = [];
        for (let count = 0; count < 120; count++) ids.push(await world.write(meeting({ startsAt: monday + count * 60_000, endsAt: monday + hour + count * 60_000 })));
        const { events } = await source().changes(mailbox, null, week);
        assert.deepEqual(events.map(({ id }) => id).toSorted(), ids.toSorted());
      });
    });

    describe('series', () => {
      it('a master knows its end; its occurrences keep their time of day when the clocks change', async () => {
        const id = await series();
        const master = await read(id);
        assert.deepEqual([master.kind, master.startsAt, master.seriesMasterId], ['seriesMaster', monday, null]);
        const parts = await partsOf(id, { from: monday - day, to: monday + 30 * day });
        const starts = parts.map(({ startsAt }) => startsAt).toSorted((a, b) => a - b);
        assert.deepEqual(starts, Array.from({ length: 10 }, (_, n) => monday + n * day - (n >= 6 ? hour : 0)));
        assert.equal(master.recurrenceEnd, (starts.at(-1) ?? 0) + hour);
        for (const part of parts) {
          assert.deepEqual([part.kind, part.seriesMasterId, part.originalStart, part.subject], ['occurrence', id, part.startsAt, 'Weekly logistics']);
          assert.deepEqual((await read(part.id)).startsAt, part.startsAt);
        }
        assert.equal(new Set(parts.map((part) => part.id)).size, 10);
      });

      it('only the window\'s occurrences are listed', async () => {
        const id = await series();
        assert.equal((await partsOf(id, { from: monday + day, to: monday + 3 * day })).length, 2);
        assert.deepEqual(await partsOf(id, { from: monday + 300 * day, to: monday + 301 * day }), []);
      });

      it('a moved occurrence knows where it was, and the others stay', async () => {
        const id = await series();
        const [, second = assert.fail()] = await partsOf(id);
        await world.change(second.id, { startsAt: second.startsAt + hour, endsAt: second.endsAt + hour, subject: 'Moved' });
        const parts = await partsOf(id);
        const moved = parts.find(({ kind }) => kind === 'exception') ?? assert.fail();
        assert.deepEqual([moved.startsAt, moved.originalStart, moved.seriesMasterId, moved.subject], [second.startsAt + hour, second.startsAt, id, 'Moved']);
        assert.equal(parts.filter(({ kind }) => kind === 'occurrence').length, parts.length - 1);
      });

      it('an occurrence that was taken out is listed no more and cannot be read; its series is told as changed', async () => {
        const id = await series();
        const before = await partsOf(id);
        const third = before[2] ?? assert.fail();
        const { cursor } = await source().changes(mailbox, null, week);
        await world.remove(third.id);
        assert.deepEqual((await partsOf(id)).map(({ startsAt }) => startsAt), before.map(({ startsAt }) => startsAt).filter((at) => at !== third.startsAt));
        assert.equal(await source().event(mailbox, third.id), null);
        const page = await source().changes(mailbox, cursor, week);
        assert.ok([...page.events.flatMap((event) => [event.id, event.seriesMasterId]), ...page.removed.map((each) => each.id)].some((each) => each === id || each === third.id));
      });

      it('in the changes, a series is its master or its occurrences, whole, with their series\' name', async () => {
        const id = await series();
        const { events, cursor } = await source().changes(mailbox, null, week);
        assert.ok(events.every((event) => event.id === id || event.seriesMasterId === id));
        assert.ok(events.every(({ subject, body, timeZone, organizer }) => subject === 'Weekly logistics' && body.content.includes('Agenda') && timeZone === 'Europe/Berlin' && organizer.address !== ''));
        const [first = assert.fail()] = await partsOf(id);
        await world.change(first.id, { subject: 'Only this' });
        const page = await source().changes(mailbox, cursor, week);
        assert.ok(page.events.some((event) => event.seriesMasterId === id && event.subject === 'Only this' && event.originalStart === first.startsAt));
      });

      it('occurrences of a series that is gone are an error, not an empty list', async () => {
        const id = await series();
        await world.remove(id);
        assert.equal(await fault(partsOf(id)), 'gone');
      });
    });

    it('a stretch of time holds what touches it, series expanded, masters not', async () => {
      const single = await world.write(meeting({ startsAt: monday - hour, endsAt: monday + 60_000 }));
      await world.write(meeting({ startsAt: monday - 2 * hour, endsAt: monday }));
      const master = await world.write(meeting({ days: 3, subject: 'Daily' }));
      const events = await source().between(mailbox, { from: monday, to: monday + hour });
      assert.deepEqual(events.map(({ kind, seriesMasterId, id }) => (seriesMasterId === null ? id : `${kind} of ${seriesMasterId}`)).toSorted(), [single, `occurrence of ${master}`].toSorted());
      assert.ok(events.every(({ body }) => body.content.includes('Agenda')));
    });

    it('times alone hold ids, times, show-as and privacy, series expanded, and not a word that anybody wrote', async () => {
      const single = await world.write(meeting({ location: 'Room 1', attendee: 'bob@contoso.test', categories: ['Red'], showAs: 'tentative' }));
      const hidden = await world.write(meeting({ startsAt: monday + 2 * hour, endsAt: monday + 3 * hour, isPrivate: true, showAs: 'oof' }));
      const master = await world.write(meeting({ days: 3, startsAt: monday + 4 * hour, endsAt: monday + 5 * hour }));
      const told = await source().times(mailbox, { from: monday, to: monday + 6 * hour });
      assert.deepEqual(
        told.map(({ id, seriesMasterId, startsAt, showAs, isPrivate }) => [seriesMasterId ?? id, startsAt, showAs, isPrivate]).toSorted((a, b) => Number(a[1]) - Number(b[1])),
        [[single, monday, 'tentative', false], [hidden, monday + 2 * hour, 'oof', true], [master, monday + 4 * hour, 'busy', false]],
      );
      const first = await read(single);
      assert.equal(told.find(({ id }) => id === single)?.iCalUId, first.iCalUId);
      for (const event of told) assert.deepEqual([event.subject, event.location, event.body.content, event.organizer.address, event.attendees, event.categories], ['', '', '', '', [], []]);
    });

    it('other calendars of the owner: not in changes nor in a stretch of the default one, but found besides, read by id and told by name', async () => {
      await source().subscribe(mailbox);
      const { cursor } = await source().changes(mailbox, null, week);
      await keys();
      const inDefault = await world.write(meeting());
      const [single, master] = [await world.write(meeting({ isBesides: true })), await world.write(meeting({ isBesides: true, days: 3 }))];
      const stretch = { from: monday, to: monday + hour };
      assert.deepEqual([(await source().changes(mailbox, cursor, week)).events, await source().between(mailbox, stretch)].map((events) => events.map(({ id }) => id)), [[inDefault], [inDefault]]);
      const besides = await source().besides(mailbox, stretch);
      assert.deepEqual(besides.map(({ seriesMasterId, id }) => seriesMasterId ?? id).toSorted(), [single, master].toSorted());
      assert.ok(besides.every(({ body, isOrganizer }) => body.content.includes('Agenda') && isOrganizer));
      assert.equal((await read(single)).startsAt, monday);
      assert.deepEqual(await keys(), [inDefault, single, master].map((id) => `calendar.event ${own()}/${id}`).toSorted());
      await world.remove(single);
      assert.equal(await source().event(mailbox, single), null);
    });

    describe('being told', () => {
      it('of a new event, a change, and one that went away, by name', async () => {
        const subscription = await source().subscribe(mailbox);
        assert.notEqual(subscription.id, '');
        assert.ok(subscription.expiresAt > monday - 10 * day);
        const id = await world.write(meeting());
        assert.deepEqual(await keys(), [`calendar.event ${own()}/${id}`]);
        await world.change(id, { subject: 'Changed' });
        assert.deepEqual(await keys(), [`calendar.event ${own()}/${id}`]);
        await world.remove(id);
        assert.deepEqual(await keys(), [`calendar.event ${own()}/${id}`, `calendar.sweep ${own()}`]);
      });

      it('of an occurrence that was taken out, by a sweep', async () => {
        const id = await world.write(meeting({ days: 3 }));
        await source().subscribe(mailbox);
        const [first = assert.fail()] = await source().occurrences(mailbox, id, week);
        await world.remove(first.id);
        assert.ok((await keys()).includes(`calendar.sweep ${own()}`));
      });

      it('ends when asked to, twice is no error', async () => {
        const { id } = await source().subscribe(mailbox);
        await source().unsubscribe(id);
        await source().unsubscribe(id);
        await world.write(meeting());
        assert.deepEqual(await keys(), []);
      });

      it('asked for twice, one of them counts', async () => {
        await source().subscribe(mailbox);
        const second = await source().subscribe(mailbox);
        assert.equal((await source().renew(mailbox, second.id)).id, second.id);
        const id = await world.write(meeting());
        assert.deepEqual(await keys(), [`calendar.event ${own()}/${id}`]);
      });

      it('renewing one that is lost says "gone", and asking anew works', async () => {
        const { id } = await source().subscribe(mailbox);
        await world.loseSubscriptions();
        assert.equal(await fault(source().renew(mailbox, id)), 'gone');
        await world.told();
        await source().subscribe(mailbox);
        const event = await world.write(meeting());
        assert.deepEqual(await keys(), [`calendar.event ${own()}/${event}`]);
      });
    });

    editingContract(() => ({ world, mailbox }), meeting);

    describe('writing', () => {
      it('changes place and body of the version that was read, and nothing else', async () => {
        const id = await world.write(meeting({ attendee: 'bob@contoso.test' }));
        const before = await read(id);
        await source().rewrite(mailbox, id, before.version, { location: 'Tieline', body: { format: 'html', content: '<p>New agenda</p>' } });
        const after = await read(id);
        assert.deepEqual([after.location, after.subject, after.startsAt, after.attendees.length], ['Tieline', before.subject, before.startsAt, 1]);
        assert.match(after.body.content, /<p>New agenda<\/p>/);
        await source().rewrite(mailbox, id, after.version, { location: 'Only the place' });
        assert.match((await read(id)).body.content, /New agenda/);
      });

      it('is refused when somebody was faster', async () => {
        const id = await world.write(meeting());
        const { version } = await read(id);
        await world.change(id, { subject: 'Faster' });
        assert.equal(await fault(source().rewrite(mailbox, id, version, { location: 'Late' })), 'refused');
        assert.deepEqual([(await read(id)).subject, (await read(id)).location], ['Faster', '']);
      });
    });

    describe('making', () => {
      const link = (): string => `${world.joinBase}/${conference}`;
      const draft = (more: Partial<EventDraft> = {}): EventDraft => ({
        subject: 'Made', body: { format: 'html', content: `<p>${link()}</p>` }, location: link(), startsAt: monday, endsAt: monday + hour, timeZone: 'Europe/Berlin',
        guests: [{ name: 'Bob', address: 'bob@contoso.test' }], ...more,
      });

      it('an event in the owner\'s name stands there, with its guests, and one key makes one', async () => {
        const key = crypto.randomUUID();
        const made = await source().create(mailbox, key, draft());
        assert.equal((await source().create(mailbox, key, draft())).id, made.id);
        const event = await read(made.id);
        assert.deepEqual([event.subject, event.startsAt, event.endsAt, event.isOrganizer, event.isDraft, event.location], ['Made', monday, monday + hour, true, false, link()]);
        assert.deepEqual(event.attendees.map(({ address }) => address), ['bob@contoso.test']);
        assert.ok(event.body.content.includes(link()));
        assert.notEqual((await source().create(mailbox, crypto.randomUUID(), draft())).id, made.id);
      });

      it('moves over a change of the clocks, adds guests and takes nobody off, and leaves the text alone', async () => {
        const { id } = await source().create(mailbox, crypto.randomUUID(), draft());
        const later = monday + 6 * day;
        await source().reschedule(mailbox, id, draft({ subject: 'Moved', startsAt: later, endsAt: later + hour, guests: [{ name: '', address: 'carl@contoso.test' }], body: { format: 'html', content: 'never' } }));
        const event = await read(id);
        assert.deepEqual([event.subject, event.startsAt, event.attendees.map(({ address }) => address).toSorted((a, b) => a.localeCompare(b))], ['Moved', later, ['bob@contoso.test', 'carl@contoso.test']]);
        assert.ok(event.body.content.includes(link()));
      });

      it('cancelled it is gone, or says so; twice is no error, and what is gone cannot be moved', async () => {
        const { id } = await source().create(mailbox, crypto.randomUUID(), draft());
        await source().cancel(mailbox, id, '');
        await source().cancel(mailbox, id, '');
        const after = await source().event(mailbox, id);
        assert.ok(after === null || after.isCancelled);
        if (after === null) assert.equal(await fault(source().reschedule(mailbox, id, draft())), 'gone');
      });
    });

    it('while nothing answers every question fails as passing, never as an empty calendar; afterwards all is there', async () => {
      const id = await world.write(meeting());
      const { cursor } = await source().changes(mailbox, null, week);
      const ref: MailboxRef = mailbox;
      const back = await world.cut();
      const questions = [
        () => source().findMailbox(world.address), () => source().event(ref, id), () => source().changes(ref, cursor, week), () => source().changes(ref, null, week),
        () => source().occurrences(ref, id, week), () => source().between(ref, week), () => source().times(ref, week), () => source().besides(ref, week), () => source().subscribe(ref), () => source().renew(ref, 's'), () => source().unsubscribe('s'),
        () => source().rewrite(ref, id, 'v', { location: 'x' }),
      ];
      for (const ask of questions) assert.ok(['no-answer', 'unavailable', 'throttled'].includes(await fault(ask())));
      await back();
      assert.equal((await read(id)).id, id);
      assert.deepEqual((await source().changes(mailbox, cursor, week)).wasReset, false);
    });
  });
}
