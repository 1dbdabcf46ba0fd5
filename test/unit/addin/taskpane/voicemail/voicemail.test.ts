import assert from 'node:assert/strict';
import type { CallOutcomeCode } from './call-view.ts';
import { callView } from './call-view.ts';
import type { VoicemailView } from '../../../../../contract/voicemail/voicemail.ts';
import { TalkFault } from '../../../../../addin/talk/fault.ts';
import { merged } from '../../../../../addin/taskpane/panels/voicemail/feed.ts';
import { escaped } from '../../../../../addin/taskpane/panels/voicemail/message/by-mail.ts';
import { forwardSaid } from '../../../../../addin/taskpane/panels/voicemail/message/forward-said.ts';
import { soundSaid } from '../../../../../addin/taskpane/panels/voicemail/message/sound-said.ts';
import { barsOf, keyStep } from '../../../../../addin/taskpane/panels/voicemail/message/waveform-scale.ts';
import { callSaid } from '../../../../../addin/taskpane/panels/voicemail/phone/call-said.ts';
import { refusedSaid } from '../../../../../addin/taskpane/panels/voicemail/phone/refused-said.ts';
import { countsOf, filtered, heardAt, lengthOf, nameOf, numberOf, pageTime, rowTime, stateOf } from '../../../../../addin/taskpane/panels/voicemail/shown.ts';
import { partsOf, surenessOf } from '../../../../../addin/taskpane/panels/voicemail/message/transcript-parts.ts';
import { nextDeed, playedSaid, takenSaid } from '../../../../../addin/taskpane/panels/voicemail/team/team-said.ts';
import type { VoicemailTeamView } from '../../../../../contract/voicemail/team.ts';
import type { TranscriptView } from '../../../../../contract/voicemail/transcript.ts';
import { listeningWords } from '../../../../../words/listening.ts';
import { playingWords } from '../../../../../words/playing.ts';
import { timesFor } from '../../../../../words/times.ts';

const words = listeningWords('en');
const playing = playingWords('en');
const times = timesFor('en', 'Europe/Berlin');
const now = Date.parse('2026-11-21T09:52:00Z');

function message(over: Partial<VoicemailView> = {}): VoicemailView {
  return {
    id: crypto.randomUUID(), callerName: 'Karin Holm', callerNumber: '+46701740605', leftAt: '2026-11-21T08:38:00.000Z', durationSeconds: 42, isUrgent: false, state: 'unheard',
    mail: { place: 'inbox', isRead: false, messageId: 'a@b' }, hasAudio: true, undoUntil: null, wish: null, trouble: null, ...over,
  };
}

describe('a voicemail in the pane', () => {
  it('is shown as what was asked for, from the moment of the press', () => {
    const states = [message(), message({ wish: 'mark heard' }), message({ state: 'heard', wish: 'mark unheard' }), message({ wish: 'delete' }), message({ state: 'deleted', wish: 'restore' }), message({ state: 'gone' })].map(stateOf);
    assert.deepEqual(states, ['unheard', 'heard', 'unheard', 'deleted', 'heard', 'gone']);
  });
  it('stands under its filter, deleted ones under no other, and is counted so', () => {
    const all = [message(), message({ state: 'heard' }), message({ state: 'deleted' }), message({ wish: 'delete' })];
    assert.deepEqual(countsOf(all), { all: 2, unheard: 1, deleted: 2 });
    assert.deepEqual(filtered(all, 'deleted').map(({ id }) => id), [all[2]?.id, all[3]?.id]);
  });
  it('names the caller by what is known, and says when nothing is', () => {
    const of = (callerName: string, callerNumber: string): string[] => [nameOf({ callerName, callerNumber }, words), numberOf({ callerName, callerNumber }, words)];
    assert.deepEqual([of('Karin', '+4670'), of('', '+4670'), of('', ''), of('Jonas', '214'), of('+4670', '+4670')], [['Karin', '+4670'], ['+4670', ''], ['Unknown caller', 'Number withheld'], ['Jonas', 'Extension 214'], ['+4670', '']]);
  });
  it('says when it was left as people would: time, weekday, day', () => {
    const row = (at: string, language = 'en'): string => rowTime(at, now, times, language);
    assert.deepEqual([row('2026-11-21T08:38:00Z'), row('2026-11-20T23:30:00Z'), row('2026-11-20T10:00:00Z'), row('2026-11-12T10:00:00Z'), row('2026-11-12T10:00:00Z', 'de')], ['09:38', '00:30', 'Fri', '12 Nov', '12. Nov.']);
    assert.deepEqual([pageTime('2026-11-21T08:38:00Z', now, times, words), pageTime('2026-11-20T10:00:00Z', now, times, words)], ['Today, 09:38', 'Fri 20 Nov at 11:00']);
  });
  it('is as long as a clock shows, whatever the number is', () => assert.deepEqual([0, 41.6, 116, 3_733, -3, Number.NaN].map(lengthOf), ['0:00', '0:42', '1:56', '1:02:13', '0:00', '0:00']));
  it('was heard when its trail says so last', () => {
    assert.equal(heardAt([{ at: '1', what: 'mark voicemail heard' }, { at: '2', what: 'mark voicemail unheard' }, { at: '3', what: 'mark e-mail read' }, { at: '4', what: 'delivered' }]), '3');
    assert.equal(heardAt([{ at: '1', what: 'delivered' }]), undefined);
  });
  it('a live list takes the place of what was there; what is older than it stays, and nothing stands twice', () => {
    const old = Array.from({ length: 60 }, (_each, index) => message({ leftAt: new Date(now - index * 60_000).toISOString() }));
    const live = [message({ leftAt: new Date(now + 1_000).toISOString() }), ...old.slice(0, 49)];
    assert.deepEqual(merged(old, live), [live[0], ...old]);
    assert.deepEqual(merged(old, old.slice(0, 3)), old.slice(0, 3), 'a short list is all there is');
    assert.deepEqual(merged(old, []), []);
  });
});

describe('the waveform as a slider', () => {
  it('moves by keys as specified, never beyond the ends', () => {
    const keys = ['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown', 'Home', 'End', 'x'];
    assert.deepEqual(keys.map((key) => keyStep(key, 14, 42)), [15, 13, 24, 4, 0, 42, undefined]);
    assert.deepEqual([keyStep('PageDown', 3, 42), keyStep('PageUp', 40, 42), keyStep('ArrowLeft', 0, 42)], [0, 42, 0]);
  });
  it('has bars for any recording, and a silent one is a line', () => {
    for (const peaks of [[], [0], Array.from({ length: 200 }, () => 0), Array.from({ length: 200 }, (_peak, index) => index / 200)]) {
      const bars = barsOf(peaks);
      assert.equal(bars.length, 64);
      assert.ok(bars.every((bar) => bar > 0 && bar <= 1));
    }
    assert.equal(barsOf([0.1, 0.2])[63], 1, 'the loudest is full, however soft');
  });
});

describe('what stands in the way of a voicemail', () => {
  const given = { words, playing, onPhone: () => undefined, save: () => undefined, callBack: () => undefined, again: () => undefined, tryAgain: 'Try again' };
  const refused = (code: string) => ({ kind: 'refused', code, detail: 'd', remedy: 'r', reference: '' }) as const;
  const leads = (said: ReturnType<typeof soundSaid>): unknown => said && [said.weight, said.lead, said.actions?.map(({ label }) => label)];

  it('is said of the recording: damaged, empty, unreadable, not here, not fetched, not played', () => {
    const whole = { durationSeconds: 42, isWhole: true, peaks: [] };
    assert.equal(soundSaid(whole, undefined, undefined, given), undefined);
    assert.deepEqual(leads(soundSaid({ ...whole, durationSeconds: 12, isWhole: false }, undefined, undefined, given)), ['amber', 'The recording stops at 0:12.', ['Play on phone', 'Save']]);
    assert.deepEqual(leads(soundSaid(undefined, refused('sound-empty'), undefined, given)), ['amber', 'Nothing was recorded.', ['Call back']]);
    assert.deepEqual(leads(soundSaid(undefined, refused('sound-empty'), undefined, { ...given, callBack: undefined })), ['amber', 'Nothing was recorded.', []]);
    assert.deepEqual(leads(soundSaid(undefined, refused('sound-unreadable'), undefined, given)), ['amber', 'This recording cannot be played here.', ['Play on phone', 'Save']]);
    assert.deepEqual(leads(soundSaid(undefined, refused('voicemail-silent'), undefined, given)), ['amber', 'The sound is not here yet.', ['Play on phone']]);
    assert.deepEqual(leads(soundSaid(whole, undefined, new TalkFault('offline', 'x'), given)), ['red', 'The sound could not be fetched.', ['Try again']]);
    assert.deepEqual(leads(soundSaid(whole, undefined, new DOMException('x', 'NotSupportedError'), given)), ['amber', 'This browser did not play the sound.', ['Play on phone', 'Save']]);
    const problem = { type: '', title: '', status: 422, code: 'sound-unreadable', detail: '', remedy: '', correlationId: '' };
    assert.equal(soundSaid(undefined, undefined, new TalkFault('refused', 'x', { problem }), given)?.lead, 'This recording cannot be played here.');
  });

  it('is said of the desk phone, with the way out: play here, another phone; and never that something rang when nothing did', () => {
    const phones = [{ pbx: 'pbx', extension: '201', name: 'Desk', isAway: false }, { pbx: 'pbx', extension: '299', name: 'Cordless', isAway: false }];
    const rung: unknown[] = [];
    const desk = { words, playing, phones, playHere: () => undefined, ring: (wish: unknown) => rung.push(wish), hangUp: () => undefined };
    const of = (outcome: CallOutcomeCode): unknown => leads(callSaid(callView({ outcome }), desk));
    assert.deepEqual(of('unreachable'), ['red', 'Desk phone 201 is not connected.', ['Play here', 'Ring 299']]);
    assert.deepEqual([of('busy'), of('no-answer')], [['amber', 'Desk phone 201 is busy.', ['Play here', 'Ring 299']], ['amber', 'Nobody picked up desk phone 201.', ['Play here', 'Ring 299']]]);
    assert.deepEqual([of('interrupted'), of('done')], [['grey', 'Stopped on desk phone 201 before the end.', ['Play here']], ['grey', 'Played on desk phone 201.', undefined]]);
    for (const outcome of ['gone', 'box-taken', 'away', 'refused', 'failed', 'unknown'] as const) assert.equal(callSaid(callView({ outcome }), desk)?.lead, words.ends[outcome].lead);
    callSaid(callView({ outcome: 'unreachable' }), desk)?.actions?.at(-1)?.run();
    assert.deepEqual(rung, [{ voicemailId: callView({}).voicemailId, phone: { pbx: 'pbx', extension: '299' } }]);
    assert.deepEqual((['waiting', 'ringing', 'answered'] as const).map((state) => callSaid(callView({ state, outcome: null }), desk)?.lead), ['Asking for desk phone 201.', 'Desk phone 201 rings.', 'Playing on desk phone 201.']);
  });

  it('is said of a call back: who was missing, on which side', () => {
    const desk = { words, playing, phones: [], ring: () => undefined, hangUp: () => undefined };
    const of = (outcome: CallOutcomeCode): string | undefined => callSaid(callView({ outcome, voicemailId: null, number: '+4670' }), desk)?.lead;
    assert.deepEqual((['done', 'unreachable', 'busy', 'no-answer', 'interrupted', 'far-busy', 'far-no-answer', 'far-unreachable'] as const).map(of), [
      undefined, 'Desk phone 201 is not connected.', 'Desk phone 201 is busy.', 'Nobody picked up desk phone 201.', 'You hung up before the other side answered.', '+4670 is busy.', '+4670 does not answer.', '+4670 cannot be reached.',
    ]);
    assert.equal(callSaid(callView({ state: 'connected', outcome: null, voicemailId: null, number: '+4670' }), desk)?.lead, 'You are talking to +4670.');
    const trouble = (code: string) => refusedSaid({ trouble: refused(code), wish: {} }, words)?.lead;
    assert.deepEqual([trouble('no-phone'), trouble('too-many-calls'), trouble('other'), refusedSaid(undefined, words)], [words.noPhone.lead, words.tooMany.lead, words.notDone.lead, undefined]);
  });

  it('is said of a forward, while it is news: a full box with the way by mail, doubt as doubt', () => {
    const of = (over: object): unknown => leads(forwardSaid([{ id: crypto.randomUUID(), askedAt: '2026-11-21T09:50:00Z', toName: 'Tomasz Kowal', state: 'failed', problem: null, ...over }], now, words, playing, () => undefined));
    assert.deepEqual(of({ problem: 'box-full' }), ['red', 'Tomasz Kowal\'s box is full.', ['Send by mail']]);
    assert.deepEqual([of({ state: 'doubt', problem: 'no-answer' }), of({ state: 'done' }), of({ state: 'begun' })], [['amber', 'Nobody knows whether Tomasz Kowal has it.', undefined], ['grey', 'Tomasz Kowal has it, as an unheard message.', undefined], ['grey', 'On its way to Tomasz Kowal.', undefined]]);
    assert.deepEqual([of({ problem: 'box-full', askedAt: '2026-11-20T09:30:00Z' }), forwardSaid([], now, words, playing, () => undefined)], [undefined, undefined]);
  });

  it('what a stranger calls themselves is text in a mail, not markup', () => assert.equal(escaped('<b onclick="x">&'), '&lt;b onclick=&quot;x&quot;&gt;&amp;'));
});

describe('a message of a box that a team shares', () => {
  const at = '2026-11-21T08:20:00.000Z';
  const taken = { personId: 'jonas', name: 'Jonas Weber', isMe: false, at, doneAt: null };

  it('has one next step: for whoever may, and by who has it', () => {
    const of = (access: 'listen' | 'handle' | 'manage', who: VoicemailTeamView['taken']) => nextDeed({ access, taken: who });
    assert.deepEqual([of('handle', null), of('handle', taken), of('manage', { ...taken, isMe: true }), of('manage', { ...taken, isMe: true, doneAt: at })], ['take', 'takeOver', 'finish', 'reopen']);
    assert.deepEqual([of('listen', null), of('listen', taken)], [undefined, undefined]);
  });
  it('says who has it and since when, and who has played it', () => {
    const of = (who: VoicemailTeamView['taken']) => takenSaid(who, now, words, times);
    assert.deepEqual([of(null), of(taken), of({ ...taken, isMe: true, at: '2026-11-19T08:20:00.000Z' })], ['', 'Jonas Weber took this at 09:20.', 'You took this on Thu 19 Nov.']);
    assert.deepEqual([of({ ...taken, doneAt: at }), of({ ...taken, isMe: true, doneAt: at })], ['Jonas Weber is done with this.', 'You are done with this.']);
    assert.deepEqual([playedSaid([], words), playedSaid([{ name: 'Jonas Weber', isMe: false, at }, { name: 'Anna', isMe: true, at }], words)], ['', 'Played by Jonas Weber, you.']);
  });
});

describe('what was said in a voicemail', () => {
  const piece = (text: string, confidence: number | null) => ({ text, startSeconds: 0, endSeconds: 1, confidence });
  const shownAs = (pieces: TranscriptView['pieces'], numbers: TranscriptView['numbers'] = []) => partsOf({ pieces, numbers }).map(({ text, isUnsure, number }) => [text, isUnsure, number]);

  it('is cut where it is less sure, and where a number stands, whether the engine tells of words or of sentences', () => {
    const number = { said: '+46 8 465', number: '+468465', confidence: 0.9 };
    assert.deepEqual(shownAs([piece('Call', 0.9), piece('me', 0.5), piece('back', 0.5), piece('on', null)]), [['Call', false, undefined], ['me back', true, undefined], ['on', false, undefined]]);
    assert.deepEqual(shownAs([piece('Call +46 8 465. Thanks', 0.9)], [number]), [['Call', false, undefined], ['+46 8 465.', false, '+468465'], ['Thanks', false, undefined]]);
    assert.deepEqual(shownAs(['+46', '8', '465'].map((word) => piece(word, 0.9)), [{ ...number, confidence: 0.4 }]), [['+46 8 465', true, '+468465']]);
    assert.deepEqual(shownAs([piece('nothing of it', 0.9)], [number]), [['nothing of it', false, undefined]], 'a number that does not stand there is no button');
    assert.deepEqual(shownAs([piece('  ', 0.9)]), []);
  });
  it('is as sure as its pieces, long ones more, and says nothing where the engine does not', () => {
    assert.deepEqual([surenessOf([piece('aaaa', 1), piece('b', 0.5)]), surenessOf([piece('a', null)]), surenessOf([piece('a', null), piece('b', 0.8)]), surenessOf([])], [90, undefined, 80, undefined]);
  });
});
