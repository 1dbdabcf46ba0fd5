import assert from 'node:assert/strict';
import { isSoundName, readGreeting, soundsIn, writeGreeting } from '../../../../addin/admin/parts/rules/greeting.ts';
import { availabilitySettings } from '../../../../contract/availability.ts';
import { shapeOf } from '../../../../addin/admin/parts/settings/shape.ts';
import { described } from '../../../../server/accounts/settings/described.ts';

describe('the form of greetings', () => {
  it('gives every value that the setting takes back as it was', () => {
    for (const value of ['own', 'spoken', 'prompt:tieline/closed', 'prompt:vm-isunavail']) assert.equal(writeGreeting(readGreeting(value)), value);
    assert.deepEqual([readGreeting('prompt:a/b'), readGreeting('spoken'), readGreeting(undefined)], [{ way: 'prompt', sound: 'a/b' }, { way: 'spoken', sound: '' }, { way: 'own', sound: '' }]);
  });
  it('takes the names of sounds that the server takes, and no others', () => {
    const takes = (sound: string): boolean => availabilitySettings.schema.greetings.safeParse({ ...availabilitySettings.standard.greetings, busy: `prompt:${sound}` }).success;
    for (const sound of ['closed', 'tieline/closed', 'a.b-c_d/e', '', 'tieline/', '/closed', '../secret', 'a b', 'größe', 'x&y']) assert.equal(isSoundName(sound), takes(sound), sound);
  });
  it('offers the names that stand in other rows, each once', () => assert.deepEqual(soundsIn(['own', 'prompt:closed', 'prompt:', 'prompt:holiday', 'prompt:closed', 7]), ['closed', 'holiday']));
  it('is drawn for the shape that the setting has', () => {
    const shape = shapeOf(described(availabilitySettings).keys.find(({ key }) => key === 'greetings')?.schema ?? {});
    assert.deepEqual(shape, { kind: 'texts', of: Object.keys(availabilitySettings.standard.greetings) });
  });
});
