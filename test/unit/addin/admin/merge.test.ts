import assert from 'node:assert/strict';
import type { SettingsView } from '../../../../contract/account/settings.ts';
import { changeFor, draftOf, givenBack, locked, said } from '../../../../addin/admin/parts/settings/draft.ts';
import { mergedOver, yielded } from '../../../../addin/admin/parts/settings/merge.ts';
import { isWithin, shapeOf } from '../../../../addin/admin/parts/settings/shape.ts';
import { valueText } from '../../../../addin/admin/parts/settings/value-text.ts';
import { logSettings } from '../../../../contract/operations/log-settings.ts';
import { described } from '../../../../server/accounts/settings/described.ts';

const standard = { mode: 'two-way', days: 7, mapping: { busy: 'busy', tentative: 'ignore', noData: 'ignore' } };

/** What the server has of one layer. */
function layer(version: number, own: Record<string, unknown>, locks: readonly string[] = []): SettingsView {
  const source = { scope: 'default' as const, name: null };
  return { feature: 'voicemail', values: { ...standard, ...own }, from: {}, locked: {}, own, locks: [...locks], version, inherited: Object.fromEntries(Object.keys(own).map((key) => [key, { ...source, value: new Map<string, unknown>(Object.entries(standard)).get(key) }])) };
}

describe('settings that two administrators change at once', () => {
  it('different settings: both stand in the form, nothing clashes, and what is saved keeps both', () => {
    const base = layer(1, { mode: 'off' });
    const theirs = layer(2, { mode: 'off', days: 9 });
    const { draft, clashes, taken } = mergedOver(base, said(draftOf(base), 'mode', 'one-way'), theirs);
    assert.deepEqual([draft.own, draft.version, clashes, taken], [{ mode: 'one-way', days: 9 }, 2, [], ['days']]);
    assert.deepEqual(changeFor('organisation', theirs, draft), { version: 2, set: { mode: 'one-way' }, inherit: [], locks: [] });
  });

  it('the same setting: mine stays on the screen, theirs stands beside it, and each can be had', () => {
    const base = layer(1, {});
    const theirs = layer(2, { days: 9 });
    const mine = said(said(draftOf(base), 'days', 30), 'mode', 'off');
    const { draft, clashes } = mergedOver(base, mine, theirs);
    assert.deepEqual(clashes, [{ key: 'days', isRows: false, theirs: 9, mine: 30 }]);
    assert.deepEqual(draft.own, { days: 30, mode: 'off' });
    assert.deepEqual(yielded(draft, clashes, theirs).own, { days: 9, mode: 'off' }, 'only where both changed the same');
  });

  it('a table is merged row by row; a row that both changed clashes', () => {
    const base = layer(1, {});
    const theirs = layer(2, { mapping: { ...standard.mapping, busy: 'doNotDisturb' } });
    const tentative = said(draftOf(base), 'mapping', { ...standard.mapping, tentative: 'away' });
    const apart = mergedOver(base, tentative, theirs);
    assert.deepEqual([apart.draft.own, apart.clashes], [{ mapping: { busy: 'doNotDisturb', tentative: 'away', noData: 'ignore' } }, []]);
    const same = mergedOver(base, said(draftOf(base), 'mapping', { ...standard.mapping, busy: 'away', tentative: 'away' }), theirs);
    assert.deepEqual(same.clashes.map(({ key }) => key), ['mapping']);
    assert.deepEqual(same.draft.own['mapping'], { busy: 'away', tentative: 'away', noData: 'ignore' });
    assert.deepEqual(yielded(same.draft, same.clashes, theirs).own['mapping'], { busy: 'doNotDisturb', tentative: 'away', noData: 'ignore' }, 'my other row stays');
    assert.equal(valueText('en', same.clashes[0]?.theirs), 'Busy: Do not disturb');
    assert.equal(valueText('de', same.clashes[0]?.mine), 'Gebucht: Abwesend');
  });

  it('what one gave back and the other changed clashes; what both gave back does not', () => {
    const base = layer(1, { days: 9, mode: 'off' });
    const mine = givenBack(givenBack(draftOf(base), 'days'), 'mode');
    const { draft, clashes } = mergedOver(base, mine, layer(2, { days: 12 }));
    assert.deepEqual([draft.own, clashes], [{}, [{ key: 'days', isRows: false, theirs: 12, mine: 7 }]]);
    assert.deepEqual(yielded(draft, clashes, layer(2, { days: 12 })).own, { days: 12 });
  });

  it('locks of both are kept, and taken away by whoever took them away', () => {
    const base = layer(1, {}, ['mode', 'days']);
    const mine = locked(locked(draftOf(base), 'mapping', true), 'days', false);
    assert.deepEqual(mergedOver(base, mine, layer(2, {}, ['mode', 'days', 'folder'])).draft.locks.toSorted(), ['folder', 'mapping', 'mode']);
  });

  it('a number outside the limits of the log is told in the form, both ends taken', () => {
    const shapes = new Map(described(logSettings).keys.map(({ key, schema }) => [key, shapeOf(schema)]));
    const takes = (key: string, value: unknown): boolean => isWithin(shapes.get(key) ?? assert.fail(key), value);
    assert.deepEqual([1, 30, 0, 31, 1.5, Number.NaN, null].map((days) => takes('days', days)), [true, true, false, false, false, false, false]);
    assert.deepEqual([10, 60_000, 9, 60_001].map((megabytes) => takes('megabytes', megabytes)), [true, true, false, false]);
  });
});
