import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OutcomeView, ReplayView, WhatIfResponse } from '../../../../../contract/availability/admin.ts';
import { availabilityWarnings } from '../../../../../contract/availability/warnings.ts';
import { availabilitySettings } from '../../../../../contract/availability/availability.ts';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { createAvailabilityAdmin } from '../../../../../server/features/availability/admin/index.ts';
import { findPersonState, historyOf } from '../../../../../server/features/availability/rows.ts';
import { TheirError, UserError } from '../../../../../server/domain/errors.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { workUntilQuiet } from '../../../../support/work.ts';
import { memoryGreetings } from './memory-greetings.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const hour = 60 * minute;
const day = 24 * hour;
const admin: Caller = { tenantId: 'default', personId: 'jonas', name: 'Jonas', address: 'jonas@example.com', roles: ['user', 'administrator'], ticketFor: null, language: 'en', correlationId: 'x' };
const iso = (instant: number): string => new Date(instant).toISOString();

describe('availability for administrators', () => {
  const store = suiteStore();
  let world: AvailabilityWorld;
  let looks: string[];

  beforeEach(async () => {
    world = await createWorld(store());
    looks = [];
  });
  afterEach(async () => {
    world.clock.stop();
  });

  const feature = () =>
    createAvailabilityAdmin({
      ...world.deps,
      linksOf: async () => ({ mailbox: { instance: 'm365', address: 'anna@example.com', source: 'directory' }, lines: [], followsCalendar: { isOn: true, scope: 'default', name: null } }),
      policyIf: async (_tenant, _person, { set }) => ({ ...world.values, ...set }),
      inGroup: async () => new Set(['jonas']),
      noteLook: async (caller, what, personId) => void looks.push(`${caller.name} ${what} ${personId}`),
    });
  const whatIf = (at: number, set?: object): Promise<WhatIfResponse> =>
    feature().handlers.whatIf({ params: {}, query: {}, body: { person: anna, at: iso(at), ...(set ? { proposal: { group: null, set: { ...set }, inherit: [] } } : {}) } }, admin);
  async function replay(set: object): Promise<ReplayView> {
    const id = randomUUID();
    await feature().handlers.startReplay({ params: { id }, query: {}, body: { group: null, set: { ...set }, inherit: [], weeks: 4 } }, admin);
    await workUntilQuiet(store(), world.clock, feature().workHandlers);
    return (await feature().handlers.replay({ params: { id }, query: {}, body: {} }, admin)).replay;
  }
  const meet = (from: number, more: object = {}): string =>
    world.memory.events.add(mailbox.id, { startsAt: start + from, endsAt: start + from + hour, subject: 'Budget', showAs: 'busy', isOrganizer: true, response: 'organizer', iCalUId: randomUUID(), ...more });

  it('what it says of an instant is what then happens: state, reason, until, next, and what callers hear', async () => {
    const greetings = memoryGreetings();
    world.greetings.push(greetings);
    world.values = { ...world.values, greetings: { ...world.values.greetings, away: 'prompt:tieline/closed' } };
    meet(hour);
    meet(2 * hour, { showAs: 'oof' });
    meet(5 * hour, { showAs: 'tentative' });
    meet(7 * hour, { showAs: 'busy', isPrivate: true });
    await world.work();
    await world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'away', title: null, until: iso(start + 6 * hour + 10 * minute) } }, { ...admin, personId: anna });
    const instants = [0, hour, 2.5 * hour, 3 * hour, 5.5 * hour, 6 * hour + 20 * minute, 7 * hour, 8 * hour].map((each) => start + each);
    const foretold: OutcomeView[] = [];
    for (const at of instants) foretold.push((await whatIf(at)).present);
    for (const [index, at] of instants.entries()) {
      await world.turn(at - world.clock.now());
      await world.turn(1);
      const live = await findPersonState(store().db, 'default', anna);
      const { state, why, until, next } = foretold[index] ?? assert.fail();
      assert.deepEqual(
        [state.face, state.availability, why.source, why.rule, until, next?.face],
        [live?.state.face, live?.state.availability, live?.why.source, live?.why.rule, live?.until == null ? null : iso(live.until), live?.next?.face], `at ${iso(at)}`,
      );
      const plays = await world.feature.greetings('default').greetingFor({ instance: 'pbx', extension: '201', language: 'en' });
      const { kind, text, sound } = foretold[index]?.phones[0]?.hears ?? assert.fail();
      assert.deepEqual([kind, sound], plays === null ? ['own', null] : plays.startsWith('tieline/greetings/') ? ['spoken', null] : ['prompt', plays], `at ${iso(at)}`);
      assert.ok(text === null || greetings.said.includes(text), `at ${iso(at)}: ${text}`);
    }
  });

  it('of a line that shows somebody else, and of a text that no voice speaks, it says so', async () => {
    const silent = Object.assign(memoryGreetings(), { hasVoice: false });
    world.greetings.push(silent);
    meet(hour, { showAs: 'oof' });
    await world.work();
    const second = { pbx: 'pbx', context: 'other', extension: '300', devices: [] };
    const { people } = world.deps;
    world.deps = { ...world.deps, people: { ...people, linesOf: async (tenant, personId) => [...(await people.linesOf(tenant, personId)), second] } };
    const { phones } = (await whatIf(start + 1.5 * hour)).present;
    assert.deepEqual(phones, [{ pbx: 'pbx', extension: '201', does: 'voicemail', hears: { kind: 'own', text: null, sound: null, lacksVoice: true } }, { pbx: 'pbx', extension: '300', does: 'another', hears: null }]);
  });

  it('lists the sounds of each phone system; one that fails hides no other', async () => {
    const [one, dumb, broken] = [memoryGreetings(), memoryGreetings(), memoryGreetings()];
    world.greetings.push(one, Object.assign(dumb, { instance: 'old', recorded: async () => null }), Object.assign(broken, { instance: 'away', recorded: () => Promise.reject(new TheirError('away', 'no-answer', 'is away', { remedy: 'Look at its cable.' })) }));
    const { phoneSystems } = await feature().handlers.sounds({ params: {}, query: {}, body: {} }, admin);
    assert.deepEqual(phoneSystems.map(({ instance, sounds, trouble }) => [instance, sounds, trouble?.kind ?? null]), [['pbx', ['tieline/closed'], null], ['old', null, 'cannot-tell'], ['away', null, 'failed']]);
    assert.deepEqual([phoneSystems[2]?.trouble?.message, phoneSystems[2]?.trouble?.remedy], ['[away] is away', 'Look at its cable.']);
  });

  it('says what callers meet, why each appointment counts or not, and never a title', async () => {
    meet(hour, { subject: 'Surgery', isPrivate: true, showAs: 'oof' });
    meet(hour, { subject: 'Lunch', showAs: 'free' });
    await world.work();
    const { present, basis, missing } = await whatIf(start + 1.5 * hour);
    assert.deepEqual([present.phones, present.state.face, basis, missing], [[{ pbx: 'pbx', extension: '201', does: 'voicemail', hears: { kind: 'own', text: null, sound: null, lacksVoice: false } }], 'outOfOffice', 'kept', []]);
    assert.deepEqual(new Set(present.appointments.map(({ makes, rule, isPrivate }) => `${makes} ${rule} ${isPrivate}`)), new Set(['away outOfOffice true', 'free free false']));
    assert.doesNotMatch(JSON.stringify(present), /Surgery|Lunch/);
    assert.deepEqual(looks, ['Jonas what-if anna']);
  });

  it('shows beside it what unsaved settings would make of the same call, and warns of a mapping under which nothing counts', async () => {
    meet(hour);
    await world.work();
    const mapping = { busy: 'doNotDisturb', tentative: 'ignore', tentativeException: 'ignore', outOfOffice: 'ignore', workingElsewhere: 'ignore', noData: 'ignore' };
    const { present, proposed, warnings } = await whatIf(start + 1.5 * hour, { mapping });
    assert.deepEqual([present.phones[0]?.does, proposed?.phones[0]?.does, warnings], ['ring', 'voicemail', []]);
    assert.deepEqual((await whatIf(start + 1.5 * hour, { mapping: { ...mapping, busy: 'ignore' } })).warnings, ['nothing-counts']);
    assert.deepEqual(availabilityWarnings({ ...availabilitySettings.standard, followsCalendar: false }), ['calendar-off']);
    assert.deepEqual(availabilityWarnings(availabilitySettings.standard), []);
  });

  it('reads the calendar for days that are not kept, and keeps nothing of it', async () => {
    meet(30 * day);
    await world.work();
    await store().db.deleteFrom('availability_event').execute();
    const { present, basis } = await whatIf(start + 30 * day + minute);
    assert.deepEqual([present.state.face, basis], ['busy', 'read']);
    assert.deepEqual(await store().db.selectFrom('availability_event').selectAll().execute(), []);
    await assert.rejects(whatIf(start + 90 * day), (error: unknown) => error instanceof UserError && error.problem.code === 'too-far');
  });

  it('a replay under the present settings says what the phone was told in fact, minute by minute', async () => {
    for (const [from, more] of [[hour, {}], [1.5 * hour, { showAs: 'oof' }], [4 * hour, { showAs: 'tentative' }], [26 * hour, { showAs: 'workingElsewhere' }], [27 * hour, { response: 'declined', isOrganizer: false }]] as const) meet(from, more);
    await world.work();
    for (let half = 0; half < 60; half++) await world.turn(30 * minute);
    const told = await historyOf(store().db, 'default', anna, 100);
    const { before, after, changedMinutes, people, state } = await replay({});
    assert.deepEqual([before, changedMinutes, people, state], [after, 0, 1, 'done']);
    const lived: Record<string, number> = {};
    const changes = told.toReversed();
    for (const [index, { at, face }] of changes.entries()) lived[face] = (lived[face] ?? 0) + Math.round(((changes[index + 1]?.at ?? world.clock.now()) - at) / minute);
    const { available: _live, ...livedElse } = lived;
    const { available: _replayed, ...replayedElse } = before;
    assert.deepEqual(replayedElse, livedElse);
  });

  it('a replay of a changed mapping names who comes out otherwise, when and by which rule; of the calendar only results stay', async () => {
    meet(-3 * day, { subject: 'Secret plans' });
    meet(-2 * day, { showAs: 'tentative', isPrivate: true });
    const rules = [{ id: 'plans', when: { subjectHas: ['plans'] }, makes: 'doNotDisturb' }];
    const mapping = { ...availabilitySettings.standard.mapping, tentative: 'away' };
    const found = await replay({ mapping, rules });
    assert.deepEqual([found.changedPeople, found.changedMinutes, found.untold, found.appointments], [1, 120, 1, 2]);
    assert.deepEqual(found.most[0]?.stretches.map(({ before, after }) => `${before.face}/${before.rule} → ${after.face}/${after.rule}`).toSorted(), ['available/nothing-else → away/tentative', 'busy/busy → doNotDisturb/plans']);
    const kept = JSON.stringify(await store().db.selectFrom('availability_replay_person').selectAll().execute());
    assert.doesNotMatch(kept, /Secret/);
    // Seven days later it is gone with the next one that is begun.
    world.clock.advance(8 * day);
    await replay({});
    assert.equal((await store().db.selectFrom('availability_replay').selectAll().execute()).length, 1);
  });

  it('where only times are read, neither a question nor a replay asks for more, and it says of how many appointments a rule cannot know', async () => {
    world.values = { ...world.values, calendarDetail: 'times', rules: [{ id: 'plans', when: { subjectHas: ['plans'] }, makes: 'doNotDisturb' }] };
    meet(-2 * day, { subject: 'Secret plans' });
    meet(3 * day, { subject: 'Secret plans' });
    const port = world.memory.port;
    const between = port.between;
    port.between = () => assert.fail('asked for whole events');
    const found = await replay({ mapping: { ...availabilitySettings.standard.mapping, busy: 'away' } });
    assert.deepEqual([found.untold, found.appointments, found.most[0]?.stretches[0]?.after.rule], [1, 1, 'busy']);
    const { present, basis } = await whatIf(start + 3 * day + minute);
    assert.deepEqual([present.state.face, present.appointments[0]?.untold, basis], ['busy', ['subjectHas'], 'read']);
    port.between = between;
  });

  it('a calendar that does not answer is named, and holds up nobody', async () => {
    world.memory.setAway(true);
    const { state, unread, most } = await replay({});
    assert.deepEqual([state, unread, most.map((each) => each.outcome)], ['done', 1, ['unread']]);
  });

  it('the timeline of a person shows states and rules, and the look is written down first', async () => {
    meet(hour, { subject: 'Surgery' });
    meet(3 * hour, { showAs: 'tentative' });
    await world.work();
    await world.turn(90 * minute);
    const { ahead, past, ignored, links } = await feature().handlers.timeline({ params: { person: 'anna@example.com' }, query: {}, body: {} }, admin);
    assert.deepEqual([ahead[0]?.state.face, ahead[0]?.why.rule, ahead[0]?.to], ['busy', 'busy', iso(start + 2 * hour)]);
    assert.equal(past[0]?.state.face, 'busy');
    assert.deepEqual(ignored.map(({ rule }) => rule), ['tentative']);
    assert.doesNotMatch(JSON.stringify({ ahead, past, ignored }), /Surgery/);
    assert.deepEqual([links?.mailbox?.source, links?.followsCalendar], ['directory', { isOn: true, scope: 'default', name: null }]);
    assert.deepEqual(links?.calendar, { readAt: iso(start), troubledSince: null, trouble: null });
    assert.deepEqual(looks, ['Jonas timeline anna']);
    world.memory.port.changes = async () => Promise.reject(new TheirError('m365', 'denied', 'may not be read'));
    await world.deps.calendars.lookAtAll('default', mailbox.instance);
    await world.work();
    const { links: closed } = await feature().handlers.timeline({ params: { person: 'anna@example.com' }, query: {}, body: {} }, admin);
    assert.deepEqual(closed?.calendar, { readAt: iso(start), troubledSince: iso(start + 90 * minute), trouble: '[m365] may not be read' });
    await assert.rejects(feature().handlers.timeline({ params: { person: 'nobody@example.com' }, query: {}, body: {} }, admin), (error: unknown) => error instanceof UserError && error.status === 404);
  });
});
