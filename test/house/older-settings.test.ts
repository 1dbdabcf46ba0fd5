import assert from 'node:assert/strict';
import { availabilitySettings } from '../../contract/availability/availability.ts';
import { conferenceSettings } from '../../contract/conference/settings.ts';
import { logSettings } from '../../contract/operations/log-settings.ts';
import type { SettingsDeclaration } from '../../contract/account/settings.ts';
import { voicemailSettings } from '../../contract/voicemail/settings.ts';
import { listOptions } from '../../server/config/options.ts';
import { findForgotten, wantedRows } from './rules/older-settings.ts';
import { exists, readTree } from './rules/source-tree.ts';

const settings = [availabilitySettings, conferenceSettings, logSettings, voicemailSettings] as readonly SettingsDeclaration[];
const known = new Set([...settings.flatMap(({ feature, schema }) => Object.keys(schema).map((key) => `${feature}.${key}`)), ...listOptions().map(({ path }) => path), 'connectors']);

describe('house: what older products let people set has an answer', () => {
  const text = readTree('docs').find(({ path }) => path === 'docs/older-settings.md')?.text ?? '';

  it('each row stands once in docs/older-settings.md, with where it is or why it is not, and each setting that it names exists', () => assert.deepEqual(findForgotten(text, known), []));

  it('each file that it names is there', () => assert.deepEqual([...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path = '']) => path).filter((path) => !exists(path)), []));

  it('finds a forgotten row, a second one, an empty one, one that nobody asked for, and a setting that is gone', () => {
    const rows = wantedRows.filter((id) => id !== 'A037' && id !== 'A038').map((id) => `| ${id} | was | is |`);
    const found = findForgotten(['| A038 | was | `log.level: debug` |', '| A039 | was | |', '| A200 | was | `gone.key` |', ...rows].join('\n'), known);
    assert.deepEqual(found, ['A037: no row', 'A039: 2 rows', 'A200: asked for by nobody', 'A039: says nothing', 'A200: no setting gone.key']);
  });
});
