import assert from 'node:assert/strict';
import { ada, members, startLabMail } from '../../../support/lab-mail.ts';
import type { LabMail, WireReply } from '../../../support/lab-mail.ts';
import { codeOf, event, idOf, items } from './shapes.ts';

const start = `/users/${ada}/calendarView/delta?startDateTime=2026-03-20T00:00:00Z&endDateTime=2026-04-10T00:00:00Z`;
const weekly = { ...event, recurrence: { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] }, range: { type: 'numbered', startDate: '2026-03-23', numberOfOccurrences: 3 } } };
const hour = 3_600_000;

function link(reply: WireReply, kind: 'next' | 'delta'): string {
  return String(members(reply)[`@odata.${kind}Link`]);
}

describe('lab graph: calendarView/delta', () => {
  let lab: LabMail;

  beforeEach(async () => {
    lab = await startLabMail();
  });

  afterEach(async () => lab.close());

  /** Follows the links to the end of the round; all pages, and the link for the next round. */
  async function round(from: string, prefer = 'odata.maxpagesize=100'): Promise<{ pages: Record<string, unknown>[][]; delta: string }> {
    const pages: Record<string, unknown>[][] = [];
    for (let at = from; ; ) {
      const reply = await lab.call('GET', at, { headers: { prefer } });
      assert.equal(reply.status, 200, reply.text);
      pages.push(items(reply));
      if ('@odata.deltaLink' in members(reply)) return { pages, delta: link(reply, 'delta') };
      at = link(reply, 'next');
    }
  }

  async function add(body: unknown = event): Promise<string> {
    return idOf(await lab.call('POST', `/users/${ada}/events`, { body }));
  }

  it('tells all first, then only what changed, then nothing', async () => {
    const id = await add();
    const first = await round(start);
    assert.deepEqual(first.pages.map((page) => page.map((each) => each['id'])), [[id]]);
    assert.deepEqual((await round(first.delta)).pages, [[]]);
    await add({ ...event, subject: 'Second' });
    const second = await round(first.delta);
    assert.deepEqual(second.pages[0]?.map(({ subject }) => subject), ['Second']);
    assert.deepEqual((await round(second.delta)).pages, [[]]);
    assert.deepEqual((await round(first.delta)).pages[0]?.length, 1, 'an old link stays good');
  });

  it('freezes the window in the token: nothing outside it appears however far time goes on', async () => {
    const { delta } = await round(start);
    assert.ok(!delta.includes('DateTime'), delta);
    lab.clock.advance(30 * 24 * hour);
    await add({ ...event, start: { dateTime: '2026-04-20T09:00:00', timeZone: 'UTC' }, end: { dateTime: '2026-04-20T10:00:00', timeZone: 'UTC' } });
    const inside = await add({ ...event, subject: 'inside' });
    assert.deepEqual((await round(delta)).pages[0]?.map((each) => each['id']), [inside]);
  });

  it('a deleted event is @removed; one moved out of the window comes once more with its new time', async () => {
    const [gone, away] = [await add(), await add()];
    const { delta } = await round(start);
    lab.exchange.remove(ada, gone);
    lab.exchange.move(ada, away, Date.parse('2026-06-01T08:00:00Z'), Date.parse('2026-06-01T09:00:00Z'));
    const next = await round(delta);
    assert.deepEqual(next.pages[0]?.map((each) => [each['id'], each['@removed'], each['subject']]), [[gone, { reason: 'deleted' }, undefined], [away, undefined, 'Plan']]);
    assert.deepEqual((await round(next.delta)).pages, [[]]);
  });

  it('an event moved to another calendar is @removed here', async () => {
    const id = await add();
    const { delta } = await round(start);
    lab.exchange.moveToCalendar(ada, id, lab.exchange.addCalendar(ada, 'Other').id);
    assert.deepEqual((await round(delta)).pages[0]?.map((each) => [each['id'], '@removed' in each]), [[id, true]]);
  });

  it('a series is its master, stubs of its occurrences and whole exceptions; a cancelled occurrence is told by its absence', async () => {
    const id = await add(weekly);
    const { pages, delta } = await round(start);
    assert.deepEqual(pages[0]?.map(({ type, subject, iCalUId }) => [type, subject, iCalUId === undefined]), [
      ['seriesMaster', 'Plan', false], ['occurrence', undefined, true], ['occurrence', undefined, true], ['occurrence', undefined, true],
    ]);
    const [, second, third] = lab.exchange.occurrences(ada, id, Date.parse('2026-03-01'), Date.parse('2026-05-01'));
    lab.exchange.update(ada, second?.id ?? '', { subject: 'Special' });
    lab.exchange.cancel(ada, third?.id ?? '');
    const next = await round(delta);
    assert.deepEqual(next.pages[0]?.map(({ type, subject, '@removed': removed }) => [type, subject, removed]), [['seriesMaster', 'Plan', undefined], ['occurrence', undefined, undefined], ['exception', 'Special', undefined]]);
    lab.exchange.cancel(ada, id);
    assert.deepEqual((await round(next.delta)).pages[0]?.map((each) => [each['id'], '@removed' in each]), [[id, true]]);
  });

  it('pages by Prefer without splitting a series, may tell an item twice, and ends with an empty page', async () => {
    for (const day of [23, 24, 25, 26]) await add({ ...event, subject: `S${day}`, start: { dateTime: `2026-03-${day}T08:00:00`, timeZone: 'UTC' }, end: { dateTime: `2026-03-${day}T09:00:00`, timeZone: 'UTC' } });
    await add(weekly);
    const { pages } = await round(start, 'odata.maxpagesize=2');
    assert.deepEqual(pages.map((page) => page.length), [2, 2, 2, 5, 0]);
    assert.deepEqual(new Set(pages.flat().map((each) => each['id'])).size, 8);
    assert.equal(pages[0]?.[1]?.['id'], pages[1]?.[0]?.['id']);
  });

  it('takes no query option but the window', async () => {
    for (const option of ['$select=id', '$filter=x', '$expand=x', '$orderby=x', '$search=x', '$top=5']) {
      const reply = await lab.call('GET', `${start}&${option}`);
      assert.deepEqual([reply.status, codeOf(reply)], [400, 'ErrorInvalidUrlQuery'], option);
    }
    assert.equal((await lab.call('GET', `/users/${ada}/calendarView/delta`)).status, 400);
  });

  it('an expired token is 410 with the address to start again; a foreign mailbox’s token is no good', async () => {
    await add();
    const { delta } = await round(start);
    const other = await lab.call('GET', delta.replace(ada, 'bob@contoso.test'));
    assert.equal(other.status, 410);
    lab.graph.expireDeltaTokens();
    const refused = await lab.call('GET', delta);
    assert.deepEqual([refused.status, codeOf(refused)], [410, 'SyncStateNotFound']);
    const again = await round(String(refused.headers['location']));
    assert.equal(again.pages.flat().length, 1);
  });

  it('gives ids in the form preferred on each call, also of what is gone', async () => {
    const id = await add();
    const { delta } = await round(start);
    lab.exchange.remove(ada, id);
    const rest = (await round(delta)).pages[0]?.[0]?.['id'];
    const immutable = (await round(delta, 'IdType="ImmutableId"')).pages[0]?.[0]?.['id'];
    assert.equal(rest, id);
    assert.notEqual(immutable, id);
  });

  it('keeps its tokens out of the log', async () => {
    const { delta } = await round(start);
    await round(delta);
    const token = new URL(delta).searchParams.get('$deltatoken') ?? 'none';
    assert.doesNotMatch(JSON.stringify(lab.graph.log.entries), new RegExp(token));
    assert.match(lab.graph.log.entries.at(-1)?.path ?? '', /\$deltatoken=…$/);
  });
});
