import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { GraphCall } from '../../../../../server/connectors/graph/client/call.ts';
import type { GraphClient } from '../../../../../server/connectors/graph/client/client.ts';
import { walkDelta } from '../../../../../server/connectors/graph/client/delta.ts';
import { refusal } from '../../../../../server/connectors/graph/client/graph-error.ts';
import { ann, refused, row, startAt, startScripted } from './scripted.ts';
import type { Scripted, Told } from './scripted.ts';

const window = { from: startAt, to: startAt + 14 * 86_400_000 };

describe('graph: changes of a calendar', () => {
  let world: Scripted;
  beforeEach(async () => void (world = await startScripted()));
  afterEach(async () => world.close());

  const link = (query: string): string => `${world.origin}/v1.0/users/${ann.id}/calendarView/delta?${query}`;
  const last = (value: unknown[], token = 'd1'): Told => ({ json: { value, '@odata.deltaLink': link(`$deltatoken=${token}`) } });
  const more = (value: unknown[], token: string): Told => ({ json: { value, '@odata.nextLink': link(`$skiptoken=${token}`) } });
  const changes = (cursor: string | null = null) => world.graph.calendarSource.changes(ann, cursor, window);

  it('begins with the window, without the options that Graph refuses here', async () => {
    world.script(() => last([]));
    const page = await changes();
    const { query, path, headers } = world.asked[0] ?? assert.fail();
    assert.equal(path, `/v1.0/users/${ann.id}/calendarView/delta`);
    assert.deepEqual([...query], [['startDateTime', '2026-11-21T09:00:00.000Z'], ['endDateTime', '2026-12-05T09:00:00.000Z']]);
    assert.equal(headers.prefer, 'IdType="ImmutableId", odata.maxpagesize=50');
    assert.deepEqual([page.events, page.removed, page.wasReset, page.cursor], [[], [], false, link('$deltatoken=d1')]);
  });

  it('follows links to the letter: neither order nor spelling of their query changes', async () => {
    const odd = link('$skiptoken=a%2Fb&x=https://graph.test/&$select=id&$select=subject&flag&a=1');
    world.script(({ url }) => (url.includes('skiptoken') ? last([]) : { json: { value: [], '@odata.nextLink': odd } }));
    await changes();
    assert.equal(world.origin + (world.asked[1]?.url ?? ''), odd);
    world.script(() => last([]));
    await changes(odd.replace('skip', 'delta'));
    assert.equal(world.origin + (world.asked[2]?.url ?? ''), odd.replace('skip', 'delta'));
  });

  it('the same event twice counts as it was told last; removed and back again, too; empty pages are nothing', async () => {
    const pages: Told[] = [
      more([row({ subject: 'old' }), row({ id: 'gone' }), { id: 'back', '@removed': { reason: 'deleted' } }], '1'),
      more([], '2'),
      last([row({ subject: 'new' }), { id: 'gone', '@removed': { reason: 'changed' } }, row({ id: 'back', subject: 'back' })]),
    ];
    world.script(() => pages[world.asked.length - 1] ?? last([]));
    const page = await changes();
    assert.deepEqual(page.events.map(({ id, subject }) => [id, subject]), [['event-1', 'new'], ['back', 'back']]);
    assert.deepEqual(page.removed, [{ mailbox: ann, id: 'gone' }]);
  });

  it('a link to another host is refused, and our token never goes there', async () => {
    for (const host of ['https://evil.test', 'http://localhost', world.origin.replace('localhost', 'localhost.evil.test'), world.origin.replace('https://', 'https://x@')]) {
      world.script(() => ({ json: { value: [], '@odata.nextLink': `${host}/v1.0/x` } }));
      await assert.rejects(changes(), /another host/, host);
      world.script(() => ({ json: { value: [], '@odata.deltaLink': `${host}/v1.0/x` } }));
      await assert.rejects(changes(), /another host/, host);
    }
    assert.ok(world.asked.every(({ path }) => path.endsWith('/delta')));
  });

  it('a cursor of another Graph is not followed: everything is read anew', async () => {
    world.script(() => last([row()]));
    const page = await changes('https://evil.test/v1.0/x');
    assert.deepEqual([page.wasReset, page.events.length, world.asked[0]?.query.has('startDateTime')], [true, 1, true]);
  });

  for (const [status, code] of [[410, 'SyncStateNotFound'], [410, ''], [404, 'syncStateNotFound'], [400, 'SyncStateInvalid'], [409, 'resyncRequired']] as const) {
    it(`${status} ${code}: the state is forgotten, everything in the window is read anew`, async () => {
      world.script(({ query }) => (query.has('$deltatoken') ? refused(status, code, { headers: { location: link('$deltatoken=') } }) : last([row()], 'fresh')));
      const page = await changes(link('$deltatoken=old'));
      assert.deepEqual([page.wasReset, page.events.length, page.cursor], [true, 1, link('$deltatoken=fresh')]);
    });
  }

  it('forgotten in the middle of the pages is forgotten, too; forgotten without end is told', async () => {
    let refusals = 1;
    world.script(({ query }) => {
      if (query.has('$deltatoken')) return more([row({ id: 'half' })], 'x');
      if (query.has('$skiptoken') && refusals-- > 0) return refused(410, 'syncStateNotFound');
      return last([row()]);
    });
    const page = await changes(link('$deltatoken=old'));
    assert.deepEqual([page.wasReset, page.events.map(({ id }) => id)], [true, ['event-1']]);
    world.script(() => refused(410, 'syncStateNotFound'));
    await assert.rejects(changes(link('$deltatoken=old')), /forgot the state again/);
  });

  it('a 404 that is about the mailbox is no forgotten state', async () => {
    world.script(() => refused(404, 'MailboxNotEnabledForRESTAPI'));
    await assert.rejects(changes(link('$deltatoken=old')), /MailboxNotEnabledForRESTAPI/);
    assert.equal(world.asked.length, 1);
  });

  it('pages in a circle, and a last page without a way on, are told instead of followed', async () => {
    world.script(() => more([], 'same'));
    await assert.rejects(changes(), /circles/);
    world.script(() => ({ json: { value: [] } }));
    await assert.rejects(changes(), /no way on/);
  });

  it('rows without an id or with a broken form do not hide the others', async () => {
    world.script(() => last([{ subject: 'no id' }, 7, null, row({ id: 'bad', attendees: 'x' }), row({ id: 'worse', start: { dateTime: 'never' } }), row()]));
    assert.deepEqual((await changes()).events.map(({ id }) => id), ['event-1']);
    assert.ok(world.logged.some(({ message }) => message === 'an event of the calendar cannot be read'));
  });
});

/** One thing that the pages of a walk may say. */
type Saying = { id: string; version: number } | { id: string; removed: true };

function byId(a: unknown, b: unknown): number {
  return JSON.stringify(a).localeCompare(JSON.stringify(b));
}

describe('graph: the delta walker under random pages', () => {
  const base = 'https://graph.test';
  const call: GraphCall = { what: 'walk', method: 'GET', target: { path: '/first' }, right: 'none', budget: { workload: 'directory' }, repeat: 'always' };

  /** A client that gives these pages, and forgets the state when the page `forgetsAt` is asked for the first time. */
  function pagesClient(pages: Saying[][], forgetsAt: number | null): GraphClient {
    let mayForget = forgetsAt !== null;
    return {
      base,
      budgets: { run: async (_use, run) => run(), shared: async (_calls, run) => run(), sharedRequests: 16, holdOff() {}, resync: async (run) => run() },
      async call({ target }, schema) {
        const at = 'link' in target && target.link.includes('page=') ? Number(new URL(target.link).searchParams.get('page')) : 0;
        if (mayForget && at === forgetsAt) {
          mayForget = false;
          throw refusal({ connector: 'm365', what: 'walk', right: 'none', response: new Response(null, { status: 410 }), text: '{"error":{"code":"syncStateNotFound"}}', now: 0 });
        }
        const value = (pages[at] ?? []).map((saying) => ('removed' in saying ? { id: saying.id, '@removed': { reason: 'deleted' } } : saying));
        const isLast = at >= pages.length - 1;
        return schema.parse({ value, ...(isLast ? { '@odata.deltaLink': `${base}/delta` } : { '@odata.nextLink': `${base}/x?page=${at + 1}` }) });
      },
    };
  }

  const saying: fc.Arbitrary<Saying> = fc.oneof(
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), version: fc.nat(9) }),
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), removed: fc.constant(true as const) }),
  );

  it('whatever the pages, repetitions and one loss of state: each id ends as it was told last, and none is both', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(saying, { maxLength: 5 }), { minLength: 1, maxLength: 6 }), fc.option(fc.nat(5)), async (pages, forgetsAt) => {
        const walked = await walkDelta({ client: pagesClient(pages, forgetsAt), connector: 'm365', first: call, cursor: `${base}/x?page=0`, onBrokenRow: () => assert.fail() });
        const expected = new Map<string, Saying>();
        for (const each of pages.flat()) expected.set(each.id, each);
        const living = [...expected.values()].filter((each) => !('removed' in each));
        assert.deepEqual([...walked.rows.values()].toSorted(byId), living.toSorted(byId));
        assert.deepEqual([...walked.removed].toSorted(), [...expected.values()].filter((each) => 'removed' in each).map(({ id }) => id).toSorted());
        assert.equal(walked.wasReset, forgetsAt !== null && forgetsAt < pages.length);
        assert.equal(walked.deltaLink, `${base}/delta`);
      }),
      { numRuns: 300 },
    );
  });
});
