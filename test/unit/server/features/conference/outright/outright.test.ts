import assert from 'node:assert/strict';
import type { OutrightView } from '../../../../../../contract/conference/outright.ts';
import { createMemoryMailSender } from '../../../../../../server/connectors/memory/index.ts';
import { conferenceSuite } from '../../../../../support/conference-suite.ts';
import { anna, mailbox, minute, policy, start, type ConferenceWorld } from '../../../../../support/conference-world.ts';

const day = 24 * 60 * minute;
const startsAt = start + 30 * minute;
const sofia = { name: 'Sofia Rossi', address: 'sofia@partner.example' };
const jonas = { name: '', address: 'jonas@example.com' };

describe('conferences created outright, in every set-up', () => {
  let world: ConferenceWorld;
  conferenceSuite((made) => ({ world } = made));

  const body = (more: Record<string, unknown> = {}) => ({
    idempotencyKey: crypto.randomUUID(), subject: 'Weekly logistics', startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 45 * minute).toISOString(),
    timeZone: 'Europe/Berlin', guests: [sofia], notes: 'Bring numbers.', ...more,
  });
  const create = (more: Record<string, unknown> = {}): Promise<OutrightView> => world.feature.outright.create({ params: {}, query: {}, body: body(more) }, anna);
  const read = (id: string): Promise<OutrightView> => world.feature.outright.read({ params: { id }, query: {}, body: {} }, anna);
  const cancel = (id: string) => world.feature.outright.cancel({ params: { id }, query: {}, body: {} }, anna);
  const restore = (id: string) => world.feature.outright.restore({ params: { id }, query: {}, body: {} }, anna);
  const change = async (id: string, more: Record<string, unknown> = {}) => world.feature.outright.change({ params: { id }, query: {}, body: { ...body(more), version: (await read(id)).conference.version } }, anna);
  const dial = async (id: string) => {
    const { accessCode } = (await read(id)).conference;
    return world.feature.admission('default').decideByCode(accessCode, { instance: 'pbx', number: `+4930${id.length}`, callId: '1' });
  };
  const opened = (): void => world.clock.advance(25 * minute);
  const events = () => world.calendar.memory.events.since(mailbox.id, 0, { from: start - day, to: start + 30 * day }).changed;

  describe('Exchange without Outlook: written into the calendar', () => {
    it('one event stands there with the block, the guests are the calendar\'s to mail, and the code is good', async () => {
      const { conference } = await create();
      assert.deepEqual([conference.state, conference.why], ['scheduled', 'created-here']);
      assert.deepEqual(await world.work(), []);
      const [event, ...more] = events();
      assert.equal(more.length, 0);
      assert.ok(event && event.body.content.includes(conference.joinUrl) && event.body.content.includes('Bring numbers.'));
      assert.equal(event.body.content.includes(conference.hostCode ?? '-'), false);
      assert.deepEqual(event.attendees.map(({ address }) => address), [sofia.address]);
      assert.equal((await read(conference.id)).calendar.state, 'written');
      assert.equal((await dial(conference.id)).admit, false, 'too early');
      opened();
      assert.equal((await dial(conference.id)).admit, true);
    });

    it('a change here is a change there; a change there is followed here; deleted there, the code is refused', async () => {
      const { conference: { id } } = await create();
      await world.work();
      await change(id, { startsAt: new Date(startsAt + day).toISOString(), endsAt: new Date(startsAt + day + 45 * minute).toISOString(), guests: [sofia, jonas] });
      await world.work();
      const event = events()[0];
      assert.deepEqual([event?.startsAt, event?.attendees.length], [startsAt + day, 2]);
      world.calendar.memory.events.change(mailbox.id, event?.id ?? '', { startsAt: startsAt + 2 * day, endsAt: startsAt + 2 * day + 45 * minute });
      world.clock.advance(policy.sweepMs);
      await world.work();
      assert.equal((await read(id)).conference.startsAt, new Date(startsAt + 2 * day).toISOString());
      world.calendar.memory.events.remove(mailbox.id, event?.id ?? '');
      world.clock.advance(policy.sweepMs);
      await world.work();
      assert.deepEqual([(await read(id)).conference.state, (await dial(id)).admit], ['cancelled', false]);
    });

    it('cancelled here it is gone there; restored within its days there is another event, and the codes are the same', async () => {
      const { conference: { id, accessCode } } = await create();
      await world.work();
      const first = events()[0]?.id;
      await cancel(id);
      await world.work();
      assert.deepEqual([events().length, (await read(id)).conference.state], [0, 'cancelled']);
      await restore(id);
      await world.work();
      const again = await read(id);
      assert.deepEqual([again.conference.state, again.conference.accessCode, events().length], ['scheduled', accessCode, 1]);
      assert.notEqual(events()[0]?.id, first);
      await cancel(id);
      world.clock.advance(policy.restoreMs + minute);
      await assert.rejects(async () => restore(id), /too long ago/);
    });

    it('with the calendar away it is tried again, and never written twice, wherever the server ends', async () => {
      world.calendar.setAway(true);
      const { conference: { id } } = await create();
      assert.ok((await world.work()).length > 0);
      assert.deepEqual([(await read(id)).calendar.state, (await read(id)).conference.state], ['due', 'scheduled']);
      world.calendar.setAway(false);
      let ends = 0;
      world.onEffect = async (name, run) => {
        const result = await run();
        if (name === 'event.create' && ends++ < 2) throw new Error('the server ends after the write');
        return result;
      };
      for (let round = 0; round < 4; round++) {
        world.clock.advance(minute);
        await world.work();
      }
      assert.ok(ends >= 1, 'it did end');
      assert.deepEqual([events().length, (await read(id)).calendar.state], [1, 'written']);
    });
  });

  describe('Outlook without Exchange: invitations by mail', () => {
    let mail: ReturnType<typeof createMemoryMailSender>;
    beforeEach(() => {
      mail = createMemoryMailSender({ instance: 'mail', from: 'tieline@example.com' });
      world.mail = mail;
      world.hasMailbox = false;
      world.crash();
    });
    const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));
    const line = (ics: string | undefined, name: string): string => new RegExp(`^${name}[:;](.*)$`, 'm').exec((ics ?? '').replaceAll(/\r\n /g, ''))?.[1]?.trim() ?? '';

    it('REQUEST, its update and CANCEL carry one UID and a rising SEQUENCE, and the codes are good until then', async () => {
      const { conference: { id }, delivery } = await create({ guests: [sofia, jonas] });
      assert.equal(delivery, 'mail');
      await world.work();
      assert.deepEqual(mail.outbox.map(({ to, calendar }) => [to.address, calendar?.method, line(calendar?.ics, 'SEQUENCE')]).toSorted(byText), [[jonas.address, 'REQUEST', '0'], [sofia.address, 'REQUEST', '0']]);
      await change(id, { guests: [sofia] });
      await world.work();
      const said = mail.outbox.slice(2).map(({ to, calendar }) => [to.address, calendar?.method, line(calendar?.ics, 'SEQUENCE')]);
      assert.deepEqual(said.toSorted(byText), [[jonas.address, 'CANCEL', '1'], [sofia.address, 'REQUEST', '1']]);
      opened();
      assert.equal((await dial(id)).admit, true);
      await cancel(id);
      await world.work();
      const last = mail.outbox.at(-1);
      assert.deepEqual([last?.to.address, last?.calendar?.method, line(last?.calendar?.ics, 'SEQUENCE'), line(last?.calendar?.ics, 'STATUS')], [sofia.address, 'CANCEL', '2', 'CANCELLED']);
      assert.equal(new Set(mail.outbox.map(({ calendar }) => line(calendar?.ics, 'UID'))).size, 1);
      assert.equal((await dial(id)).admit, false);
      assert.equal(JSON.stringify(mail.outbox).includes((await read(id)).conference.hostCode ?? '-'), false, 'the host code is in no mail');
    });

    it('a mail that may have been taken is shown in doubt and not repeated, until a person says so', async () => {
      mail.behave('silent');
      const { conference: { id } } = await create();
      await world.work();
      world.clock.advance(day);
      await world.work();
      assert.deepEqual([mail.outbox.length, (await read(id)).mails[0]?.state], [1, 'doubt']);
    });

    it('a mail that certainly was not taken is tried again; one that is refused for good is shown', async () => {
      mail.behave('away');
      const { conference: { id } } = await create();
      await world.work();
      assert.deepEqual([mail.outbox.length, (await read(id)).mails[0]?.state], [0, 'due']);
      mail.behave('well');
      world.clock.advance(minute);
      await world.work();
      assert.deepEqual([mail.outbox.length, (await read(id)).mails[0]?.state], [1, 'sent']);
      mail.behave('refuses');
      await change(id);
      await world.work();
      assert.equal((await read(id)).mails[0]?.state, 'refused');
    });

    for (const when of ['before', 'after'] as const) {
      for (const effect of ['mail.claimed.write', 'mail.send', 'mail.noted.write'] as const) {
        it(`ended ${when} ${effect}, nobody gets it twice, and what is not known is in doubt`, async () => {
          const { conference: { id } } = await create();
          let isOver = false;
          world.onEffect = async (name, run) => {
            if (name !== effect || isOver) return run();
            isOver = true;
            if (when === 'before') throw new Error('the server ends');
            await run();
            throw new Error('the server ends');
          };
          await world.work();
          world.crash();
          for (let round = 0; round < 3; round++) {
            world.clock.advance(minute);
            await world.work();
          }
          const state = (await read(id)).mails[0]?.state;
          assert.ok(mail.outbox.length <= 1, `sent ${mail.outbox.length} times`);
          if (state === 'sent') assert.equal(mail.outbox.length, 1);
          else assert.equal(state, 'doubt');
        });
      }
    }
  });

  describe('neither: the page and its file', () => {
    beforeEach(() => {
      world.hasMailbox = false;
      world.crash();
    });

    it('is joinable by phone at its time and refused once cancelled, and nobody was written to', async () => {
      const { conference: { id }, delivery, mails } = await create();
      assert.deepEqual([delivery, mails], ['page', []]);
      assert.deepEqual(await world.work(), []);
      opened();
      assert.equal((await dial(id)).admit, true);
      await cancel(id);
      assert.equal((await dial(id)).admit, false);
      assert.equal(events().length, 0);
    });

    it('what is not offered is refused, and the same key makes one', async () => {
      await assert.rejects(async () => create({ delivery: 'mail' }), /cannot be sent that way/);
      await assert.rejects(async () => create({ endsAt: new Date(startsAt).toISOString() }), /ends before it starts/);
      await assert.rejects(async () => create({ timeZone: 'Mars/Base' }), /no time zone/);
      const key = crypto.randomUUID();
      const [one, two] = await Promise.all([create({ idempotencyKey: key }), create({ idempotencyKey: key })]);
      assert.equal(one.conference.id, two.conference.id);
    });

    it('is nobody else\'s to read, change or cancel; two who change at once are told', async () => {
      const { conference: { id, version } } = await create();
      const eve = { ...anna, personId: 'eve', address: 'eve@example.com' };
      for (const what of ['read', 'cancel', 'restore'] as const) await assert.rejects(async () => world.feature.outright[what]({ params: { id }, query: {}, body: {} }, eve), /no such conference among yours/);
      await change(id);
      await assert.rejects(async () => world.feature.outright.change({ params: { id }, query: {}, body: { ...body(), version } }, anna), /changed this conference meanwhile/);
    });

    it('moved to a later time after its end it opens again', async () => {
      const { conference: { id } } = await create();
      world.clock.advance(day);
      await world.work();
      assert.equal((await read(id)).conference.state, 'ended');
      await change(id, { startsAt: new Date(startsAt + 2 * day).toISOString(), endsAt: new Date(startsAt + 2 * day + 45 * minute).toISOString() });
      assert.deepEqual([(await read(id)).conference.state, (await read(id)).conference.why], ['scheduled', 'revived']);
    });
  });
});
