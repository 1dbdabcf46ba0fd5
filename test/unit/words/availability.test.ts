import assert from 'node:assert/strict';
import { availabilityWords, stateText, type AvailabilityWords, type ToldState } from '../../../words/availability.ts';
import { clockTime, hourStyleOf } from '../../../words/clock-style.ts';

const noon = Date.parse('2026-11-28T12:00:00+01:00');
const two = Date.parse('2026-11-28T14:00:00+01:00');
const berlin = 'Europe/Berlin';
const meeting: ToldState = { face: 'busy', title: 'Meeting' };
const homeoffice = { state: { face: 'available', title: 'Homeoffice' } as const, until: two, next: meeting };

describe('a state’s text', () => {
  it('is the seed’s sentence, word for word (A152, A155)', () => {
    assert.equal(stateText(homeoffice, noon, { language: 'en-US', timeZone: berlin }), 'Homeoffice until 2pm (Busy: Meeting)');
    assert.equal(stateText({ ...homeoffice, state: { face: 'available', title: null } }, noon, { language: 'en-US', timeZone: berlin }), 'Available until 2pm (Busy: Meeting)');
  });

  it('is told in the reader’s language, hours and zone', () => {
    assert.equal(stateText(homeoffice, noon, { language: 'en', timeZone: berlin }), 'Homeoffice until 14:00 (Busy: Meeting)');
    assert.equal(stateText(homeoffice, noon, { language: 'de', timeZone: berlin }), 'Homeoffice bis 14:00 (Beschäftigt: Meeting)');
    assert.equal(stateText(homeoffice, noon, { language: 'en-US', timeZone: 'Asia/Kolkata' }), 'Homeoffice until 6:30pm (Busy: Meeting)');
  });

  it('names the day when it is another one in the reader’s zone', () => {
    assert.equal(stateText({ ...homeoffice, next: null }, noon, { language: 'en', timeZone: 'Pacific/Auckland' }), 'Homeoffice until 02:00');
    assert.equal(stateText({ ...homeoffice, until: two + 48 * 3_600_000 }, noon, { language: 'en', timeZone: berlin }), 'Homeoffice until Mon 30 Nov at 14:00 (Busy: Meeting)');
    assert.equal(stateText({ ...homeoffice, until: two + 48 * 3_600_000 }, noon, { language: 'de', timeZone: berlin }), 'Homeoffice bis Mo 30. Nov um 14:00 (Beschäftigt: Meeting)');
  });

  it('names a day by its date and never as "tomorrow": the text stands on a phone that nobody writes to at midnight', () => {
    const away: ToldState = { face: 'away', title: null };
    const said = (until: string, language: string, timeZone = berlin, now = '2026-11-28T23:30:00+01:00'): string => stateText({ state: away, until: Date.parse(until), next: null }, Date.parse(now), { language, timeZone });
    assert.equal(said('2026-11-28T23:59:00+01:00', 'en'), 'Away until 23:59');
    assert.equal(said('2026-11-29T00:00:00+01:00', 'en'), 'Away until Sun 29 Nov at 00:00');
    assert.equal(said('2026-11-29T00:00:00+01:00', 'en-US'), 'Away until Sun 29 Nov at 12am');
    assert.equal(said('2026-11-29T09:30:00+01:00', 'de-CH'), 'Abwesend bis So 29. Nov um 09:30');
    assert.equal(said('2026-11-29T12:00:00+01:00', 'en-AU'), 'Away until Sun 29 Nov at 12pm');
    assert.equal(said('2027-01-04T08:00:00+01:00', 'en-GB'), 'Away until Mon 4 Jan at 08:00');
    assert.equal(said('2026-11-29T00:00:00+01:00', 'en', 'America/New_York'), 'Away until 18:00', 'there it is today');
    assert.equal(said('2026-11-29T00:00:00+01:00', 'en', 'Mars/Olympus'), 'Away until 23:00', 'a zone that nobody knows is UTC');
  });

  it('tells wall time on both sides of a change of the clocks, and twice the same hour where there are two of it', () => {
    const said = (until: string, now: string): string => stateText({ state: { face: 'busy', title: null }, until: Date.parse(until), next: null }, Date.parse(now), { language: 'en', timeZone: berlin });
    assert.equal(said('2026-03-29T01:30:00Z', '2026-03-29T00:30:00Z'), 'Busy until 03:30');
    assert.deepEqual([said('2026-10-25T00:30:00Z', '2026-10-24T23:00:00Z'), said('2026-10-25T01:30:00Z', '2026-10-24T23:00:00Z')], ['Busy until 02:30', 'Busy until 02:30']);
  });

  it('has a word for every face in each language, no two alike, and keeps a title as it is written', () => {
    for (const language of ['en', 'de']) {
      const { faces } = availabilityWords(language);
      assert.equal(new Set(Object.values(faces)).size, Object.keys(faces).length);
      for (const face of Object.keys(faces) as (keyof typeof faces)[]) {
        assert.equal(stateText({ state: { face, title: null }, until: null, next: null }, noon, { language, timeZone: berlin }), faces[face]);
        const own = face === 'available' || face === 'custom';
        assert.equal(stateText({ state: { face, title: '$& {0} <b>' }, until: null, next: null }, noon, { language, timeZone: berlin }), own ? '$& {0} <b>' : `${faces[face]}: $& {0} <b>`);
      }
    }
  });

  it('says no end that nobody knows, and nothing of the usual', () => {
    const reader = { language: 'en', timeZone: berlin };
    assert.equal(stateText({ state: { face: 'available', title: null }, until: null, next: null }, noon, reader), 'Available');
    assert.equal(stateText({ state: { face: 'meeting', title: null }, until: two, next: { face: 'available', title: null } }, noon, reader), 'In a meeting until 14:00');
    assert.equal(stateText({ state: { face: 'doNotDisturb', title: 'Budget' }, until: two, next: { face: 'away', title: null } }, noon, reader), 'Do not disturb: Budget until 14:00 (Away)');
  });

  it('lets a language put the end before the state: no sentence is glued together from English pieces', () => {
    const turkish: AvailabilityWords = {
      ...availabilityWords('en'),
      faces: { available: 'Müsait', meeting: 'Toplantıda', busy: 'Meşgul', away: 'Uzakta', outOfOffice: 'Ofis dışında', vacation: 'İzinde', doNotDisturb: 'Rahatsız etmeyin', custom: 'Özel durum' },
      dayAndTime: (day, time) => `${day} ${time}`,
      sentence: ({ now, until, next }) => `${until === null ? '' : `Saat ${until} itibarına kadar `}${now}${next === null ? '' : `, sonra ${next.state}${next.title === null ? '' : ` – ${next.title}`}`}`,
    };
    const reader = { language: 'tr-TR', timeZone: berlin };
    assert.equal(stateText(homeoffice, noon, reader, turkish), 'Saat 14:00 itibarına kadar Homeoffice, sonra Meşgul – Meeting');
    assert.equal(stateText({ state: { face: 'vacation', title: null }, until: two, next: { face: 'away', title: null } }, noon, reader, turkish), 'Saat 14:00 itibarına kadar İzinde, sonra Uzakta');
    assert.equal(stateText({ state: { face: 'doNotDisturb', title: null }, until: null, next: null }, noon, reader, turkish), 'Rahatsız etmeyin');
  });
});

describe('hours', () => {
  it('are written as the country does, 24 hours where none is named', () => {
    assert.deepEqual(['en', 'en-GB', 'de-AT', 'en-US', 'en-AU', 'not a tag'].map(hourStyleOf), [24, 24, 24, 12, 12, 24]);
    assert.deepEqual([[0, 0], [0, 5], [12, 0], [13, 30]].map(([hour = 0, minute = 0]) => clockTime(hour, minute, 12)), ['12am', '12:05am', '12pm', '1:30pm']);
    assert.equal(clockTime(9, 5, 24), '09:05');
  });
});
