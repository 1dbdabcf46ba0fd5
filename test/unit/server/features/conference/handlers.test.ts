import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import type { HoldRequest } from '../../../../../contract/conference/conference.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, inTenant, sendIn } from '../../../../support/conference-steps.ts';
import { anna, createConferenceWorld, minute, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { testStore } from '../../../../support/database.ts';

const mallory: Caller = { ...anna, personId: 'mallory', name: 'Mallory', address: 'mallory@example.com' };
const ticketOf = (id: string): Caller => ({ ...anna, personId: null, name: '', address: '', roles: ['ticket'], ticketFor: id });
const at = (minutes: number): string => new Date(start + minutes * minute).toISOString();

describe('conference endpoints: who may do what', () => {
  let store: Store;
  let close: () => Promise<void>;
  let world: ConferenceWorld;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
    world = createConferenceWorld(store);
  });
  after(async () => close());

  /** Every endpoint that names a conference, asked by `caller`. */
  const doors: Record<string, (id: string, caller: Caller) => Promise<unknown>> = {
    read: (id, caller) => world.feature.handlers.read({ params: { id }, query: {}, body: {} }, caller),
    commit: (id, caller) => sendIn(world, id, { startsAt: at(8), endsAt: at(30) }, caller),
    release: (id, caller) => world.feature.handlers.release({ params: { id }, query: {}, body: {} }, caller),
    restore: (id, caller) => world.feature.handlers.restore({ params: { id }, query: {}, body: {} }, caller),
    renewTicket: (id, caller) => world.feature.handlers.renewTicket({ params: { id }, query: {}, body: {} }, caller),
    change: (id, caller) => world.feature.handlers.change({ params: { id }, query: {}, body: { version: 1, lobby: false } }, caller),
  };

  for (const [name, ask] of Object.entries(doors)) {
    it(`${name}: a stranger learns no more than that there is none, and changes nothing`, async () => {
      const { id } = await holdIn(world);
      const before = await store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      const unknown = await ask('a'.repeat(26), mallory).catch((error: unknown) => error);
      for (const caller of [mallory, { ...anna, tenantId: 'other' }, { ...anna, personId: null, roles: ['public' as const] }, ticketOf('b'.repeat(26))]) {
        const error = await ask(id, caller).catch((each: unknown) => each);
        assert.ok(error instanceof UserError && error.status === 404, `${caller.personId} in ${caller.tenantId}: ${String(error)}`);
        assert.deepEqual(error.problem, (unknown as UserError).problem);
      }
      assert.deepEqual(await store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow(), before);
    });
  }

  it('a ticket reads and sends its own conference and never sees the host code', async () => {
    const { id, hostCode } = await holdIn(world);
    assert.match(hostCode ?? '', /^\d{9}$/);
    for (const name of ['read', 'commit', 'renewTicket']) {
      const answer = await doors[name]?.(id, ticketOf(id));
      assert.ok(answer);
      assert.equal(JSON.stringify(answer).includes(hostCode ?? '-'), false, `${name} shows the host code`);
    }
  });

  it('the invite\'s block never carries the host code', async () => {
    const { block, conference } = await world.feature.handlers.hold({ params: {}, query: {}, body: { idempotencyKey: crypto.randomUUID() } }, anna);
    assert.equal(JSON.stringify(block).includes(conference.hostCode ?? '-'), false);
    assert.ok(block.text.replaceAll(/\D/g, '').includes(conference.accessCode), 'but it has the access code');
  });

  it('one list never shows another person\'s conference', async () => {
    const { id } = await holdIn(world, { startsAt: at(60), endsAt: at(90) });
    const list = async (caller: Caller) => (await world.feature.handlers.list({ params: {}, query: { when: 'upcoming', limit: 100 }, body: {} }, caller)).conferences.map((each) => each.id);
    assert.ok((await list(anna)).includes(id));
    assert.deepEqual(await list(mallory), []);
    assert.deepEqual(await list(ticketOf(id)), []);
  });

  it('a conference that overruns stays upcoming while somebody is in it, and is not past', async () => {
    const { id } = await holdIn(world, { startsAt: at(-60), endsAt: at(-30) });
    const list = async (when: 'upcoming' | 'past') => (await world.feature.handlers.list({ params: {}, query: { when, limit: 100 }, body: {} }, anna)).conferences.some((each) => each.id === id);
    await store.db.updateTable('conference').set({ state: 'live', members: 2 }).where('id', '=', id).execute();
    assert.deepEqual([await list('upcoming'), await list('past')], [true, false]);
    await store.db.updateTable('conference').set({ state: 'ended', members: 0 }).where('id', '=', id).execute();
    assert.deepEqual([await list('upcoming'), await list('past')], [false, true]);
  });

  it('a topic shows its own people the state, others nothing', async () => {
    const { id } = await holdIn(world);
    const mine = await world.feature.snapshot(anna.tenantId, 'anna', `conference:${id}`);
    assert.equal(mine && 'id' in mine && mine.id, id);
    assert.equal(await world.feature.snapshot(anna.tenantId, 'mallory', `conference:${id}`), null);
    assert.equal(await world.feature.snapshot('other', 'anna', `conference:${id}`), null);
    assert.equal(await world.feature.snapshot(anna.tenantId, 'mallory', 'conferences:anna'), undefined);
  });
});

describe('conference hold: one press of the button is one conference', () => {
  let store: Store;
  let close: () => Promise<void>;
  let world: ConferenceWorld;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
    world = createConferenceWorld(store);
  });
  after(async () => close());

  it('the same key again is the same conference, though the invite was changed meanwhile', async () => {
    const idempotencyKey = crypto.randomUUID();
    const first = await holdIn(world, { idempotencyKey, subject: 'One' });
    const again = await holdIn(world, { idempotencyKey, subject: 'Two' });
    assert.deepEqual(again, first);
  });

  it('one key at the same instant is one conference and leaves no code behind that belongs to none', async () => {
    const idempotencyKey = crypto.randomUUID();
    const held = await Promise.all(Array.from({ length: 6 }, () => holdIn(world, { idempotencyKey })));
    assert.equal(new Set(held.map(({ id }) => id)).size, 1);
    const orphans = await store.db.selectFrom('conference_code').selectAll().where('conference_id', 'not in', store.db.selectFrom('conference').select('id')).execute();
    assert.equal(orphans.length, 0);
  });

  it('one key of two people is two conferences', async () => {
    const idempotencyKey = crypto.randomUUID();
    assert.notEqual((await holdIn(world, { idempotencyKey })).id, (await holdIn(world, { idempotencyKey }, mallory)).id);
  });

  const refused: [string, Partial<HoldRequest>, number, string, string][] = [
    ['a language that is not offered', { language: 'fr' }, 422, 'language-not-offered', 'language'],
    ['a bridge that nobody connected', { bridge: 'teams' }, 422, 'bridge-unknown', 'bridge'],
    ['an end before the start', { startsAt: at(30), endsAt: at(10) }, 422, 'ends-before-start', 'endsAt'],
    ['an owner whose calendar nobody has', { owner: 'Nobody@Example.com' }, 422, 'owner-unknown', 'owner'],
  ];
  for (const [name, body, status, code, field] of refused) {
    it(`${name} is refused with the field and a remedy, and nothing is kept`, async () => {
      const idempotencyKey = crypto.randomUUID();
      const error = await holdIn(world, { idempotencyKey, ...body }).catch((each: unknown) => each);
      assert.ok(error instanceof UserError);
      assert.deepEqual([error.status, error.problem.code, error.problem.field], [status, code, field]);
      assert.ok(error.problem.remedy);
      assert.equal((await store.db.selectFrom('conference').select('id').where('idempotency_key', '=', idempotencyKey).execute()).length, 0);
    });
  }

  it('without any bridge it is our side that is not ready', async () => {
    const error = await holdIn(createConferenceWorld(store, { hasBridge: false })).catch((each: unknown) => each);
    assert.ok(error instanceof UserError && error.status === 503 && error.problem.remedy);
  });

  it('a browser\'s language that is not offered becomes the organisation\'s', async () => {
    assert.equal((await holdIn(world, {}, { ...anna, language: 'fr' })).language, 'en');
    assert.equal((await holdIn(world, {}, { ...anna, language: 'de' })).language, 'de');
  });

  it('a delegate books for the owner of the calendar: both see it, nobody else', async () => {
    const { id, host } = await holdIn(world, { owner: 'Boss@Example.com' });
    assert.equal(host.name, 'Boss');
    for (const personId of ['boss', 'anna']) {
      const { conference } = await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, { ...anna, personId });
      assert.match(conference.hostCode ?? '', /^\d{9}$/);
    }
  });

  it('my own address in capitals is still me', async () => {
    const shouting: Caller = { ...anna, address: 'Anna@Example.COM' };
    assert.equal((await holdIn(world, { owner: 'anna@example.com' }, shouting)).host.name, 'Anna Berger');
  });

  it('two who change at once: the second is told, and sees nothing lost', async () => {
    const { id, version, passcode } = await holdIn(world);
    const change = (body: { version: number; lobby?: boolean; newPasscode?: true; language?: string }) => world.feature.handlers.change({ params: { id }, query: {}, body }, anna);
    const { conference } = await change({ version, lobby: false });
    assert.equal(conference.lobby, false);
    const error = await change({ version, newPasscode: true }).catch((each: unknown) => each);
    assert.ok(error instanceof UserError);
    assert.deepEqual([error.status, error.problem.code, error.problem.field], [409, 'changed-meanwhile', 'version']);
    const { conference: after } = await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna);
    assert.deepEqual([after.lobby, after.passcode], [false, passcode]);
    assert.equal(after.history.at(-1)?.why, 'settings-changed');
  });
});
