import assert from 'node:assert/strict';
import { countriesShown } from '../../../../addin/taskpane/panels/meeting/numbers.ts';
import { mineRow, nextLater } from '../../../../addin/taskpane/panels/meeting/mine-row.ts';
import { castOf, withRole } from '../../../../addin/taskpane/panels/meeting/roles.ts';
import { rolesLine } from '../../../../addin/taskpane/panels/meeting/roles-line.ts';
import { typeName, typeText } from '../../../../addin/taskpane/panels/meeting/type-name.ts';
import { readSettings } from '../../../../addin/taskpane/panels/settings/read-settings.ts';
import { isLocked, sourceText } from '../../../../addin/taskpane/panels/settings/setting-source.tsx';
import { choiceWords } from '../../../../words/choices.ts';
import { timesFor } from '../../../../words/times.ts';
import { conference, offer, settings } from '../../../screens/sample.ts';

const words = choiceWords('en');
const times = timesFor('en', 'Europe/Berlin');
const now = Date.parse('2026-11-21T09:52:00Z');
const jonas = { address: 'jonas@example.com', name: 'Jonas Weber' };

describe('roles in the pane', () => {
  it('shows everybody in the invite, and those with a part who are not in it any more', () => {
    const cast = castOf([jonas, { address: 'maria@example.com', name: 'Maria' }], [{ ...jonas, address: 'Jonas@example.com', role: 'presenter' }, { address: 'gone@example.com', name: 'Gone', role: 'host' }]);
    assert.deepEqual(cast.map(({ name, part, isInvited }) => [name, part, isInvited]), [['Jonas Weber', 'presenter', true], ['Maria', 'guest', true], ['Gone', 'host', false]]);
  });
  it('gives, changes and takes back a part without touching another', () => {
    const given = withRole([{ address: 'a@example.com', name: 'A', role: 'host' }], jonas, 'presenter');
    assert.deepEqual(given.map(({ name, role }) => [name, role]), [['A', 'host'], ['Jonas Weber', 'presenter']]);
    assert.deepEqual(withRole(given, jonas, 'guest').map(({ name }) => name), ['A']);
    assert.deepEqual(withRole(given, jonas, 'emperor'), given);
  });
  it('says who has a part in one line', () => {
    const said = (over: Parameters<typeof conference>[0]) => rolesLine(conference(over), 'Anna.Berger@example.com', words, 'en');
    assert.equal(said({}), 'You host');
    assert.equal(said({ roles: [{ ...jonas, role: 'presenter' }] }), 'You host · Jonas Weber presents');
    assert.equal(said({ roles: [{ ...jonas, role: 'presenter' }, { address: 'm', name: 'Maria', role: 'presenter' }] }), 'You host · Jonas Weber and Maria present');
    assert.equal(said({ host: { name: 'Boss', address: 'boss@example.com' }, roles: [{ ...jonas, role: 'host' }] }), 'Boss hosts · Jonas Weber hosts');
  });
});

describe('what stands in the invite', () => {
  const dialIn = ['DE', 'GB', 'SE', 'FR'].map((country) => ({ country, number: `+${country}` }));
  it('is three numbers at most: the chosen ones, else the first; a country that the bridge lost counts as not chosen', () => {
    assert.deepEqual(countriesShown({ dialIn, countries: [] }), ['DE', 'GB', 'SE']);
    assert.deepEqual(countriesShown({ dialIn, countries: ['FR', 'JP'] }), ['FR']);
    assert.deepEqual(countriesShown({ dialIn, countries: ['JP'] }), ['DE', 'GB', 'SE']);
  });
});

describe('types', () => {
  it('have the administrator\'s name only where two are alike, and a kind that this pane does not know is shown as it came', () => {
    const [phone, video] = offer().types;
    assert.ok(phone && video);
    assert.equal(typeName(phone, [phone, video], words), 'Phone conference');
    assert.equal(typeName(phone, [phone, { ...phone, id: 'other' }], words), 'Phone conference (pbx)');
    assert.equal(typeName(Object.assign({}, phone, { kind: 'hologram' }), [phone], words), 'hologram');
    assert.equal(typeText(phone, words, 'en'), 'Numbers in Germany, United Kingdom, and Sweden');
    assert.equal(typeText(video, words, 'en'), 'No phone numbers');
  });
});

describe('my conferences', () => {
  const row = (over: Parameters<typeof conference>[0], at = now) => mineRow(conference({ expiresAt: null, ...over }), at, words.mine, times);
  it('say what can be done with each', () => {
    assert.deepEqual(row({ state: 'scheduled' }), { id: conference().id, name: 'Weekly logistics', when: 'Sat 21 Nov, 11:00 to 11:45', text: 'Open now', does: 'join' });
    assert.equal(row({ state: 'scheduled' }, now - 3_600_000).text, 'Opens at Sat 21 Nov at 10:50');
    assert.deepEqual([row({ state: 'held', expiresAt: '2026-11-22T08:52:00Z' }).does, row({ state: 'ended' }).does, row({ state: 'cancelled' }).does], ['nothing', 'nothing', 'nothing']);
    const back = row({ state: 'cancelled', restorableUntil: '2026-11-28T08:52:00Z' });
    assert.deepEqual([back.does, back.text], ['restore', 'Cancelled, can come back until Sat 28 Nov at 09:52']);
  });
  it('offer to restore by the server\'s word, however wrong this computer\'s clock is', () => {
    const wrong = Date.parse('2031-01-01T00:00:00Z');
    assert.equal(row({ state: 'cancelled', restorableUntil: '2026-11-28T08:52:00Z' }, wrong).does, 'restore');
  });
  it('have no button for a state that a newer server has', () => {
    assert.deepEqual([mineRow(Object.assign(conference(), { state: 'paused' }), now, words.mine, times).does], ['nothing']);
  });
  it('have a name where the meeting has none', () => assert.deepEqual([row({ subject: '' }).name, row({ subject: null }).name], ['Conference', 'Conference']));
  it('name a standing room by what it is', () => assert.equal(row({ state: 'scheduled', isStanding: true, startsAt: null, endsAt: null, opensAt: null }).name, 'My personal room'));
  it('tell when the next one is, only when none is today', () => {
    const on = (startsAt: string) => conference({ startsAt });
    assert.equal(nextLater([on('2026-11-23T08:00:00Z'), on('2026-11-25T08:00:00Z')], now, times), 'Mon 23 Nov at 09:00');
    assert.equal(nextLater([on('2026-11-21T15:00:00Z'), on('2026-11-23T08:00:00Z')], now, times), undefined);
    assert.equal(nextLater([], now, times), undefined);
    assert.equal(nextLater([on('2026-11-20T15:00:00Z')], now, times), undefined, 'one that overruns is no later one');
  });
});

describe('settings in the pane', () => {
  it('say where each comes from, and what is fixed', () => {
    const view = settings(true);
    const said = (key: string) => sourceText(view, key, words.choose);
    assert.deepEqual(['language', 'bridge', 'template', 'insert', 'room'].map(said), ['Set by you', 'Set for Sales', 'Set by Tieline', 'Fixed by your organisation', 'Fixed for Sales']);
    assert.deepEqual([isLocked(view, 'insert'), isLocked(view, 'language')], [true, false]);
  });
  it('of a newer server are shown as far as they are known', () => {
    const values = readSettings({ insert: 'sometimes', room: 7, bridge: ['x'], language: null, lobby: 'maybe', colour: 'blue' });
    assert.deepEqual(values, { insert: 'button', room: 'fresh', bridge: null, language: null, template: null, lobby: true });
    assert.equal(sourceText({ from: { insert: Object.assign({ scope: 'person' as const, name: null }, { scope: 'planet' }) }, locked: {} }, 'insert', words.choose), '');
  });
});
