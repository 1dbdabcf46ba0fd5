import assert from 'node:assert/strict';
import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import type { PersonState } from '../../../../addin/talk/people.ts';
import { choices, endOf, hearsText, whyText } from '../../../../addin/taskpane/panels/mine/choosing.ts';
import { callOf, chatLink, groupOf, lineOf, newsOf, ownState, phoneLine, shortState, shownState } from '../../../../addin/taskpane/panels/people/said.ts';
import { numbersIn, wordOf } from '../../../../addin/taskpane/panels/people/numbers-in.ts';
import { availabilityWords } from '../../../../words/availability.ts';
import { peopleWords } from '../../../../words/people.ts';
import { timesBy, timesFor } from '../../../../words/times.ts';

const words = peopleWords('en');
const pack = { people: words, availability: availabilityWords('en') };
const reader = { language: 'en', times: timesFor('en', 'Europe/Berlin') } as const;
const now = Date.parse('2026-11-21T09:52:00Z');

function view(over: Partial<AvailabilityView> = {}): AvailabilityView {
  return {
    personId: 'jonas', name: 'Jonas Weber', state: { availability: 'busy', face: 'meeting', title: null }, why: { source: 'calendar', rule: 'busy', eventId: null }, since: '2026-11-21T09:00:00Z', until: '2026-11-21T10:30:00Z', next: null,
    onThePhone: false, onThePhoneSince: null, followsCalendar: true, missing: [], asOf: '2026-11-21T09:52:00Z', ...over,
  };
}
const person = (over: Partial<AvailabilityView> = {}): PersonState => ({ address: 'jonas@example.com', where: 'member', availability: view(over) });

describe('people in the pane', () => {
  it('have under their name what they are and until when, or why nothing is known', () => {
    const line = (state: Parameters<typeof lineOf>[0], isList = false) => lineOf(state, isList, now, reader, pack);
    assert.deepEqual(
      [line(person()), line({ where: 'outside', availability: null }), line({ where: 'inside', availability: null }), line(undefined), line(undefined, true)],
      ['In a meeting until 11:30', words.outside, words.unknown, '…', words.list],
    );
    assert.equal(shortState(view({ state: { availability: 'available', face: 'available', title: 'Homeoffice' } }), now, reader), 'Homeoffice until 11:30');
  });
  it('are on the phone beside their state, since when is said only when it is known', () => {
    const line = (onThePhone: boolean | null, since: string | null = null) => phoneLine({ onThePhone, onThePhoneSince: since }, now, words);
    assert.deepEqual(
      [line(null), line(false), line(true), line(true, '2026-11-21T09:51:30Z'), line(true, '2026-11-21T09:51:00Z'), line(true, '2026-11-21T09:48:00Z')],
      [words.noPhone, words.offThePhone, words.onThePhone, words.onThePhoneNow, 'On the phone for a minute', 'On the phone for 4 minutes'],
    );
  });
  it('are announced in one sentence when they change, and not at the first look or when only the clock went on', () => {
    const before = (over: Partial<AvailabilityView> = {}) => new Map([['jonas@example.com', person(over)]]);
    assert.equal(newsOf(new Map(), person(), now, reader, pack), undefined);
    assert.equal(newsOf(before(), person({ asOf: '2026-11-21T09:53:00Z' }), now, reader, pack), undefined);
    assert.equal(newsOf(before(), person({ onThePhone: true }), now, reader, pack), 'Jonas Weber: On the phone');
    assert.equal(newsOf(before(), person({ state: { availability: 'available', face: 'available', title: null }, until: null }), now, reader, pack), 'Jonas Weber: Available');
  });
  it('stand in groups by what their phone does', () => assert.deepEqual([groupOf(person()), groupOf(undefined), groupOf({ address: 'x', where: 'outside', availability: null })], ['busy', 'unknown', 'unknown']));
  it('without a phone line are what Teams says, else what they chose, else not known; and never available by default', () => {
    const since = '2026-11-21T09:00:00Z';
    const nobody = { state: { availability: 'available', face: 'available', title: null }, why: { source: 'default', rule: 'nothing-else', eventId: null }, missing: ['line'], until: null, onThePhone: null } satisfies Partial<AvailabilityView>;
    const inTeams = { ...nobody, elsewhere: { availability: 'away', isInCall: false, since } } satisfies Partial<AvailabilityView>;
    const line = (over: Partial<AvailabilityView>) => lineOf(person(over), false, now, reader, pack);
    assert.deepEqual([line(nobody), line(inTeams)], [words.unknown, 'Away · Teams']);
    assert.equal(line({ ...inTeams, why: { source: 'manual', rule: 'until-ended', eventId: null } }), 'Available');
    assert.deepEqual([shownState(view(nobody)), shownState(view(inTeams)), shownState(view())], [null, { availability: 'away', face: 'away' }, view().state]);
    assert.deepEqual([groupOf(person(nobody)), groupOf(person(inTeams))], ['unknown', 'away']);
    const own = (over: Partial<AvailabilityView>) => ownState(view(over), now, reader, pack);
    assert.deepEqual([own(nobody), own(inTeams), own({ ...nobody, why: { source: 'manual', rule: 'until-ended', eventId: null } }), own({})], [words.mine.noLine.state, 'Away · Teams', 'Available', 'In a meeting until 11:30']);
    const calling = { ...nobody, elsewhere: { availability: 'busy', isInCall: true, since } } satisfies Partial<AvailabilityView>;
    assert.equal(callOf(view(calling), words), words.inCall);
    assert.equal(callOf(view({ elsewhere: { availability: 'busy', isInCall: true, since } }), words), undefined, 'a phone that tells counts');
    assert.equal(newsOf(new Map([['jonas@example.com', person(inTeams)]]), person(calling), now, reader, pack), 'Jonas Weber: In a call');
  });
  it('outside may have a number in the mail: as written, each once, and no dates, amounts or codes', () => {
    assert.deepEqual(numbersIn('Sara Rossi\nTel. +39 06 1234-5678 | mobile: 0039 333 1234567\n+39 06 12345678, on 05.11.2026 at 10:30, 1.234.567,89 EUR, ref A-0391234567, (030) 23125-17 01/02/2026'), ['+39 06 1234-5678', '0039 333 1234567', '(030) 23125-17']);
    assert.deepEqual(numbersIn('0'.repeat(50_000)), []);
    assert.equal(numbersIn(Array.from({ length: 20 }, (_, n) => `+4930231254${10 + n}`).join('\n')).length, 5);
    assert.deepEqual([wordOf({ name: 's.rossi@partner.example', address: 's.rossi@partner.example' }), wordOf({ name: 'Sara Rossi', address: 's@x' }), wordOf({ name: '1@x', address: '1@x' })], ['rossi', 'Sara Rossi', '']);
  });
  it('are written to in Teams by their address alone, whatever stands in it', () => {
    assert.equal(chatLink('a&users=b@example.com'), 'https://teams.microsoft.com/l/chat/0/0?users=a%26users%3Db%40example.com');
  });
});

describe('my availability', () => {
  it('ends as chosen; a time that has passed is tomorrow’s', () => {
    assert.equal(endOf('next', '', now), null);
    assert.equal(endOf('half', '', now), '2026-11-21T10:22:00.000Z');
    assert.equal(endOf('time', '', now), undefined);
    // Outlook's clock is Tokyo's, 18:52 there; this computer's may be any.
    const tokyo = (): number => 9 * 3_600_000;
    assert.deepEqual([endOf('time', '19:00', now, tokyo), endOf('time', '18:52', now, tokyo), endOf('time', '00:30', now, tokyo)], ['2026-11-21T10:00:00.000Z', '2026-11-22T09:52:00.000Z', '2026-11-21T15:30:00.000Z']);
    // Berlin in the night in which the clocks go back: 1:00 UTC is 2:00 then.
    const change = Date.parse('2026-10-25T01:00:00Z');
    const berlin = (at: number): number => (at < change ? 2 : 1) * 3_600_000;
    assert.equal(endOf('time', '08:00', Date.parse('2026-10-24T21:00:00Z'), berlin), '2026-10-25T07:00:00.000Z');
    assert.equal(endOf('time', '08:00', now, () => Number.NaN), undefined);
  });
  it('is told by the clock that Outlook shows, not by this computer’s', () => {
    const tokyo = { language: 'en', times: timesBy('en', () => 9 * 3_600_000) } as const;
    assert.equal(lineOf(person(), false, now, tokyo, pack), 'In a meeting until 19:30');
    assert.equal(ownState(view(), now, tokyo, pack), 'In a meeting until 19:30');
  });
  it('has a sentence for every rule, and names those of the organisation', () => {
    const { why } = availabilityWords('en');
    assert.equal(whyText('until-time', availabilityWords('en')), why['until-time']);
    assert.deepEqual([whyText('focus-time', availabilityWords('en')), whyText('ownRule', availabilityWords('en')), whyText('toString', availabilityWords('en'))], [why.ownRule('focus-time'), why.ownRule('ownRule'), why.ownRule('toString')]);
  });
  it('says what callers hear, and that it is the own recording wherever anything is missing', () => {
    const { hears } = words.mine;
    const said = (kind: 'own' | 'prompt' | 'spoken', missing: 'voice' | 'not-made-yet' | null = null) => hearsText({ kind, sound: kind === 'prompt' ? 'tieline/closed' : null, missing }, hears);
    assert.deepEqual([said('own'), said('spoken'), said('spoken', 'voice'), said('spoken', 'not-made-yet')], [hears.own, hears.spoken, hears.noVoice, hears.soon]);
    assert.match(said('prompt'), /tieline\/closed/);
    for (const language of ['en', 'de']) assert.ok([peopleWords(language).mine.hears.noVoice, peopleWords(language).mine.hears.soon].every((text) => /own recording|eigene Ansage/.test(text)), language);
  });
  it('says in both languages what the phone does for each choice', () => {
    for (const language of ['en', 'de']) assert.ok(choices.every((each) => peopleWords(language).mine.choices[each].text.length > 5), language);
  });
  it('fits into Outlook’s bar', () => {
    for (const language of ['en', 'de']) {
      const { said, failed } = peopleWords(language).shown;
      assert.ok([...Object.values(said), `${failed.lead} ${failed.text}`].every((text) => text.length <= 150), language);
    }
  });
});
