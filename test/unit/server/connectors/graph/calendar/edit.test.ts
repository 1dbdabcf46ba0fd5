import assert from 'node:assert/strict';
import { ada } from '../../../../../support/lab-mail.ts';
import { startGraphLab, type GraphLab } from '../../../../../contract/graph-calendar.ts';
import type { EventTexts } from '../../../../../../server/ports/calendar-source.ts';
import type { MailboxProfile } from '../../../../../../server/ports/calendar-source.ts';

const start = Date.UTC(2026, 10, 24, 9);

describe('graph: writing into an event that somebody wrote', () => {
  let world: GraphLab;
  let mailbox: MailboxProfile;

  beforeEach(async () => {
    world = await startGraphLab();
    mailbox = (await world.graph.calendarSource.findMailbox(ada)) ?? assert.fail();
  });
  afterEach(async () => world.stop());

  /** The texts that an edit is given. */
  async function textsOf(id: string): Promise<EventTexts> {
    let seen: EventTexts | null = null;
    await world.graph.calendarSource.edit(mailbox, id, (_event, texts) => {
      seen = texts;
      return null;
    });
    return seen ?? assert.fail('nobody was asked');
  }

  const draft = { subject: 'Weekly', start, end: start + 3_600_000 };

  it('what Graph leaves out of a body makes it one that is not written to', async () => {
    const whole = world.lab.exchange.send(ada, { ...draft, body: { type: 'html', content: '<p>Agenda</p>' } });
    assert.match((await textsOf(whole.id)).body?.content ?? '', /Agenda/);
    const more = world.lab.exchange.send(ada, { ...draft, body: { type: 'html', content: '<p>Agenda</p>', unsafe: '<p>Agenda</p><form action="https://survey.example"></form>' } });
    assert.equal((await textsOf(more.id)).body, null);
    const rich = world.lab.exchange.send(ada, { ...draft, body: { type: 'html', content: '<p>Agenda</p>' }, properties: { 'Integer 0x1016': '2' } });
    assert.equal((await textsOf(rich.id)).body, null);
  });

  it('a plain text stays plain text', async () => {
    const { id } = world.lab.exchange.send(ada, { ...draft, body: { type: 'text', content: 'Agenda\n<not a tag>' } });
    const { body } = await textsOf(id);
    assert.deepEqual([body?.format, body?.content], ['text', 'Agenda\r\n<not a tag>']);
    await world.graph.calendarSource.edit(mailbox, id, () => ({ body: `${body?.content}\r\nmore` }));
    assert.deepEqual(world.lab.exchange.read(ada, id)?.body, { type: 'text', content: 'Agenda\r\n<not a tag>\r\nmore' });
  });

  it('a room keeps its address when another entry of the place is changed', async () => {
    const { id } = world.lab.exchange.send(ada, { ...draft, locations: [{ name: 'Room 1', address: 'room1@contoso.test' }, { name: '@conf' }] });
    assert.deepEqual((await textsOf(id)).places, ['Room 1', '@conf']);
    await world.graph.calendarSource.edit(mailbox, id, (_event, { places }) => ({ places: places.map((place) => (place === '@conf' ? 'https://x.test' : place)) }));
    assert.deepEqual(world.lab.exchange.read(ada, id)?.locations, [{ name: 'Room 1', address: 'room1@contoso.test' }, { name: 'https://x.test' }]);
  });

  it('an answer that was lost: done once, mailed once, and the next try finds it done', async () => {
    const { id } = world.lab.exchange.send(ada, { ...draft, attendees: [{ address: 'bob@contoso.test' }], locations: [{ name: '@conf' }] });
    const mailed = world.lab.exchange.mails.length;
    const change = (places: readonly string[]) => (places.includes('@conf') ? { places: ['https://x.test'] } : null);
    world.lab.graph.faults.loseReply(504, { method: 'PATCH' }, 1);
    await assert.rejects(world.graph.calendarSource.edit(mailbox, id, (_event, { places }) => change(places)), (error: Error & { fault?: string }) => error.fault === 'unavailable');
    assert.equal((await world.graph.calendarSource.edit(mailbox, id, (_event, { places }) => change(places))).outcome, 'unchanged');
    assert.equal(world.lab.exchange.mails.length, mailed + 1);
  });
});
