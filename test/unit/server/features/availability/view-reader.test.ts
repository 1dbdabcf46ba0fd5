import assert from 'node:assert/strict';
import type { AvailabilityView } from '../../../../../contract/availability/availability.ts';
import type { AvailabilityDeps } from '../../../../../server/features/availability/deps.ts';
import { createViewReader } from '../../../../../server/features/availability/view/view-reader.ts';

/** Panes that come back all at once are many questions at slightly different moments: what they cost must not grow with their number, and none may be answered by what was read before it asked. */
describe('states for live streams', () => {
  interface Reading { tenant: string; ids: string[]; end(said: string): void; fail(error: Error): void }
  let readings: Reading[];
  let ask: (tenant: string, personId: string) => Promise<AvailabilityView | null>;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    readings = [];
    ask = createViewReader({} as AvailabilityDeps, (_deps, tenant, ids) => new Promise((resolve, reject) => {
      readings.push({ tenant, ids: [...ids], end: (name) => resolve(new Map(ids.filter((id) => id !== 'nobody').map((id) => [id, { personId: id, name } as AvailabilityView]))), fail: reject });
    }));
  });
  const named = async (asked: Promise<AvailabilityView | null>): Promise<string | null> => (await asked)?.name ?? null;

  it('are read once for all who ask at one moment, and nobody is null', async () => {
    const asked = ['a', 'b', 'a', 'nobody'].map((id) => named(ask('t', id)));
    await turn();
    assert.deepEqual(readings.map(({ ids }) => ids), [['a', 'b', 'nobody']]);
    readings[0]?.end('now');
    assert.deepEqual(await Promise.all(asked), ['now', 'now', 'now', null]);
  });

  it('whoever asks while one reading runs is answered by the next, however many they are', async () => {
    const first = named(ask('t', 'a'));
    await turn();
    const later: Promise<string | null>[] = [];
    for (let n = 0; n < 50; n++) {
      later.push(named(ask('t', n % 2 === 0 ? 'a' : 'b')));
      await turn();
    }
    assert.equal(readings.length, 1);
    readings[0]?.end('before');
    assert.equal(await first, 'before');
    await turn();
    assert.deepEqual(readings.map(({ ids }) => ids), [['a'], ['a', 'b']]);
    readings[1]?.end('after');
    assert.deepEqual([...new Set(await Promise.all(later))], ['after']);
    const last = named(ask('t', 'a'));
    await turn();
    readings[2]?.end('again');
    assert.equal(await last, 'again', 'and it begins anew after a rest');
  });

  it('a reading that fails fails those who waited for it alone, and an organisation does not wait for another', async () => {
    const [failing, other] = [ask('t', 'a'), named(ask('u', 'a'))];
    await turn();
    const next = named(ask('t', 'a'));
    assert.deepEqual(readings.map(({ tenant }) => tenant), ['t', 'u']);
    readings[0]?.fail(new Error('the database is away'));
    await assert.rejects(failing, /away/);
    readings[1]?.end('here');
    assert.equal(await other, 'here');
    await turn();
    readings[2]?.end('back');
    assert.equal(await next, 'back');
  });

  it('a crowd is asked for in parts that the database takes', async () => {
    const asked = Array.from({ length: 1_200 }, (_, n) => named(ask('t', `p${n}`)));
    for (let part = 0; part < 3; part++) {
      await turn();
      readings[part]?.end(`part ${part}`);
    }
    assert.deepEqual([new Set(await Promise.all(asked)).size, readings.map(({ ids }) => ids.length)], [3, [500, 500, 200]]);
  });
});
