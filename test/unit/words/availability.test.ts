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
    assert.equal(stateText(homeoffice, noon, { language: 'tr-TR', timeZone: berlin }, turkish), 'Saat 14:00 itibarına kadar Homeoffice, sonra Meşgul – Meeting');
  });
});

describe('hours', () => {
  it('are written as the country does, 24 hours where none is named', () => {
    assert.deepEqual(['en', 'en-GB', 'de-AT', 'en-US', 'en-AU', 'not a tag'].map(hourStyleOf), [24, 24, 24, 12, 12, 24]);
    assert.deepEqual([[0, 0], [0, 5], [12, 0], [13, 30]].map(([hour = 0, minute = 0]) => clockTime(hour, minute, 12)), ['12am', '12:05am', '12pm', '1:30pm']);
    assert.equal(clockTime(9, 5, 24), '09:05');
  });
});
