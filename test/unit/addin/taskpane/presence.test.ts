import assert from 'node:assert/strict';
import { face } from '../../../../contract/availability/availability.ts';
import { colourOf, stateColours } from '../../../../contract/availability/look.ts';
import { lookOf } from '../../../../addin/taskpane/parts/state-look.ts';
import { faces, strengths } from '../../../../server/features/availability/rules/state.ts';
import { readTree } from '../../../house/rules/source-tree.ts';

const state = (named: keyof typeof faces) => ({ face: named, availability: faces[named] });

/** The variables of a style sheet's rule. */
function variables(css: string, selector: string): Record<string, string> {
  const body = new RegExp(`(?:^|\\n)${selector.replaceAll(/[[\]*.]/g, '\\$&')} \\{\\n([^}]*--[^}]*)\\}`).exec(css)?.[1] ?? assert.fail(selector);
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

describe('the colour of a state (A039)', () => {
  const sheets = readTree('addin').filter(({ path }) => path.endsWith('.css'));
  const people = sheets.find(({ path }) => path.endsWith('styles/people.css'))?.text ?? '';

  it('is known for every face that the rules can make, and every answer', () => {
    assert.deepEqual(Object.keys(colourOf).toSorted(), [...Object.keys(faces), 'unknown'].toSorted());
    assert.deepEqual([...face.options].toSorted(), [...Object.keys(faces), 'custom'].toSorted());
    assert.ok(Object.keys(strengths).every((each) => each in colourOf), 'a title of one\'s own is drawn as what the phone does');
  });
  it('is drawn from the one table: each state has its class, and each two that share one have shapes that tell them apart or mean the same to a caller', () => {
    const all = (Object.keys(faces) as (keyof typeof faces)[]).map((each) => ({ face: each, ...lookOf(state(each)) }));
    for (const each of all) assert.equal(each.colour, colourOf[each.face]);
    for (const one of all) {
      for (const other of all) if (one.colour === other.colour && faces[one.face] !== faces[other.face]) assert.notEqual(one.Icon, other.Icon, `${one.face} and ${other.face}`);
    }
    assert.deepEqual(lookOf({ face: 'custom', availability: 'doNotDisturb' }), lookOf(state('doNotDisturb')));
  });
  it('is that of nobody knows for old news, for nobody, and for a face that only a newer server has', () => {
    const unknown = lookOf(null);
    assert.equal(unknown.colour, 'unknown');
    const newer = Object.assign(state('busy'), { face: 'constructor' });
    assert.deepEqual([lookOf(state('busy'), true), lookOf(newer)], [unknown, unknown]);
  });
  it('stands in the style sheet as in the table, light and dark, and each class takes it from there', () => {
    const [light, dark] = [variables(people, '.provider'), variables(people, ".provider.dark")];
    for (const [name, colours] of Object.entries(stateColours)) {
      assert.deepEqual([light[name], dark[name] ?? light[name]], [colours.light, colours.dark], name);
      assert.match(people, new RegExp(`\\.${name === 'phone' ? 'on-phone' : `presence\\.${name}`} \\{ color: var\\(--${name}\\);`));
    }
    assert.deepEqual(Object.keys(light).toSorted(), Object.keys(stateColours).toSorted());
  });
  it('stands nowhere else (the greys and reds of text are Fluent\'s own)', () => {
    const hues = new Set<string>(Object.entries(stateColours).flatMap(([name, { light, dark }]) => (name === 'unknown' || name === 'phone' ? [] : [light, dark])));
    const found = readTree('addin').filter(({ path }) => /\.(?:css|tsx?)$/.test(path)).flatMap(({ path, text }) => [...text.toLowerCase().matchAll(/#[0-9a-f]{6}\b/g)].flatMap(([hue]) => (hues.has(hue) && !path.endsWith('styles/people.css') ? `${path} ${hue}` : [])));
    assert.deepEqual(found, []);
  });
});
