import assert from 'node:assert/strict';
import type { CalendarEvent } from '../../server/domain/calendar.ts';
import type { TheirError } from '../../server/domain/errors.ts';
import type { CalendarSource, MailboxProfile } from '../../server/ports/calendar-source.ts';
import type { CalendarWorld, Written } from './calendar-world.ts';

/** What the port promises about writing into events that people wrote. */
export function editingContract(given: () => { world: CalendarWorld; mailbox: MailboxProfile }, meeting: (more?: Partial<Written>) => Written): void {
  const world = (): CalendarWorld => given().world;
  const mailbox = (): MailboxProfile => given().mailbox;
  const source = (): CalendarSource => world().source;
  const read = async (id: string): Promise<CalendarEvent> => (await source().event(mailbox(), id)) ?? assert.fail(`no event ${id}`);

  describe('editing', () => {
    const block = (text: string): string => `${text}<p>Our block</p>`;

    it('writes what becomes of place and body as they stand, once, and tells how it stands then', async () => {
      const id = await world().write(meeting({ location: 'Room 1; @conf', attendee: 'bob@contoso.test' }));
      const before = world().mailed();
      const { outcome, event, isBodyWhole } = await source().edit(mailbox(), id, (_event, { places, body }) => ({ places: places.map((place) => place.replace('@conf', 'https://x.test')), body: block(body?.content ?? '') }));
      assert.deepEqual([outcome, isBodyWhole, event?.location], ['written', true, 'Room 1; https://x.test']);
      assert.match(event?.body.content ?? '', /Agenda[^]*Our block/);
      assert.deepEqual(await read(id), event);
      if (before !== null) assert.equal(world().mailed(), before + 1, 'one update to one attendee');
    });

    it('writes nothing when nothing is wanted', async () => {
      const id = await world().write(meeting());
      const before = await read(id);
      const { outcome, event } = await source().edit(mailbox(), id, () => null);
      assert.deepEqual([outcome, event, await read(id)], ['unchanged', before, before]);
    });

    it('of an event that is gone says so, and asks nobody what to write', async () => {
      const id = await world().write(meeting());
      await world().remove(id);
      assert.deepEqual(await source().edit(mailbox(), id, () => assert.fail('asked')), { outcome: 'gone', event: null, isBodyWhole: false });
    });

    it('a body that does not survive being written back is not given out, and not written', async () => {
      const id = await world().write(meeting({ location: '@conf' }));
      await world().makeRigid(id);
      const { outcome, event, isBodyWhole } = await source().edit(mailbox(), id, (_event, { body }) => {
        assert.equal(body, null);
        return { places: ['https://x.test'], body: '<p>lost</p>' };
      });
      assert.deepEqual([outcome, isBodyWhole, event?.location], ['written', false, 'https://x.test']);
      assert.match(event?.body.content ?? '', /Agenda/);
    });

    it('private: the texts are there to be written to, and come out nowhere else', async () => {
      const id = await world().write(meeting({ isPrivate: true, subject: 'Surgery', html: '<p>Dr. Who</p>', location: 'Clinic @conf' }));
      const told = await read(id);
      assert.equal(told.location, '@conf', 'that one is wanted can be seen, and nothing else');
      const { event } = await source().edit(mailbox(), id, (seen, { places, body }) => {
        assert.equal(JSON.stringify(seen).includes('Clinic'), false);
        assert.deepEqual([places, body?.content.includes('Dr. Who')], [['Clinic @conf'], true]);
        return { places: ['Clinic'], body: block(body?.content ?? '') };
      });
      assert.deepEqual([event?.location, event?.body.content, event?.subject], ['', '', '']);
    });

    it('changed in between, it is told as passing, and nothing is written', async () => {
      const id = await world().write(meeting({ location: '@conf' }));
      const twice = source().edit(mailbox(), id, () => ({ places: ['mine'] }));
      const other = world().change(id, { subject: 'Faster' });
      const outcome = await Promise.allSettled([twice, other]);
      const event = await read(id);
      assert.equal(event.subject, 'Faster');
      if (outcome[0].status === 'fulfilled') assert.equal(event.location, 'mine');
      else assert.equal((outcome[0].reason as TheirError).fault, 'unavailable');
    });
  });
}
