import assert from 'node:assert/strict';
import { brightness } from '../../../../addin/office/theme.ts';
import { initials } from '../../../../addin/taskpane/frame/initials.ts';
import { tabAfter } from '../../../../addin/taskpane/frame/tab-after.ts';
import { readOpening, tabFor } from '../../../../addin/taskpane/opening.ts';
import { dialables, spelled } from '../../../../addin/taskpane/panels/meeting/numbers.ts';
import { soon } from '../../../../addin/taskpane/panels/meeting/soon.ts';
import { bridgeIsSilent, statusOf } from '../../../../addin/taskpane/panels/meeting/status.ts';
import { saidOf } from '../../../../addin/taskpane/panels/meeting/trouble-said.ts';
import type { Trouble } from '../../../../addin/invite/outcome.ts';
import { meetingWords } from '../../../../words/meeting.ts';
import { listeningWords } from '../../../../words/listening.ts';
import { messageWords } from '../../../../words/messages.ts';
import { peopleWords } from '../../../../words/people.ts';
import { roomWords } from '../../../../words/room.ts';
import { stateWords } from '../../../../words/states.ts';
import { timesFor } from '../../../../words/times.ts';
import { block, conference } from '../../../screens/sample.ts';

const spoken = { meeting: meetingWords('en'), states: stateWords('en'), times: timesFor('en', 'Europe/Berlin'), own: 'Anna.Berger@example.com' };
const agreed = { instance: 'pbx', state: 'agreed', since: null, lastError: null } as const;

describe('what the pane says of a conference', () => {
  it('is the specified sentence for each state', () => {
    assert.deepEqual(statusOf(conference(), spoken), { look: 'amber', badge: 'Reserved', text: 'Becomes real when you send the invite. If you never send it, it is dropped on Sun 22 Nov at 09:52.' });
    assert.deepEqual(statusOf(conference({ state: 'scheduled', bridge: agreed }), spoken), { look: 'green', badge: 'On the bridge', text: 'Sat 21 Nov, 11:00 to 11:45. Opens 10 minutes earlier. Host: you.' });
    assert.deepEqual([statusOf(conference({ state: 'scheduled' }), spoken).badge, statusOf(conference({ state: 'live', participants: 1 }), spoken).text], ['Booking…', 'One person is in.']);
    assert.match(statusOf(conference({ state: 'cancelled', restorableUntil: '2026-11-28T08:52:00Z' }), spoken).text, /until Sat 28 Nov at 09:52/);
    assert.match(statusOf(conference({ state: 'scheduled', bridge: agreed, host: { name: 'Jonas Weber', address: 'j@x.example' }, startsAt: null }), spoken).text, /Host: Jonas Weber\./);
  });
  it('never fails on a state that a newer server has', () => {
    assert.equal(statusOf(Object.assign(conference(), { state: 'paused' }), spoken).badge, 'paused');
  });
  it('is amber only when the bridge was asked and said nothing', () => {
    assert.equal(bridgeIsSilent(conference({ bridge: { ...agreed, state: 'pending' } })), false);
    assert.equal(bridgeIsSilent(conference({ bridge: { ...agreed, state: 'pending', lastError: 'x' } })), true);
  });
  it('writes numbers as the invite does, and those that are not in it as they are', () => {
    assert.deepEqual(dialables({ dialIn: [{ country: 'DE', number: '+493023125400' }, { country: 'FR', number: '+33123456789' }] }, block().text, 'en'), [
      { iso: 'DE', country: 'Germany', display: '+49 30 23125 400' },
      { iso: 'FR', country: 'France', display: '+33123456789' },
    ]);
    assert.equal(spelled('482 913 756'), '4 8 2, 9 1 3, 7 5 6');
  });
  it('has a message with a remedy for every trouble but being signed out', () => {
    const troubles: Trouble[] = [
      { kind: 'unreachable', reference: 'r' }, { kind: 'not-allowed', reference: 'r' }, { kind: 'full', over: 1400 }, { kind: 'outlook', call: 'body.setAsync', code: 9020 },
      { kind: 'changed-elsewhere' }, { kind: 'refused', code: 'c', detail: 'd', remedy: 'e', reference: 'r' },
    ];
    const given = { messages: messageWords('en'), language: 'en', server: 'x', again: () => undefined, add: () => undefined };
    for (const trouble of troubles) assert.equal(saidOf(trouble, given)?.actions?.length, 1, trouble.kind);
    assert.match(saidOf({ kind: 'full', over: 1400 }, given)?.text ?? '', /1,000,000 characters, and the conference needs 1,400 more/);
    assert.equal(saidOf({ kind: 'signed-out' }, given), undefined);
  });
  it('speaks of an invite only where there is one', () => {
    for (const language of ['en', 'de'] as const) {
      const messages = messageWords(language);
      const given = { messages, language, server: 'x', again: () => undefined, add: () => undefined };
      const away: Trouble = { kind: 'unreachable', reference: 'r' };
      assert.match(saidOf(away, given)?.text ?? '', /invite|Einladung/);
      for (const unreached of [messages.unreachable.elsewhere, listeningWords(language).unreached, peopleWords(language).unreached, peopleWords(language).mine.unreached, roomWords(language).unreached]) {
        assert.equal(saidOf(away, { ...given, unreached })?.text, unreached);
        assert.doesNotMatch(`${unreached} ${saidOf({ kind: 'refused', code: 'c', detail: 'd', remedy: 'e', reference: 'r' }, { ...given, unreached })?.text}`, /invite|Einladung/);
      }
    }
  });
});

describe('the frame of the pane', () => {
  it('opens on the tab of the item, or on the one that the ribbon names', () => {
    assert.deepEqual((['appointment-compose', 'message-read', 'none'] as const).map(tabFor), ['meeting', 'people', 'voicemail']);
    assert.deepEqual(readOpening('?show=voicemail&ask=remove&_host_Info=x'), { tab: 'voicemail', asked: 'remove', availability: undefined });
    assert.deepEqual(readOpening('?show=later&ask=dance'), { tab: undefined, asked: undefined, availability: undefined });
  });
  it('moves among tabs by arrow keys, the other way round from right to left', () => {
    assert.deepEqual([tabAfter('ArrowRight', 'voicemail', false), tabAfter('ArrowLeft', 'meeting', false), tabAfter('ArrowLeft', 'meeting', true), tabAfter('End', 'meeting', false), tabAfter('x', 'meeting', false)], ['meeting', 'voicemail', 'people', 'voicemail', undefined]);
  });
  it('makes two letters of any name', () => assert.deepEqual(['Anna Berger', 'anna', '', 'Dr. Tomasz von Kowal'].map(initials), ['AB', 'A', '', 'DK']));
  it('makes them of letters, whatever quotes, brackets and marks a name has, in any script', () => assert.deepEqual(['דנה „כהן“', '«ياسمين» الخطيب', 'O’Brien, "Bob" <b>', '"Anna" (extern)', '佐藤「健」', '𠮷田 花', '“” ()', '7 Days'].map(initials), ['דכ', 'يا', 'OB', 'AE', '佐', '𠮷花', '', '7D']));
  it('tells dark from light by the colour, since Outlook’s own word for it does not work', () => {
    assert.ok((brightness('#292929') ?? 255) < 128 && (brightness('ffffff') ?? 0) > 128);
    assert.equal(brightness('red'), undefined);
    assert.equal(brightness(undefined), undefined);
  });
  it('says when a meeting begins, only when that is soon', () => {
    const at = Date.parse('2026-11-21T09:52:00Z');
    const minute = 60_000;
    assert.deepEqual([soon(at + 8 * minute, at + 50 * minute, at), soon(at - minute, at + minute, at), soon(at + 200 * minute, at + 260 * minute, at), soon(at - 9 * minute, at - minute, at)], [{ minutes: 8 }, 'now', undefined, undefined]);
  });
});
