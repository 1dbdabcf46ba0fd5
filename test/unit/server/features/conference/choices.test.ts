import assert from 'node:assert/strict';
import { conferenceSettings, type ConferenceSettings } from '../../../../../contract/conference/settings.ts';
import type { Caller } from '../../../../../contract/endpoint.ts';
import type { ChangeRequest } from '../../../../../contract/conference/conference.ts';
import { createMemoryBridge } from '../../../../../server/connectors/memory/index.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { findCode } from '../../../../../server/features/conference/rows.ts';
import { rolesKept, roleOf } from '../../../../../server/features/conference/roles.ts';
import { createConferenceFeature } from '../../../../../server/features/conference/index.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { aConference } from '../../../../support/conference.ts';
import { holdIn, inTenant, sendIn } from '../../../../support/conference-steps.ts';
import { anna, createConferenceWorld, minute, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { testStore } from '../../../../support/database.ts';

const jonas: Caller = { ...anna, personId: 'jonas', name: 'Jonas Weber', address: 'jonas@example.com' };
const at = (minutes: number): string => new Date(start + minutes * minute).toISOString();

describe('roles: who you are decides', () => {
  it('keeps each address once, in lower case, and never the owner', () => {
    const kept = rolesKept([
      { address: ' Jonas@Example.com ', name: '', role: 'presenter' }, { address: 'jonas@example.com', name: 'Jonas', role: 'host' }, { address: 'ANNA@example.com', name: 'Anna', role: 'presenter' },
    ], 'anna@example.com');
    assert.deepEqual(kept, [{ address: 'jonas@example.com', name: 'Jonas', role: 'host' }]);
  });
  it('owner and booker are hosts, the named have their part by any address of theirs, everybody else is a guest', () => {
    const conference = aConference({ bookerId: 'ben', roles: [{ address: 'jonas@example.com', name: 'Jonas', role: 'presenter' }] });
    const part = (personId: string, ...addresses: string[]) => roleOf(conference, { personId, addresses });
    assert.deepEqual([part('anna'), part('ben'), part('jonas', 'j@other.example', 'Jonas@example.com'), part('mallory', 'jonas@example.com.evil.example')], ['host', 'host', 'presenter', 'guest']);
  });
});

describe('what an organizer chooses for a conference', () => {
  let store: Store;
  let close: () => Promise<void>;
  let world: ConferenceWorld;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
    world = createConferenceWorld(store);
    const video = createMemoryBridge({ instance: 'meet', clock: world.clock, dialIn: [{ country: 'FR', number: '+33123456789' }, { country: 'DE', number: '+493023125400' }] });
    world.deps.bridges = [world.bridge.port, video.port];
    world.feature = createConferenceFeature(world.deps);
  });
  after(async () => close());

  const change = (id: string, body: ChangeRequest, caller = anna) => world.feature.handlers.change({ params: { id }, query: {}, body: { ...body } }, caller);
  const refusal = async (asked: Promise<unknown>): Promise<[number, string]> => {
    const error = await asked.catch((each: unknown) => each);
    assert.ok(error instanceof UserError && error.problem.remedy, String(error));
    return [error.status, error.problem.code];
  };

  it('naming a presenter gives out one code for presenters, once, and it leads in as presenter', async () => {
    const { id, version, presenterCode } = await holdIn(world);
    assert.equal(presenterCode, null);
    const roles = [{ address: 'Jonas@example.com', name: 'Jonas Weber', role: 'presenter' as const }];
    const { conference, block } = await change(id, { version, roles });
    assert.match(conference.presenterCode ?? '', /^\d{9}$/);
    assert.deepEqual(await findCode(store.db, 'default', conference.presenterCode ?? ''), { conferenceId: id, role: 'presenter' });
    assert.equal(JSON.stringify(block).includes(conference.presenterCode ?? '-'), false, 'never in the invite');
    const again = await change(id, { version: conference.version, roles: [] });
    assert.deepEqual([again.conference.presenterCode, again.conference.roles], [conference.presenterCode, []]);
  });

  it('a presenter\'s code passes a lobby in which a guest waits', async () => {
    const held = await holdIn(world, { startsAt: at(0), endsAt: at(30) });
    const { conference } = await change(held.id, { version: held.version, roles: [{ address: 'jonas@example.com', name: 'Jonas', role: 'presenter' }] });
    await sendIn(world, held.id, { startsAt: at(0), endsAt: at(30) });
    const admission = world.feature.admission('default');
    const ask = (code: string) => admission.decideByCode(code, { instance: 'pbx', number: '+49301', callId: '1' });
    const [presenter, guest] = [await ask(conference.presenterCode ?? ''), await ask(conference.accessCode)];
    assert.deepEqual([presenter.admit && presenter.role, presenter.admit && presenter.waitsForHost], ['presenter', false]);
    assert.deepEqual([guest.admit && guest.role, guest.admit && guest.waitsForHost], ['guest', true]);
  });

  it('another type takes the conference to the other bridge with its numbers, and drops countries that it does not know', async () => {
    const { id, version } = await holdIn(world);
    const first = await change(id, { version, countries: ['DE'] });
    const { conference, block } = await change(id, { version: first.conference.version, bridge: 'meet', countries: ['FR', 'DE'] });
    assert.deepEqual([conference.bridge.instance, conference.countries], ['meet', ['FR', 'DE']]);
    assert.ok(block.text.indexOf('+33 1 23 45 67 89') < block.text.indexOf('+49 30'), 'in the order that was chosen');
    const back = await change(id, { version: conference.version, bridge: 'pbx' });
    assert.deepEqual(back.conference.countries, ['DE']);
  });

  it('a scheduled one is brought to its new bridge; not while somebody is in', async () => {
    const held = await holdIn(world, { startsAt: at(0), endsAt: at(30) });
    const sent = await sendIn(world, held.id, { startsAt: at(0), endsAt: at(30) });
    await world.work();
    const { conference } = await change(held.id, { version: (await world.feature.handlers.read({ params: { id: sent.id }, query: {}, body: {} }, anna)).conference.version, bridge: 'meet' });
    assert.deepEqual([conference.bridge.instance, conference.bridge.state], ['meet', 'pending']);
    await world.work();
    const { conference: after } = await world.feature.handlers.read({ params: { id: held.id }, query: {}, body: {} }, anna);
    assert.deepEqual([after.bridge.instance, after.bridge.state], ['meet', 'agreed']);
    await store.db.updateTable('conference').set({ members: 1 }).where('id', '=', held.id).execute();
    assert.deepEqual(await refusal(change(held.id, { version: after.version, bridge: 'pbx' })), [409, 'conference-live']);
  });

  for (const [name, body, code] of [
    ['a bridge that is not connected', { bridge: 'teams' }, 'bridge-unknown'],
    ['a country without a number', { countries: ['JP'] }, 'country-unknown'],
    ['a template that is not there', { template: 'none-such' }, 'template-unknown'],
    ['a language that is not offered', { language: 'fr' }, 'language-not-offered'],
  ] as const) {
    it(`${name} is refused, and nothing is changed`, async () => {
      const { id, version } = await holdIn(world);
      assert.deepEqual(await refusal(change(id, { version, ...body, countries: 'countries' in body ? [...body.countries] : undefined })), [422, code]);
      assert.equal((await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).conference.version, version);
    });
  }

  it('begins as its owner has set it, unless something is asked for by name; what was taken away since counts as not said', async () => {
    const set: ConferenceSettings = { ...conferenceSettings.standard, bridge: 'meet', language: 'de', template: 'legal', lobby: false };
    world.deps.settingsOf = async (_tenant, personId) => (personId === 'anna' ? set : { ...conferenceSettings.standard });
    const held = await holdIn(world);
    assert.deepEqual([held.bridge.instance, held.language, held.template, held.lobby], ['meet', 'de', 'legal', false]);
    const named = await holdIn(world, { bridge: 'pbx', language: 'en' });
    assert.deepEqual([named.bridge.instance, named.language], ['pbx', 'en']);
    const bosses = await holdIn(world, { owner: 'boss@example.com' });
    assert.deepEqual([bosses.bridge.instance, bosses.language], ['pbx', 'en'], 'the owner of the calendar decides, not the delegate');
    Object.assign(set, { bridge: 'gone', template: 'gone', language: 'fr' });
    const after = await holdIn(world);
    assert.deepEqual([after.bridge.instance, after.language, after.template], ['pbx', 'en', null]);
  });

  it('what the organisation has fixed for the calendar\'s owner nobody chooses for a single conference', async () => {
    const set: ConferenceSettings = { ...conferenceSettings.standard, bridge: 'meet', template: 'legal' };
    world.deps.settingsOf = async (_tenant, personId) => (personId === 'anna' ? set : { ...conferenceSettings.standard });
    world.deps.fixedFor = async (_tenant, personId) => new Set(personId === 'anna' ? ['bridge', 'room', 'language', 'lobby', 'template'] : []);
    const { id, version } = await holdIn(world);
    for (const body of [{ template: null }, { bridge: 'pbx' }, { lobby: false }, { language: 'de' }]) assert.deepEqual(await refusal(change(id, { version, ...body })), [409, 'setting-locked'], JSON.stringify(body));
    for (const wish of [{ bridge: 'pbx' }, { room: 'personal' as const }, { language: 'de' }]) assert.deepEqual(await refusal(holdIn(world, wish)), [409, 'setting-locked'], JSON.stringify(wish));
    const same = await change(id, { version, template: 'legal', bridge: 'meet', lobby: true, newPasscode: true });
    assert.notEqual(same.conference.version, version, 'what is fixed may be said, and the rest is free');
    const { bridge } = await holdIn(world, { owner: 'boss@example.com', bridge: 'meet' });
    assert.equal(bridge.instance, 'meet', 'the owner of the calendar counts, not the delegate');
    set.template = null;
    assert.equal((await change(id, { version: same.conference.version, template: null })).conference.template, null, 'one from before takes the fixed value');
    Object.assign(world.deps, { settingsOf: async () => ({ ...conferenceSettings.standard }), fixedFor: async () => new Set() });
  });

  it('settings that cannot be here are refused when they are saved', async () => {
    await world.feature.checkSettings('default', { bridge: 'meet', language: 'de', template: 'legal', room: 'personal' });
    for (const [values, code] of [[{ bridge: 'gone' }, 'bridge-unknown'], [{ language: 'fr' }, 'language-not-offered'], [{ template: 'gone' }, 'template-unknown']] as const) {
      assert.deepEqual(await refusal(world.feature.checkSettings('default', values)), [422, code]);
    }
  });

  it('says what is offered', async () => {
    const { offer } = await world.feature.handlers.offer({ params: {}, query: {}, body: {} }, anna);
    assert.deepEqual(offer.types.map(({ id, countries }) => [id, countries]), [['pbx', ['DE']], ['meet', ['FR', 'DE']]]);
    assert.deepEqual([offer.languages, offer.templates], [['en', 'de'], [{ id: 'legal', name: 'With legal text' }]]);
  });

  it('a guest with the link sees when it opens and their own part, and no code of anybody', async () => {
    const held = await holdIn(world, { startsAt: at(20), endsAt: at(30), subject: 'Weekly' });
    await change(held.id, { version: held.version, roles: [{ address: 'jonas@example.com', name: 'Jonas', role: 'presenter' }] });
    const { conference } = await world.feature.handlers.meet({ params: { id: held.id }, query: {}, body: {} }, jonas);
    assert.deepEqual([conference.role, conference.opensAt, conference.host], ['presenter', at(10), 'Anna Berger']);
    for (const secret of [held.hostCode, held.passcode, held.accessCode, 'Weekly']) assert.equal(JSON.stringify(conference).includes(secret ?? '-'), false, String(secret));
    const foreign = await world.feature.handlers.meet({ params: { id: held.id }, query: {}, body: {} }, { ...jonas, tenantId: 'other' }).catch((error: unknown) => error);
    assert.ok(foreign instanceof UserError && foreign.status === 404);
  });
});
