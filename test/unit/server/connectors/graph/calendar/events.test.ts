import assert from 'node:assert/strict';
import { ann, refused, row, startAt, startScripted } from '../scripted.ts';
import type { Asked, Scripted, Told } from '../scripted.ts';

const window = { from: startAt, to: startAt + 14 * 86_400_000 };

function stub(id: string, master: string, day: string): Record<string, unknown> {
  return { id, type: 'occurrence', seriesMasterId: master, '@odata.etag': 'W/"9"', start: { dateTime: `${day}T09:00:00.0000000`, timeZone: 'UTC' }, end: { dateTime: `${day}T10:00:00.0000000`, timeZone: 'UTC' } };
}

/** What Graph makes of a batch whose reads wait for each other; a number stands for a refusal. */
function batch({ body }: Asked, byId: Record<string, unknown>): Told {
  const { requests }: { requests: { id: string; url: string }[] } = JSON.parse(body);
  let isBroken = false;
  const responses = requests.map(({ id, url }) => {
    if (isBroken) return { id, status: 424 };
    const found = byId[decodeURIComponent(new URL(url, 'https://x').pathname.split('/').at(-1) ?? '')];
    isBroken = found === undefined || typeof found === 'number';
    if (typeof found === 'number') return { id, status: found, body: { error: { code: 'ErrorAccessDenied', message: '' } } };
    return found === undefined ? { id, status: 404, body: { error: { code: 'ErrorItemNotFound', message: '' } } } : { id, status: 200, body: found };
  });
  return { json: { responses } };
}

describe('graph: reading a calendar', () => {
  let world: Scripted;
  beforeEach(async () => void (world = await startScripted()));
  afterEach(async () => world.close());

  /** A delta of these rows, and these events by id in batches. */
  function calendar(rows: unknown[], byId: Record<string, unknown> = {}): void {
    world.script((asked) => (asked.path === '/v1.0/$batch' ? batch(asked, byId) : { json: { value: rows, '@odata.deltaLink': `${world.origin}/v1.0/x?$deltatoken=1` } }));
  }

  const find = (name: string) => world.graph.calendarSource.findMailbox(name);
  const changes = () => world.graph.calendarSource.changes(ann, null, window);
  const batches = (): Asked[] => world.asked.filter(({ path }) => path === '/v1.0/$batch');

  it('occurrences whose master is in the same pages need no further request', async () => {
    calendar([stub('o1', 'm', '2026-11-23'), row({ id: 'm', type: 'seriesMaster' }), stub('o2', 'm', '2026-11-30')]);
    const { events } = await changes();
    assert.deepEqual(events.map(({ id, kind, subject, startsAt }) => [id, kind, subject, new Date(startsAt).toISOString().slice(0, 10)]), [
      ['o1', 'occurrence', 'Weekly', '2026-11-23'], ['m', 'seriesMaster', 'Weekly', '2026-11-23'], ['o2', 'occurrence', 'Weekly', '2026-11-30'],
    ]);
    assert.equal(batches().length, 0);
  });

  it('masters that are not are read together; a series that went away in between is left out', async () => {
    calendar([stub('a1', 'a', '2026-11-23'), stub('a2', 'a', '2026-11-24'), stub('b1', 'b', '2026-11-23'), stub('c1', 'c', '2026-11-23')], {
      a: row({ id: 'a', type: 'seriesMaster', subject: 'A' }), c: row({ id: 'c', type: 'seriesMaster', subject: 'C', sensitivity: 'private' }),
    });
    const { events } = await changes();
    assert.deepEqual(events.map(({ id, subject }) => [id, subject]), [['a1', 'A'], ['a2', 'A'], ['c1', '']]);
    assert.equal(batches().length, 2);
  });

  it('anything else that is not whole is read by itself', async () => {
    calendar([{ id: 'thin', type: 'exception', seriesMasterId: 'm', start: row()['start'], end: row()['end'] }, { id: 'odd' }], { thin: row({ id: 'thin', type: 'exception', seriesMasterId: 'm', subject: 'Thin' }) });
    assert.deepEqual((await changes()).events.map(({ id, subject }) => [id, subject]), [['thin', 'Thin']]);
  });

  for (const status of [403, 500]) {
    it(`an event that is refused by itself (${status}) is neither missing nor in the way: it is named, to be read later`, async () => {
      calendar([stub('a1', 'a', '2026-11-23'), stub('b1', 'b', '2026-11-23')], { a: status, b: row({ id: 'b', type: 'seriesMaster' }) });
      const page = await changes();
      assert.deepEqual([page.events.map(({ id }) => id), page.removed, page.unread], [['b1'], [], ['a']]);
    });
  }

  it('occurrences and stretches are read to the last page, each event once', async () => {
    world.script(({ query, path }) => (query.has('$skip')
      ? { json: { value: [row({ id: '2' }), row({ id: '3' })] } }
      : { json: { value: [row({ id: '1' }), row({ id: '2', subject: 'old' })], '@odata.nextLink': `${world.origin}${path}?$skip=2` } }));
    const occurrences = await world.graph.calendarSource.occurrences(ann, 'm/1', window);
    assert.deepEqual(occurrences.map(({ id, subject }) => [id, subject]), [['1', 'Weekly'], ['2', 'Weekly'], ['3', 'Weekly']]);
    assert.equal(world.asked[0]?.path, `/v1.0/users/${ann.id}/events/m%2F1/instances`);
    assert.equal(world.asked[0]?.query.get('$select')?.includes('originalStart'), true);
    await world.graph.calendarSource.between(ann, window);
    assert.deepEqual([world.asked[2]?.path, world.asked[2]?.query.get('endDateTime')], [`/v1.0/users/${ann.id}/calendarView`, '2026-12-05T09:00:00.000Z']);
  });

  describe('the other calendars', () => {
    const owner = { name: 'Ann', address: 'Ann@contoso.test' };
    const calendars = [
      { id: 'default', isDefaultCalendar: true, canEdit: true, owner: { ...owner, address: 'ann@contoso.test' } }, { id: 'project', isDefaultCalendar: false, canEdit: true, owner },
      { id: 'holidays', isDefaultCalendar: false, canEdit: false, owner }, { id: 'boss', isDefaultCalendar: false, canEdit: true, owner: { name: 'Boss', address: 'boss@contoso.test' } },
      { id: 'gone', isDefaultCalendar: false, canEdit: true, owner }, { broken: true },
    ];
    const besides = () => world.graph.calendarSource.besides(ann, window);

    it('are those that their owner keeps and writes to: none of somebody else, none that is only looked at; one that is deleted meanwhile hides no other', async () => {
      world.script(({ path }) => {
        if (path.endsWith('/calendars')) return { json: { value: calendars } };
        return path.includes('gone') ? refused(404, 'ErrorItemNotFound') : { json: { value: [row({ id: 'found' })] } };
      });
      assert.deepEqual((await besides()).map(({ id }) => id), ['found']);
      assert.deepEqual(world.asked.map(({ path }) => path.split('/').slice(4).join('/')), ['calendars', 'calendars/project/calendarView', 'calendars/gone/calendarView']);
    });

    it('are bounded in number, and any other refusal is told, not taken for emptiness', async () => {
      const many = Array.from({ length: 60 }, (_, n) => ({ id: `c${n}`, canEdit: true, owner }));
      world.script(({ path }) => ({ json: { value: path.endsWith('/calendars') ? [calendars[0], ...many] : [] } }));
      assert.deepEqual([await besides(), world.asked.length], [[], 21]);
      world.script(({ path }) => (path.endsWith('/calendars') ? { json: { value: calendars } } : refused(403, 'ErrorAccessDenied')));
      await assert.rejects(besides(), (error: Error & { fault?: string }) => error.fault === 'denied');
    });
  });

  describe('writing', () => {
    it('writes only what is given, only to the version that was read', async () => {
      world.script(() => ({ json: row() }));
      await world.graph.calendarSource.rewrite(ann, 'event-1', 'W/"1"', { location: 'Room 2' });
      const { method, headers, body } = world.asked[0] ?? assert.fail();
      assert.deepEqual([method, headers['if-match'], headers['content-type'], JSON.parse(body)], ['PATCH', 'W/"1"', 'application/json', { location: { displayName: 'Room 2' } }]);
      await world.graph.calendarSource.rewrite(ann, 'event-1', 'W/"1"', { body: { format: 'html', content: '<p>&</p>' } });
      assert.deepEqual(JSON.parse(world.asked[1]?.body ?? ''), { body: { contentType: 'html', content: '<p>&</p>' } });
    });

    it('changed in between, or read without a version, is refused', async () => {
      world.script(() => refused(412, 'ErrorIrresolvableConflict'));
      await assert.rejects(world.graph.calendarSource.rewrite(ann, 'event-1', 'W/"1"', { location: 'x' }), (error: Error & { fault?: string }) => error.fault === 'refused' && error.message.includes('changed in between'));
      await assert.rejects(world.graph.calendarSource.rewrite(ann, 'event-1', '', { location: 'x' }), /version is not known/);
      assert.equal(world.asked.length, 1);
    });
  });

  describe('finding a mailbox', () => {
    const user = { id: ann.id, displayName: 'Ann', mail: 'Ann@Contoso.test', proxyAddresses: ['smtp:anne@contoso.test', 'SMTP:Ann@contoso.test', 'x500:/o=x', 'SIP:ann@contoso.test'] };

    it('by address: primary first, lower case, mail addresses only', async () => {
      world.script(() => ({ json: user }));
      assert.deepEqual(await find('ANN@contoso.test'), { ...ann, addresses: ['ann@contoso.test', 'anne@contoso.test'], displayName: 'Ann' });
      assert.equal((await find(ann.id.toUpperCase()))?.id, ann.id);
    });

    it('by a secondary address, quoted, and only when it is one person\'s', async () => {
      world.script(({ path }) => (path === '/v1.0/users' ? { json: { value: [user] } } : refused(404, 'Request_ResourceNotFound')));
      assert.equal((await find("o'anne@contoso.test"))?.id, ann.id);
      assert.equal(world.asked[1]?.query.get('$filter'), "mail eq 'o''anne@contoso.test' or proxyAddresses/any(p:p eq 'smtp:o''anne@contoso.test')");
      world.script(({ path }) => (path === '/v1.0/users' ? { json: { value: [user, { ...user, id: 'other' }] } } : refused(404, 'Request_ResourceNotFound')));
      assert.equal(await find('anne@contoso.test'), null);
    });

    it('one person\'s sign-in name that is another\'s address leads to the address\'s owner', async () => {
      const other = { id: 'other', displayName: 'Other', mail: 'new@contoso.test' };
      world.script(({ path }) => (path === '/v1.0/users' ? { json: { value: [user] } } : { json: other }));
      assert.equal((await find('ann@contoso.test'))?.id, ann.id);
    });

    it('a sign-in name that is nobody\'s address is the name of whoever signs in with it', async () => {
      world.script(({ path }) => (path === '/v1.0/users' ? { json: { value: [] } } : { json: user }));
      assert.equal((await find('ann@corp.local'))?.id, ann.id);
    });

    it('nobody, nobody with a mailbox, and what is no address at all', async () => {
      world.script(({ path }) => (path === '/v1.0/users' ? { json: { value: [] } } : refused(404, 'Request_ResourceNotFound')));
      assert.equal(await find('nobody@contoso.test'), null);
      assert.equal(await find('99999999-9999-4999-8999-999999999999'), null);
      world.script(() => ({ json: { id: 'x', displayName: 'Service', mail: null, proxyAddresses: [] } }));
      assert.equal(await find(ann.id), null);
      const before = world.asked.length;
      for (const name of ['', 'ann', '../me', 'a b@c', '<ann@contoso.test>', "x' or 1 eq 1"]) assert.equal(await find(name), null, name);
      assert.equal(world.asked.length, before);
    });
  });
});
