import assert from 'node:assert/strict';
import { barWords } from '../../../words/bar.ts';
import { sendWords } from '../../../words/send.ts';
import { everyBlock, languageOf, languages, timesFor, wordsFor } from '../../../words/index.ts';
import { meetingWords } from '../../../words/meeting.ts';
import { messageWords } from '../../../words/messages.ts';
import { paneWords } from '../../../words/pane.ts';
import { playingWords } from '../../../words/playing.ts';
import { phoneWords } from '../../../words/phone.ts';

/** Every text below a key, functions called with stand-in values. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value.length === 2 ? value('Sat 21 Nov', 10) : value('Teams'))]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

const topics = { bar: barWords, meeting: meetingWords, messages: messageWords, pane: paneWords, phone: phoneWords, playing: playingWords };

describe('words', () => {
  it('are English for a language that we do not speak', () => {
    assert.equal(languageOf('fr-FR'), 'en');
    assert.equal(languageOf('de-AT'), 'de');
    assert.equal(wordsFor('').block.join, 'Join the conference');
    assert.equal(wordsFor('DE-ch').block.join, 'An der Konferenz teilnehmen');
  });
  for (const language of languages) {
    it(`fit Outlook's information bar: ${language}`, () => {
      for (const [key, text] of [...texts(barWords(language)), ...texts(sendWords(language))]) assert.ok(text.length <= 150, `${key} has ${text.length} characters: ${text}`);
    });
    it(`have no blame, no "please", no "oops", no exclamation mark: ${language}`, () => {
      for (const [topic, words] of Object.entries(topics)) {
        for (const [key, text] of texts(words(language))) {
          assert.doesNotMatch(text, /!|\bplease\b|\boops\b|\bbitte\b|\bleider\b|\bsorry\b|\bungültig|\binvalid/i, `${topic}${key}: ${text}`);
          assert.notEqual(text.trim(), '', `${topic}${key}`);
          assert.equal(text, text.trim(), `${topic}${key}`);
        }
      }
    });
    it(`say messages in at most three short sentences, the first complete: ${language}`, () => {
      for (const [key, message] of Object.entries({ ...messageWords(language), ...playingWords(language) })) {
        if (!('lead' in message)) continue;
        const [, lead = ''] = texts(message.lead)[0] ?? [];
        const [, text = ''] = texts(message.text)[0] ?? [];
        assert.match(lead, /\.$/, key);
        assert.ok(text.split(/[.?](?= |$)/).filter(Boolean).length <= 3, `${key}: ${text}`);
      }
    });
    it(`never say AMI, token or a number of HTTP outside Details: ${language}`, () => {
      for (const [topic, words] of Object.entries(topics)) {
        for (const [key, text] of texts(words(language))) assert.doesNotMatch(text, /\bAMI\b|token|\b[45]\d\d\b|Exception|null/i, `${topic}${key}: ${text}`);
      }
    });
  }
  it('name the block in every language, so that an old one is known', () => assert.equal(everyBlock.length, languages.length));
  it('are those of the specification where it gives them', () => {
    assert.equal(barWords('en').added, 'Conference added. It becomes real when you send the invite.');
    assert.equal(phoneWords('en').opensAt('10:50'), 'Your conference opens at 10:50.');
    assert.equal(phoneWords('en').unknownCode, 'That code is not known.');
    assert.equal(phoneWords('en').noSuchConference, 'No such conference.');
    assert.equal(
      messageWords('en').full.text('1,000,000', '1,400'),
      'Outlook takes 1,000,000 characters, and the conference needs 1,400 more. Remove a picture or an old quoted mail, then add again.',
    );
  });
});

describe('times', () => {
  const at = '2026-11-22T08:52:00Z';
  it('are written as the specification shows them, in the zone asked for', () => {
    const berlin = timesFor('en', 'Europe/Berlin');
    assert.equal(berlin.dayAndTime(at), 'Sun 22 Nov at 09:52');
    assert.equal(berlin.time(at), '09:52');
    assert.equal(berlin.range('2026-11-21T10:00:00Z', '2026-11-21T10:45:00Z'), 'Sat 21 Nov, 11:00 to 11:45');
    assert.equal(timesFor('en', 'Asia/Tokyo').dayAndTime(at), 'Sun 22 Nov at 17:52');
    assert.equal(timesFor('de', 'Europe/Berlin').dayAndTime(at), 'So 22. Nov um 09:52');
  });
  it('know midnight, days that end later, and summer time', () => {
    const berlin = timesFor('en', 'Europe/Berlin');
    assert.equal(berlin.time('2026-11-21T23:00:00Z'), '00:00');
    assert.equal(berlin.range('2026-11-21T22:30:00Z', '2026-11-21T23:30:00Z'), 'Sat 21 Nov, 23:30 to Sun 22 Nov, 00:30');
    assert.equal(berlin.time('2026-10-24T08:00:00Z'), '10:00');
    assert.equal(berlin.time('2026-10-26T08:00:00Z'), '09:00');
  });
  it('fall back to UTC for a zone that nobody knows', () => assert.equal(timesFor('en', 'Mars/Olympus').time(at), '08:52'));
});
