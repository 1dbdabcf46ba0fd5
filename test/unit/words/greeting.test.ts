import assert from 'node:assert/strict';
import { greetingText, speakable } from '../../../words/greeting.ts';

const now = Date.parse('2026-11-28T12:00:00+01:00');
const zone = { timeZone: 'Europe/Berlin' };
const faces = ['meeting', 'busy', 'away', 'outOfOffice', 'vacation', 'doNotDisturb', 'custom', 'available'] as const;
const ends = [null, '2026-11-28T14:00:00+01:00', '2026-11-30T09:00:00+01:00', '2026-12-01T00:00:00+01:00', '2027-01-04T08:30:00+01:00'] as const;

describe('what callers hear', () => {
  const rows: [string, (typeof faces)[number], string | null, string][] = [
    ['en', 'outOfOffice', '2026-11-30T09:00:00+01:00', 'Hello. Anna Berger is out of the office until Monday 30 November, 09:00. Please leave a message after the tone.'],
    ['en', 'meeting', '2026-11-28T14:00:00+01:00', 'Hello. Anna Berger is in a meeting until 14:00. Please leave a message after the tone.'],
    ['en', 'vacation', '2026-12-01T00:00:00+01:00', 'Hello. Anna Berger is on vacation until Tuesday 1 December. Please leave a message after the tone.'],
    ['en', 'doNotDisturb', null, 'Hello. Anna Berger cannot take calls. Please leave a message after the tone.'],
    ['de', 'outOfOffice', '2026-11-30T09:00:00+01:00', 'Guten Tag. Anna Berger ist nicht im Haus, bis Montag, 30. November, 09:00 Uhr. Bitte sprechen Sie nach dem Ton.'],
    ['de', 'meeting', '2026-11-28T14:00:00+01:00', 'Guten Tag. Anna Berger ist in einer Besprechung, bis 14:00 Uhr. Bitte sprechen Sie nach dem Ton.'],
    ['fr', 'busy', null, 'Hello. Anna Berger is busy. Please leave a message after the tone.'],
  ];
  for (const [language, face, until, text] of rows) {
    it(`${language}, ${face}, ${until ?? 'without end'}`, () => assert.equal(greetingText({ name: 'Anna Berger', face, until: until === null ? null : Date.parse(until) }, now, { language, ...zone }), text));
  }

  it('is one speakable line in 80 cases of state, end and language, and says the same for the same', () => {
    const all = faces.flatMap((face) => ends.flatMap((until) => ['en', 'de'].map((language) => greetingText({ name: 'Anna', face, until: until === null ? null : Date.parse(until) }, now, { language, ...zone }))));
    assert.equal(all.length, 80);
    assert.equal(new Set(all).size, 70, 'do not disturb and a state of one’s own sound alike');
    for (const text of all) assert.match(text, /^[\p{L}\p{N} .,:]+$/u);
  });

  it('speaks names of every script and none of what a voice would take for a command', () => {
    assert.equal(speakable('\u202Eمحمد\u202C بن «سعيد»'), 'محمد بن سعيد');
    assert.equal(speakable('שרה כהן'), 'שרה כהן');
    assert.equal(speakable('“Ann” „Lee“ «O» ‹x› 「山田」 "太郎"'), 'Ann Lee O x 山田 太郎');
    assert.equal(speakable('[[h@l\'oU]] <break time="9s"/>\r\nAction: x'), "h l'oU break time 9s Action x");
    assert.equal(speakable('\u0000\u200F[]'), null);
    assert.match(greetingText({ name: '<>', face: 'busy', until: null }, now, { language: 'de', ...zone }), /Ihr Gesprächspartner ist beschäftigt/);
    assert.ok((speakable('x'.repeat(500)) ?? '').length <= 80);
  });
});
