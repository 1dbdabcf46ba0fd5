import assert from 'node:assert/strict';
import { isSoundName, readGreeting, writeGreeting } from '../../../../addin/admin/parts/rules/greeting.ts';
import { byFolder, without } from '../../../../addin/admin/parts/rules/sounds.ts';
import { availabilitySettings } from '../../../../contract/availability/availability.ts';
import { shapeOf } from '../../../../addin/admin/parts/settings/shape.ts';
import { described } from '../../../../server/accounts/settings/described.ts';

const system = (instance: string, sounds: string[] | null) => ({ instance, sounds, trouble: null });

describe('sounds to choose from', () => {
  it('are those of all phone systems, each once, by folder; those in none come last', () => {
    const systems = [system('pbx', ['hello', 'digits/1', 'tieline/a/closed']), system('branch', ['hello', 'custom/us']), system('old', null)];
    assert.deepEqual(byFolder(systems).map(({ folder, sounds }) => `${folder}: ${sounds.join()}`), ['digits: digits/1', 'tieline/a: tieline/a/closed', 'custom: custom/us', ': hello']);
    assert.deepEqual(byFolder([system('old', null)]), []);
  });
  it('are named as missing where a phone system tells that it has not this one, not where it cannot tell', () => {
    assert.deepEqual(without([system('pbx', ['hello']), system('branch', []), system('old', null)], 'hello'), ['branch']);
  });
});

describe('the form of greetings', () => {
  it('gives every value that the setting takes back as it was', () => {
    for (const value of ['own', 'spoken', 'prompt:tieline/closed', 'prompt:vm-isunavail']) assert.equal(writeGreeting(readGreeting(value)), value);
    assert.deepEqual([readGreeting('prompt:a/b'), readGreeting('spoken'), readGreeting(undefined)], [{ way: 'prompt', sound: 'a/b' }, { way: 'spoken', sound: '' }, { way: 'own', sound: '' }]);
  });
  it('takes the names of sounds that the server takes, and no others', () => {
    const takes = (sound: string): boolean => availabilitySettings.schema.greetings.safeParse({ ...availabilitySettings.standard.greetings, busy: `prompt:${sound}` }).success;
    for (const sound of ['closed', 'tieline/closed', 'a.b-c_d/e', '', 'tieline/', '/closed', '../secret', 'a b', 'größe', 'x&y']) assert.equal(isSoundName(sound), takes(sound), sound);
  });
  it('is drawn for the shape that the setting has', () => {
    const shape = shapeOf(described(availabilitySettings).keys.find(({ key }) => key === 'greetings')?.schema ?? {});
    assert.deepEqual(shape, { kind: 'texts', of: Object.keys(availabilitySettings.standard.greetings) });
  });
});
