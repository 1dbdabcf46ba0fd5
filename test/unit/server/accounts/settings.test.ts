import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Caller, Who } from '../../../../contract/endpoint.ts';
import { logSettings } from '../../../../contract/operations/log-settings.ts';
import type { SettingsDeclaration, SettingsRequest } from '../../../../contract/account/settings.ts';
import { settingsChange } from '../../../../contract/account/settings.ts';
import { createLabClock } from '../../../../lab/clock.ts';
import { createGroups, type Groups } from '../../../../server/accounts/groups/groups.ts';
import { insertPerson } from '../../../../server/accounts/rows.ts';
import { settingsHandlers } from '../../../../server/accounts/settings/handlers.ts';
import { resolve, type SettingsLayer } from '../../../../server/accounts/settings/resolve.ts';
import { createSettings, type Settings } from '../../../../server/accounts/settings/settings.ts';
import { settingsSnapshot } from '../../../../server/accounts/settings/snapshot.ts';
import { UserError } from '../../../../server/domain/errors.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { testStore } from '../../../support/database.ts';
import { until } from '../../../support/until.ts';

type Values = { colour: 'red' | 'green' | 'blue'; size: number; note: string | null };
const declaration: SettingsDeclaration<Values> = {
  feature: 'paint',
  schema: { colour: z.enum(['red', 'green', 'blue']), size: z.number().int(), note: z.string().nullable() },
  standard: { colour: 'red', size: 1, note: null },
};
const layer = (scope: SettingsLayer['scope'], values: object, locked: string[] = [], name: string | null = null): SettingsLayer => ({ scope, name, values: { ...values }, locked });

describe('settings in layers', () => {
  it('the nearer layer counts, and each value says where it comes from', () => {
    const { values, from } = resolve(declaration, [layer('organisation', { colour: 'green', size: 2 }), layer('group', { size: 3 }, [], 'Sales'), layer('person', { note: 'mine' })]);
    assert.deepEqual(values, { colour: 'green', size: 3, note: 'mine' });
    assert.deepEqual(from, { colour: { scope: 'organisation', name: null }, size: { scope: 'group', name: 'Sales' }, note: { scope: 'person', name: null } });
  });
  it('of several groups the first that has an opinion counts, each key for itself', () => {
    const { values } = resolve(declaration, [layer('group', { size: 3 }, [], 'A'), layer('group', { size: 4, colour: 'blue' }, [], 'B')]);
    assert.deepEqual([values.size, values.colour], [3, 'blue']);
  });
  it('what a farther layer locks, no nearer one changes; the lock stands for an inherited value as well', () => {
    const { values, locked, from } = resolve(declaration, [layer('organisation', { colour: 'green' }, ['colour', 'note']), layer('group', { colour: 'blue', size: 9 }, ['size'], 'A'), layer('person', { colour: 'red', size: 7, note: 'x' })]);
    assert.deepEqual(values, { colour: 'green', size: 9, note: null });
    assert.deepEqual(locked, { colour: { scope: 'organisation', name: null }, note: { scope: 'organisation', name: null }, size: { scope: 'group', name: 'A' } });
    assert.equal(from.note.scope, 'default');
  });
  it('a value of another release that cannot be read counts as not said, and so do keys nobody knows', () => {
    const { values } = resolve(declaration, [layer('organisation', { colour: 'green' }), layer('person', { colour: 'mauve', constructor: 1, size: '9' })]);
    assert.deepEqual(values, { colour: 'green', size: 1, note: null });
  });
});

describe('settings and groups, stored', () => {
  let store: Store;
  let close: () => Promise<void>;
  let settings: Settings;
  let groups: Groups;
  let anna = '';
  let ben = '';
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T12:00:00Z'), paused: true });
  const declared = { declaration, check: async (_tenant: string, values: Readonly<Record<string, unknown>>) => {
    if (values['note'] === 'forbidden') throw new UserError(422, { code: 'note-forbidden', message: 'No.', remedy: 'Another one.' });
  } };

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore({ clock }));
    await store.db.insertInto('tenant').values({ tenant_id: 't', name: 'T', created_at: new Date(clock.now()) }).execute();
    settings = createSettings({ clock, store, live: store.live });
    groups = createGroups({ clock, store });
  });
  beforeEach(async () => {
    await store.db.deleteFrom('setting').execute();
    await store.db.deleteFrom('person_group').execute();
    anna = await insertPerson(store.db, 't', { name: 'Anna', address: 'anna@example.com' }, clock.now());
    ben = await insertPerson(store.db, 't', { name: 'Ben', address: 'ben@example.com' }, clock.now());
  });
  after(() => close());

  const handlers = () => settingsHandlers(settings, groups, [declared], async (_caller, idOrAddress) => idOrAddress);
  const caller = (personId: string, ...roles: Who[]): Caller => ({ tenantId: 't', personId, name: '', address: '', roles: ['user', ...roles], ticketFor: null, language: 'en', correlationId: 'x' });
  const save = (whose: string, body: SettingsRequest) => handlers().saveMine({ params: { feature: 'paint' }, query: {}, body: settingsChange.parse(body) }, caller(whose));
  const refusal = async (asked: Promise<unknown>): Promise<[number, string, string | undefined]> => {
    const error = await asked.catch((each: unknown) => each);
    assert.ok(error instanceof UserError && error.problem.remedy, String(error));
    return [error.status, error.problem.code, error.problem.field];
  };

  it('a person sets, reads back where it comes from, and inherits again', async () => {
    const { settings: first } = await save(anna, { version: 0, set: { size: 5 } });
    assert.deepEqual([first.values['size'], first.from['size']?.scope, first.version], [5, 'person', 1]);
    assert.deepEqual(await settings.valuesOf(declaration, 't', anna), { colour: 'red', size: 5, note: null });
    assert.deepEqual(await settings.valuesOf(declaration, 't', ben), declaration.standard, 'and nobody else has it');
    const { settings: after } = await save(anna, { version: 1, inherit: ['size'] });
    assert.deepEqual([after.values['size'], after.from['size']?.scope, after.own], [1, 'default', {}]);
  });

  it('of two who save over the same version one is told, the very first time too', async () => {
    for (const version of [0, 1]) {
      const both = await Promise.allSettled([save(anna, { version, set: { size: 7 } }), save(anna, { version, set: { size: 8 } })]);
      assert.deepEqual(both.map((each) => each.status).toSorted(), ['fulfilled', 'rejected'], `version ${version}`);
      const lost = both.find((each) => each.status === 'rejected');
      assert.deepEqual(await refusal(Promise.reject(lost?.reason)), [409, 'changed-meanwhile', 'version']);
    }
  });

  for (const [name, body, expected] of [
    ['a key that is not declared', { version: 0, set: { __proto__x: 1 } }, [422, 'setting-unknown', '__proto__x']],
    ['a value that cannot be', { version: 0, set: { colour: 'mauve' } }, [422, 'setting-wrong', 'colour']],
    ['what only the feature knows to be wrong', { version: 0, set: { note: 'forbidden' } }, [422, 'note-forbidden', undefined]],
    ['to inherit what is not declared', { version: 0, inherit: ['shape'] }, [422, 'setting-unknown', 'shape']],
    ['a lock by a person', { version: 0, locks: ['size'] }, [422, 'nothing-to-lock', 'locks']],
  ] as const) {
    it(`refuses ${name}, and keeps nothing`, async () => {
      assert.deepEqual(await refusal((async () => save(anna, structuredClone(body) as SettingsRequest))()), expected);
      assert.equal((await store.db.selectFrom('setting').selectAll().execute()).length, 0);
    });
  }

  for (const [set, remedy] of [[{ days: 0 }, 'The least is 1.'], [{ days: 31 }, 'The most is 30.'], [{ megabytes: 9 }, 'The least is 10.'], [{ megabytes: 60_001 }, 'The most is 60000.']] as const) {
    it(`refuses to keep the log for ${JSON.stringify(set)}, and says the limit`, async () => {
      const saving = settings.save({ declaration: logSettings }, 't', { scope: 'organisation', scopeId: '', feature: 'log' }, settingsChange.parse({ version: 0, set }), anna);
      await assert.rejects(saving, (error) => error instanceof UserError && error.problem.field === Object.keys(set)[0] && error.problem.remedy === remedy);
    });
  }

  it('what the organisation locks a person may not change, and an older choice of theirs sleeps until it is unlocked', async () => {
    await save(anna, { version: 0, set: { colour: 'blue' } });
    const admin = caller(ben, 'administrator');
    const params = { feature: 'paint' };
    await handlers().saveOrganisations({ params, query: {}, body: settingsChange.parse({ version: 0, set: { colour: 'green' }, locks: ['colour'] }) }, admin);
    const { settings: view } = await handlers().mine({ params, query: {}, body: {} }, caller(anna));
    assert.deepEqual([view.values['colour'], view.locked['colour']?.scope, view.own['colour']], ['green', 'organisation', 'blue']);
    assert.deepEqual(await refusal(save(anna, { version: 1, set: { colour: 'red' } })), [409, 'setting-locked', 'colour']);
    await handlers().saveOrganisations({ params, query: {}, body: settingsChange.parse({ version: 1, locks: [] }) }, admin);
    assert.equal((await settings.valuesOf(declaration, 't', anna)).colour, 'blue');
  });

  it('a group\'s settings reach its members only; the lower rank counts first; a removed group takes its settings with it', async () => {
    const [a, b] = [await groups.make('t', { name: 'A', claim: null, rank: 10 }), await groups.make('t', { name: 'B', claim: null, rank: 5 })];
    for (const { id } of [a, b]) await groups.add('t', id, anna);
    const set = (group: string, size: number) => handlers().saveGroups({ params: { group, feature: 'paint' }, query: {}, body: settingsChange.parse({ version: 0, set: { size } }) }, caller(ben, 'administrator'));
    await set(a.id, 10);
    await set(b.id, 5);
    assert.deepEqual([(await settings.valuesOf(declaration, 't', anna)).size, (await settings.valuesOf(declaration, 't', ben)).size], [5, 1]);
    const { settings: view } = await handlers().mine({ params: { feature: 'paint' }, query: {}, body: {} }, caller(anna));
    assert.deepEqual(view.from['size'], { scope: 'group', name: 'B' });
    await groups.remove('t', b.id);
    assert.equal((await settings.valuesOf(declaration, 't', anna)).size, 10);
    assert.deepEqual(await refusal(set(b.id, 6)), [404, 'group-unknown', undefined]);
  });

  it('a token\'s groups make members and take them back, and never what an administrator said', async () => {
    const sales = await groups.make('t', { name: 'Sales', claim: 'oid-sales', rank: 1 });
    const board = await groups.make('t', { name: 'Board', claim: 'oid-board', rank: 2 });
    await groups.add('t', board.id, anna);
    await groups.heard('t', anna, ['oid-sales', 'oid-board', 'oid-of-others']);
    assert.deepEqual((await groups.of('t', anna)).map(({ name }) => name), ['Sales', 'Board']);
    await groups.heard('t', anna, null);
    assert.equal((await groups.of('t', anna)).length, 2, 'a token that does not say changes nothing');
    await groups.heard('t', anna, []);
    assert.deepEqual((await groups.of('t', anna)).map(({ name }) => name), ['Board']);
    assert.deepEqual((await groups.members('t', board.id)).map(({ source }) => source), ['administrator']);
    assert.equal((await groups.all('t')).find(({ id }) => id === sales.id)?.members, 0);
  });

  it('a group that is made later has its members after five minutes, without a query for each request', async () => {
    await groups.heard('t', anna, ['oid-late']);
    await groups.make('t', { name: 'Late', claim: 'oid-late', rank: 1 });
    await groups.heard('t', anna, ['oid-late']);
    assert.deepEqual(await groups.of('t', anna), []);
    clock.advance(5 * 60_000);
    await groups.heard('t', anna, ['oid-late']);
    assert.deepEqual((await groups.of('t', anna)).map(({ name }) => name), ['Late']);
  });

  it('of two who rename a group from the same state one is told, and nothing of the other is lost', async () => {
    const { id, name, claim, rank } = await groups.make('t', { name: 'Support', claim: null, rank: 20 });
    const seen = { name, claim, rank };
    const both = await Promise.allSettled([groups.change('t', id, { name: 'Help desk' }, seen), groups.change('t', id, { rank: 5 }, seen)]);
    const lost = both.find((each) => each.status === 'rejected');
    assert.deepEqual(await refusal(Promise.reject(lost?.reason)), [409, 'changed-meanwhile', 'seen']);
    const now = await groups.need('t', id);
    assert.deepEqual([now.name, now.rank], both[0].status === 'fulfilled' ? ['Help desk', 20] : ['Support', 5], 'the whole of one, nothing of the other');
    assert.deepEqual(await refusal(groups.change('t', id, { name: 'Late' }, seen)), [409, 'changed-meanwhile', 'seen'], 'nor later over a state that is gone');
    assert.equal((await groups.change('t', id, { name: 'Late' }, { name: now.name, claim: now.claim, rank: now.rank })).name, 'Late');
    await groups.remove('t', id);
  });
  it('two groups never share a name or a claim', async () => {
    const first = await groups.make('t', { name: 'Sales', claim: 'x', rank: 1 });
    const other = await groups.make('t', { name: 'Other', claim: null, rank: 1 });
    const wishes = [() => groups.make('t', { name: 'SALES', claim: null, rank: 1 }), () => groups.make('t', { name: 'New', claim: 'x', rank: 1 }), () => groups.change('t', other.id, { name: 'sales' }), () => groups.change('t', other.id, { claim: 'x' })];
    for (const wish of wishes) {
      assert.deepEqual(await refusal(wish()), [409, 'group-taken', 'name']);
    }
    assert.equal((await groups.change('t', first.id, { rank: 7 })).rank, 7);
  });

  it('a change is announced to whom it reaches, and a topic never shows another person\'s settings', async () => {
    const heard: string[] = [];
    const stop = store.live.onAnnouncement(({ topic }) => heard.push(String(topic)));
    await save(anna, { version: 0, set: { size: 2 } });
    await handlers().saveOrganisations({ params: { feature: 'paint' }, query: {}, body: settingsChange.parse({ version: 0, set: { size: 3 } }) }, caller(ben, 'administrator'));
    await until(() => heard.includes('settings-paint:all') && heard.includes(`settings-paint:${anna}`));
    stop();
    const see = (personId: string, topic: string) => settingsSnapshot(settings, [declared], { tenantId: 't', personId }, topic);
    assert.equal((await see(anna, `settings-paint:${anna}`))?.values['size'], 2);
    assert.equal((await see(ben, 'settings-paint:all'))?.values['size'], 3);
    assert.equal(await see(ben, `settings-paint:${anna}`), null);
    assert.equal(await see(ben, 'settings-other:all'), undefined);
  });
});
