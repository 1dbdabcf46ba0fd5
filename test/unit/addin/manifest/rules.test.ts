import assert from 'node:assert/strict';
import { checkManifest, rules, unreadable } from '../../../../addin/manifest/check.ts';
import { readFacts } from '../../../../addin/manifest/facts.ts';
import type { Facts } from '../../../../addin/manifest/finding.ts';
import { behaviourBreaches } from './cases/behaviour.ts';
import { installed, own } from './cases/breach.ts';
import { contentBreaches } from './cases/content.ts';
import { schemaBreaches } from './cases/schema.ts';

const breaches = [...schemaBreaches, ...contentBreaches, ...behaviourBreaches];

describe('manifest rules: what Outlook would refuse is found before it is uploaded', () => {
  let facts: Facts;

  before(async () => {
    facts = await readFacts();
  });

  it('nothing is wrong with the manifest of this project', () => assert.deepEqual(checkManifest(own, facts), []));

  it('nor with that of an installation', () => assert.deepEqual(checkManifest(installed, facts), []));

  it('nor with one that begins with a byte order mark, or has other prefixes', () => {
    assert.deepEqual(checkManifest(`\uFEFF${own}`, facts), []);
    const renamed = own.replaceAll(/(<\/?)bt:/g, '$1basic:').replace('xmlns:bt=', 'xmlns:basic=').replaceAll('"bt:MobileIconList"', '"basic:MobileIconList"');
    assert.deepEqual(checkManifest(renamed, facts), []);
  });

  for (const { rule, what, xml, facts: change } of breaches) {
    it(`${rule}: ${what}`, () => {
      const findings = checkManifest(xml, change ? change(facts) : facts);
      assert.deepEqual([...new Set(findings.map((each) => each.rule))], [rule], JSON.stringify(findings, null, 1));
      for (const { where, problem, remedy } of findings) {
        assert.match(where, /^line \d+/);
        assert.match(problem, /\S/);
        assert.match(remedy, /\S.*[.…]$/);
      }
    });
  }

  it('every rule has a manifest that breaks it', () => {
    const broken = new Set(breaches.map((each) => each.rule));
    assert.deepEqual([unreadable, ...rules.map((each) => each.name)].filter((name) => !broken.has(name)), []);
  });

  it('every constraint on the list of what Outlook refuses has a rule: those of the schema, and the eighteen that no schema finds', () => {
    const from = new Set(rules.map((each) => each.from));
    const list = ['XSD', ...Array.from({ length: 18 }, (_, index) => String(index + 1))];
    assert.deepEqual(list.filter((each) => !from.has(each)), []);
  });

  it('no two rules have one name, so that a finding leads to one place', () => {
    const names = rules.map((each) => each.name);
    assert.equal(new Set(names).size, names.length);
  });

  it('a hundred thousand nested elements are an answer, not a crash', () => {
    assert.deepEqual(checkManifest(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`, facts).map((each) => each.rule), [unreadable]);
  });
});
