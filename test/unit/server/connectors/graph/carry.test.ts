import assert from 'node:assert/strict';
import { z } from 'zod';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { ChangePage } from '../../../../../server/ports/calendar-source.ts';
import { hastyClock, refused, row, startAt, startScripted } from './scripted.ts';
import type { Asked, Scripted, Told } from './scripted.ts';

const window = { from: startAt, to: startAt + 14 * 86_400_000 };
const batchBody = z.object({ requests: z.array(z.object({ id: z.string(), method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) })) });

/** Calendars of many people, read at once: which of them share a request, and what a fault of one does to the others. */
describe('graph: changes of many calendars in one request', () => {
  let world: Scripted;
  const start = async (config: Parameters<typeof startScripted>[0] = {}): Promise<void> => void (world = await startScripted(config));
  afterEach(async () => world.close());

  const innerOf = ({ body }: Asked): z.output<typeof batchBody>['requests'] => batchBody.parse(JSON.parse(body)).requests;
  const userOf = (path: string): string => /\/users\/([^/]+)\//.exec(path)?.[1] ?? assert.fail(path);
  const page = (user: string): Told => ({ json: { value: [row({ id: `event of ${user}` })], '@odata.deltaLink': `${world.origin}/v1.0/users/${user}/calendarView/delta?$deltatoken=${user}` } });
  const changes = (user: string, cursor: string | null = null): Promise<ChangePage> => world.graph.calendarSource.changes({ instance: 'm365', id: user }, cursor, window);
  const people = (count: number): string[] => Array.from({ length: count }, (_, n) => `p${n}`);

  /** A Graph that answers `page` to everybody, or what `of` says. Answers of a batch come in any order. */
  function graph(of: (user: string, how: 'shared' | 'alone') => Told | 'hang' | 'cut' = page): void {
    world.script((asked) => {
      if (asked.path !== '/v1.0/$batch') return of(userOf(asked.path), 'alone');
      const told = innerOf(asked).map(({ id, url }) => [id, of(userOf(url), 'shared')] as const);
      const bad = told.find(([, each]) => each === 'hang' || each === 'cut')?.[1];
      if (bad === 'hang' || bad === 'cut') return bad;
      return { json: { responses: told.flatMap(([id, each]) => (typeof each === 'string' ? [] : [{ id, status: each.status ?? 200, headers: each.headers ?? {}, body: each.json }])).toReversed() } };
    });
  }

  const batches = (): string[][] => world.asked.filter(({ path }) => path === '/v1.0/$batch').map((asked) => innerOf(asked).map(({ url }) => userOf(url)));
  const singles = (): string[] => world.asked.filter(({ path }) => path !== '/v1.0/$batch').map(({ path }) => userOf(path));

  it('each hears of its own calendar, with the headers of a call that travels alone, and nothing secret inside', async () => {
    await start();
    graph();
    const pages = await Promise.all(people(40).map((each) => changes(each)));
    assert.deepEqual(pages.map(({ events }) => events.map(({ id }) => id)), people(40).map((each) => [`event of ${each}`]));
    assert.deepEqual(pages.map(({ cursor }) => new URL(cursor).searchParams.get('$deltatoken')), people(40));
    assert.ok(batches().length >= 2 && batches().every((each) => each.length <= 20), 'they travelled together, twenty at most');
    assert.deepEqual([...batches().flat(), ...singles()].toSorted(), people(40).toSorted(), 'each was asked once');
    const asked = world.asked.find(({ path }) => path === '/v1.0/$batch') ?? assert.fail();
    assert.equal(asked.headers.authorization, 'Bearer token-1');
    assert.deepEqual(innerOf(asked)[0]?.headers, { prefer: 'IdType="ImmutableId", odata.maxpagesize=50' });
  });

  it('one alone waits for nobody and travels as it is', async () => {
    await start();
    graph();
    await changes('ann');
    assert.deepEqual([batches(), singles()], [[], ['ann']]);
  });

  it('a cursor is followed to the letter', async () => {
    await start();
    graph();
    const odd = (user: string): string => `${world.origin}/v1.0/users/${user}/calendarView/delta?$skiptoken=a%2Fb&flag&a=1`;
    await Promise.all(['a', 'b'].map((user) => changes(user, odd(user))));
    assert.deepEqual(innerOf(world.asked[0] ?? assert.fail()).map(({ url }) => `${world.origin}/v1.0${url}`), ['a', 'b'].map(odd));
  });

  it('who is refused for a moment (429 with a decimal, 503) is asked again after the pause; the others are not', async () => {
    await start();
    const tries = new Map<string, number>();
    graph((user) => {
      const before = tries.get(user) ?? 0;
      tries.set(user, before + 1);
      if (user === 'p1' && before === 0) return refused(429, 'ApplicationThrottled', { headers: { 'Retry-After': '2.5' } });
      if (user === 'p2' && before === 0) return refused(503, 'ErrorServerBusy');
      return page(user);
    });
    const pages = await Promise.all(people(6).map((each) => changes(each)));
    assert.ok(pages.every(({ events }) => events.length === 1), 'nobody is lost');
    assert.deepEqual(people(6).map((each) => tries.get(each)), [1, 2, 2, 1, 1, 1]);
    assert.ok(world.clock.slept.some((ms) => ms >= 2_500), 'the pause was kept');
  });

  it('a missing mailbox, a missing right and a forgotten cursor are answers to their own calls only', async () => {
    await start();
    const link = (user: string): string => `${world.origin}/v1.0/users/${user}/calendarView/delta?$deltatoken=old`;
    let forgot = 0;
    graph((user) => {
      if (user === 'gone') return refused(404, 'ErrorInvalidUser');
      if (user === 'denied') return refused(403, 'ErrorAccessDenied');
      if (user === 'forgot' && forgot++ === 0) return refused(410, 'syncStateNotFound', { headers: { Location: 'https://elsewhere.test/' } });
      return page(user);
    });
    const ends = await Promise.allSettled(['gone', 'denied', 'forgot', 'fine'].map((user) => changes(user, link(user))));
    const told = ends.map((end) => (end.status === 'fulfilled' ? (end.value.wasReset ? 'read anew' : 'read') : end.reason instanceof TheirError ? end.reason.fault : 'another error'));
    assert.deepEqual(told, ['gone', 'denied', 'read anew', 'read']);
  });

  it('one that takes the whole request with it is asked alone the next time, and the others come home', async () => {
    await start();
    graph((user, how) => (user === 'p3' ? (how === 'shared' ? 'cut' : refused(500, 'ErrorInternalServerError')) : page(user)));
    const ends = await Promise.allSettled(people(5).map((each) => changes(each)));
    assert.deepEqual(ends.map(({ status }) => status), ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    // The client itself sends a cut request again once where no byte came back; each of ours leaves together once only.
    assert.ok(batches().every((each) => each.length === batches()[0]?.length));
    assert.deepEqual([...new Set(singles())].toSorted(), people(5));
  });

  it('a refusal of the request is a refusal of all in it: a new token, and nobody is lost', async () => {
    await start();
    let isOld = true;
    world.script((asked) => {
      if (asked.path !== '/v1.0/$batch') return page(userOf(asked.path));
      if (!isOld) return { json: { responses: innerOf(asked).map(({ id, url }) => ({ id, status: 200, body: page(userOf(url)).json })) } };
      isOld = false;
      return refused(401, 'InvalidAuthenticationToken');
    });
    const pages = await Promise.all(people(4).map((each) => changes(each)));
    assert.ok(pages.every(({ events }) => events.length === 1));
    assert.equal(world.tokens.length, 2, 'one new token for all of them');
  });

  const broken: [string, Told][] = [
    ['no list', { json: { value: [] } }], ['another form', { json: { responses: [{ id: 7 }] } }], ['an answer less', { json: { responses: [] } }], ['no JSON', { text: '<html>' }],
    ['404 for the batch itself', refused(404, 'ErrorInvalidUser')], ['403 for it', refused(403, 'ErrorAccessDenied')],
  ];
  it(`an answer that is none says nothing of the mailboxes: they are asked one by one (${broken.map(([what]) => what).join(', ')})`, async () => {
    await start();
    for (const [what, told] of broken) {
      world.asked.length = 0;
      world.script(({ path }) => (path === '/v1.0/$batch' ? told : page(userOf(path))));
      const ends = await Promise.allSettled(people(3).map((each) => changes(each)));
      assert.deepEqual([ends.map(({ status }) => status), singles().toSorted()], [['fulfilled', 'fulfilled', 'fulfilled'], people(3)], what);
    }
  });

  it('under the strictest budget one request is under way at a time, and whoever comes meanwhile leaves together', async () => {
    await start({ config: { budgets: { overallConcurrent: 4 } } });
    const [first, rest] = [people(1), people(25).slice(1)];
    graph((user) => (user === 'p0' ? 'hang' : page(user)));
    const abandoned = changes(first[0] ?? '').catch((error: unknown) => error);
    await world.arrived(1);
    const others = Promise.all(rest.map((each) => changes(each)));
    // The one that hangs is given up by the deadline of its attempt.
    world.clock.advance(20_000);
    graph();
    assert.ok((await others).every(({ events }) => events.length === 1));
    await abandoned;
    assert.ok(batches().some((each) => each.length === 20), JSON.stringify(batches().map((each) => each.length)));
  });

  it('what the caller gave up before it left is not asked for', async () => {
    await start({ config: { budgets: { overallConcurrent: 4 }, deadlines: { attemptMs: 60_000, overallMs: 5_000 } }, clock: hastyClock(1) });
    graph(() => 'hang');
    const hanging = changes('first').catch((error: unknown) => error);
    await world.arrived(1);
    const waiting = changes('second').catch((error: unknown) => error);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    world.clock.advance(5_000);
    assert.deepEqual([await hanging, await waiting].map((error) => error instanceof TheirError && error.fault), ['no-answer', 'no-answer']);
    assert.deepEqual(world.asked.map(({ path }) => userOf(path)), ['first']);
  });
});
