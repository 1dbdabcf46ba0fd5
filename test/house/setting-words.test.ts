import assert from 'node:assert/strict';
import { availabilitySettings } from '../../contract/availability/availability.ts';
import { conferenceSettings } from '../../contract/conference/settings.ts';
import { logSettings } from '../../contract/operations/log-settings.ts';
import type { SettingsDeclaration } from '../../contract/account/settings.ts';
import { voicemailSettings } from '../../contract/voicemail/settings.ts';
import { settingWords } from '../../words/admin-settings.ts';
import { findWordless } from './rules/setting-words.ts';
import { readTree } from './rules/source-tree.ts';

const declared = [availabilitySettings, conferenceSettings, logSettings, voicemailSettings] as readonly SettingsDeclaration[];

describe('house: every setting has words', () => {
  for (const language of ['en', 'de']) {
    it(`for its key, and for each value that can be chosen: ${language}`, () => assert.deepEqual(declared.flatMap((each) => findWordless(each, settingWords(language))), []));
  }

  it('looks at every declaration that there is', () => {
    const written = readTree().filter(({ path, text }) => path.startsWith('contract/') && /export const \w+: SettingsDeclaration</.test(text));
    assert.equal(written.length, declared.length, written.map(({ path }) => path).join(', '));
  });

  it('finds a key, a value and an input without words', () => {
    const words = { ...settingWords('en'), keys: {}, values: {}, inputs: {} };
    const found = findWordless(availabilitySettings, words);
    for (const missing of ['availability.mapping: no words', 'availability.calendarDetail: no words for the value events', 'availability.mapping: no words for workingElsewhere']) assert.ok(found.includes(missing), missing);
  });
});
