import type { Page } from 'playwright-core';
import type { CallView } from '../../contract/people/calls.ts';
import type { SharedVoicemail, VoicemailTeamView } from '../../contract/voicemail/team.ts';
import type { TranscriptView } from '../../contract/voicemail/transcript.ts';
import type { VoicemailForwardView, VoicemailView } from '../../contract/voicemail/voicemail.ts';
import type { Answers, PaneState } from './pane-state.ts';

/** The voicemail panel: list, player, desk phone, and what stands in the way. It is Sat 21 Nov 2026, 10:52 in Berlin. */

const karinsId = '0b8f0a2e-6f7e-4c59-9d7c-1c1f7c9b1a11';
const mailId = `<${karinsId}@tieline.local>`;
const inbox: VoicemailView['mail'] = { place: 'inbox', isRead: false, messageId: mailId.slice(1, -1) };

function message(over: Partial<VoicemailView>): VoicemailView {
  return {
    id: karinsId, callerName: 'Karin Holm', callerNumber: '+46 70 174 06 05', leftAt: '2026-11-21T08:38:00.000Z', durationSeconds: 42, isUrgent: false, state: 'unheard', mail: inbox, hasAudio: true,
    undoUntil: null, wish: null, trouble: null, ...over,
  };
}

const karin = message({});
const list: VoicemailView[] = [
  karin,
  message({ id: crypto.randomUUID(), callerName: '', callerNumber: '', leftAt: '2026-11-21T07:15:00.000Z', durationSeconds: 7, isUrgent: true }),
  message({ id: crypto.randomUUID(), callerName: 'Jonas Weber', callerNumber: '214', leftAt: '2026-11-20T10:00:00.000Z', durationSeconds: 116, state: 'heard' }),
  message({ id: crypto.randomUUID(), callerName: 'Maria-Elisabeth Lindqvist-Andersson, Lindqvist Logistik', callerNumber: '+44 20 7946 0119', leftAt: '2026-11-12T10:00:00.000Z', durationSeconds: 3_733, state: 'heard' }),
  message({ id: crypto.randomUUID(), callerName: '', callerNumber: '+44 20 7946 0119', leftAt: '2026-11-11T10:00:00.000Z', durationSeconds: 33, state: 'deleted', undoUntil: '2026-12-11T10:00:00.000Z' }),
];
const peaks = Array.from({ length: 200 }, (_peak, index) => Math.abs(Math.sin(index / 3)) * (index % 37 < 30 ? 0.9 : 0.1) + 0.05);

const ok = (body: object): { status: number; body: object } => ({ status: 200, body });
const problem = (status: number, code: string): { status: number; body: object } => ({ status, body: { type: `urn:tieline:problem:${code}`, title: 'x', status, code, detail: 'Nobody here has this address.', remedy: 'Write a colleague\'s mail address.', correlationId: '7f3-k2q' } });
const path = `/api/v1/voicemail/${karinsId}`;

/** A server that has these messages; `one` is the first. */
interface Known { forwards?: VoicemailForwardView[]; shared?: SharedVoicemail[]; team?: VoicemailTeamView | null; transcript?: Partial<TranscriptView>; more?: Answers }

function has(messages: readonly VoicemailView[], { forwards = [], shared = [], team = null, transcript = {}, more = {} }: Known = {}): Answers {
  const [one] = messages;
  return {
    'GET /api/v1/live': 'never', 'GET /api/v1/voicemail': ok({ voicemail: messages }), 'GET /api/v1/team-voicemail': ok({ voicemail: shared }),
    'GET /api/v1/voicemail-of-mail': ok({ voicemail: one ?? null }),
    'GET /api/v1/calls': ok({ phones: [{ pbx: 'pbx', extension: '201', name: 'Desk', isAway: false }, { pbx: 'pbx', extension: '299', name: 'Cordless', isAway: false }], calls: [] }),
    [`GET ${path}`]: ok({ voicemail: one, trail: [{ at: '2026-11-21T08:51:00.000Z', what: 'mark voicemail heard', because: 'asked' }], forwards }),
    [`GET ${path}/team`]: ok({ team }), [`GET ${path}/transcript`]: ok({ transcript: { state: 'off', problem: null, language: null, pieces: [], numbers: [], urgent: null, ...transcript } }),
    [`GET ${path}/waveform`]: ok({ format: 'µ-law', durationSeconds: 42, isWhole: true, peaks }),
    ...more,
  };
}

function call(over: Partial<CallView>): Answers {
  const made: CallView = { id: crypto.randomUUID(), pbx: 'pbx', phone: '201', number: '', voicemailId: karinsId, state: 'ended', outcome: 'done', askedAt: '2026-11-21T09:51:50.000Z', ...over };
  return { 'POST /api/v1/calls': ok({ call: made }) };
}

function support(over: Partial<VoicemailTeamView> = {}): VoicemailTeamView {
  return { box: { instance: 'pbx', box: '300@default', name: 'Support' }, access: 'manage', taken: null, playedBy: [], ...over };
}

const jonasTook = { personId: 'jonas', name: 'Jonas Weber', isMe: false, at: '2026-11-21T08:20:00.000Z', doneAt: null };
const iTook = { personId: 'anna', name: 'Anna Berger', isMe: true, at: '2026-11-19T08:20:00.000Z', doneAt: null };
const played = [{ name: 'Jonas Weber', isMe: false, at: '2026-11-21T08:19:00.000Z' }, { name: 'Anna Berger', isMe: true, at: '2026-11-21T08:30:00.000Z' }];
const shared: SharedVoicemail[] = [
  { voicemail: message({ id: crypto.randomUUID(), callerName: 'Elif Kaya', callerNumber: '+49 30 23125 771', durationSeconds: 70, leftAt: '2026-11-21T08:02:00.000Z' }), team: support({ taken: jonasTook, playedBy: played }) },
  { voicemail: message({ id: crypto.randomUUID(), callerName: 'Tomasz Kowal', callerNumber: '215', state: 'heard', leftAt: '2026-11-19T08:02:00.000Z' }), team: support({ taken: iTook }) },
  { voicemail: message({ id: crypto.randomUUID(), callerName: '', callerNumber: '+44 20 7946 0119', leftAt: '2026-11-18T08:02:00.000Z' }), team: support() },
  { voicemail: message({ id: crypto.randomUUID(), callerName: 'Front desk', callerNumber: '100', state: 'heard', leftAt: '2026-11-18T08:02:00.000Z' }), team: support({ access: 'listen', box: { instance: 'pbx', box: '301@default', name: 'Warehouse and dispatch' }, taken: { ...jonasTook, doneAt: '2026-11-21T08:40:00.000Z' } }) },
];

const spoken: Partial<TranscriptView> = {
  state: 'done', language: 'en', pieces: ['Hello Anna, it\'s Karin. The delivery moved to Thursday', 'at eight.', 'Could you call me back on', '+46 8 465 004 17', 'before noon? Thank you.'].map((text, at) => ({ text, startSeconds: at * 5, endSeconds: at * 5 + 4, confidence: at === 1 ? 0.4 : 0.92 })),
  numbers: [{ said: '+46 8 465 004 17', number: '+46846500417', confidence: 0.92 }],
};

const mail = { item: { kind: 'message-read', subject: 'Voicemail from Karin Holm (42 s)', messageId: mailId } } as const;
const none = { item: { kind: 'none' } } as const;
const heard = message({ state: 'heard' });

async function onPhone(page: Page): Promise<void> {
  await page.locator('.pair button').last().click();
}

async function callBack(page: Page): Promise<void> {
  await page.locator('.pair button').first().click();
}

function forward(over: Partial<VoicemailForwardView>): Answers {
  return has([heard], { forwards: [{ id: crypto.randomUUID(), askedAt: '2026-11-21T09:50:00.000Z', toName: 'Tomasz Kowal', state: 'failed', problem: null, ...over }] });
}

export const voicemailStates: readonly PaneState[] = [
  { ...none, name: 'voicemail', answers: has([]), shows: '.empty' },
  { ...none, name: 'voicemail-list', answers: has(list), shows: '.voicemail.unheard' },
  { ...none, name: 'voicemail-list-unheard', answers: has([heard]), act: async (page) => page.locator('.filter button').nth(1).click(), shows: '.empty' },
  { ...none, name: 'voicemail-list-deleted', answers: has(list), act: async (page) => page.locator('.filter button').nth(2).click(), shows: '.voicemail' },
  { ...none, name: 'voicemail-list-away', answers: { 'GET /api/v1/voicemail': 'away' }, shows: '.message.red' },
  { ...none, name: 'voicemail-list-loading', answers: { 'GET /api/v1/voicemail': 'never' }, shows: '.panel [role=status]' },
  { ...none, name: 'voicemail-list-signed-out', answers: { 'GET /api/v1/voicemail': problem(401, 'sign-in-needed') }, shows: '.empty a' },
  { ...none, name: 'voicemail-pbx-away', answers: { ...has(list), 'GET /api/v1/calls': ok({ phones: [{ pbx: 'pbx', extension: '201', name: 'Desk', isAway: true }], calls: [] }) }, shows: '.lamp' },
  { ...none, name: 'voicemail-in-the-way', answers: { ...has(list), 'GET /api/v1/voicemail': ok({ voicemail: list, inTheWay: ['phone-away', 'held-back', 'mailbox-refused', 'not-watched'] }) }, shows: '.message.amber' },
  { ...none, name: 'voicemail-list-shared', answers: has([karin], { shared }), shows: '.team' },
  { ...none, name: 'voicemail-list-only-shared', answers: has([], { shared }), act: async (page) => page.locator('.filter button').nth(1).click(), shows: '.team' },
  {
    ...none, name: 'voicemail-taken-meanwhile', answers: has([], { shared: shared.slice(2, 3), more: { [`POST /api/v1/voicemail/${shared[2]?.voicemail.id}/take`]: problem(409, 'taken-meanwhile') } }), shows: '.team [role=alert]',
    act: async (page) => page.locator('.team .link').click(),
  },
  { ...mail, name: 'voicemail-team', answers: has([karin], { team: support({ taken: jonasTook, playedBy: played }) }), shows: '.team' },
  { ...mail, name: 'voicemail-team-mine', answers: has([heard], { team: support({ access: 'handle', taken: iTook }) }), shows: '.team' },
  { ...mail, name: 'voicemail-team-listen', answers: has([karin], { team: support({ access: 'listen' }) }), shows: '.team' },
  { ...mail, name: 'voicemail-written', answers: has([heard], { transcript: spoken }), shows: '.section .link' },
  { ...mail, name: 'voicemail-being-written', answers: has([karin], { transcript: { state: 'waiting' } }), shows: '.section .quiet' },
  { ...mail, name: 'voicemail-unwritten', answers: has([karin], { transcript: { state: 'failed', problem: 'unavailable' } }), shows: '.section .quiet' },
  { ...mail, name: 'voicemail-secure', answers: has([message({ protection: 'secure', state: 'heard' })]), shows: '.waveform' },
  { ...none, name: 'voicemail-from-list', answers: has(list), act: async (page) => page.locator('.voicemail .row').first().click(), shows: '.player' },
  { ...mail, name: 'voicemail-mail', answers: has(list), shows: '.waveform' },
  { ...mail, name: 'voicemail-heard', answers: has([heard]), shows: '.waveform', act: async (page) => page.locator('.buttons .bare').last().click() },
  { ...mail, name: 'voicemail-urgent', answers: has([message({ isUrgent: true, callerName: '', callerNumber: '' })]), shows: '.waveform' },
  { ...mail, name: 'voicemail-stranger', answers: { ...has(list), 'GET /api/v1/voicemail-of-mail': ok({ voicemail: null }), [`GET ${path}`]: problem(404, 'voicemail-unknown') }, item: { ...mail.item, headers: `X-Tieline-Voicemail: ${karinsId}\r\n` }, shows: '.empty button' },
  {
    ...mail, name: 'voicemail-removed', answers: has([heard], { more: { [`DELETE ${path}`]: ok({ voicemail: message({ state: 'deleted', undoUntil: '2026-12-21T09:52:00.000Z' }) }) } }), shows: '.notices .message',
    act: async (page) => page.locator('.danger').click(),
  },
  { ...mail, name: 'voicemail-refused', answers: has([heard], { more: { [`DELETE ${path}`]: problem(409, 'voicemail-deleted') } }), shows: '.notices .message.red', act: async (page) => page.locator('.danger').click() },
  { ...mail, name: 'voicemail-damaged', answers: has([heard], { more: { [`GET ${path}/waveform`]: ok({ format: 'GSM 6.10', durationSeconds: 12, isWhole: false, peaks }) } }), shows: '.message.amber' },
  { ...mail, name: 'voicemail-empty', answers: has([karin], { more: { [`GET ${path}/waveform`]: problem(422, 'sound-empty') } }), shows: '.message.amber' },
  { ...mail, name: 'voicemail-unreadable', answers: has([karin], { more: { [`GET ${path}/waveform`]: problem(422, 'sound-unreadable') } }), shows: '.message.amber' },
  { ...mail, name: 'voicemail-silent', answers: has([message({ hasAudio: false })], { more: { [`GET ${path}/waveform`]: problem(404, 'voicemail-silent') } }), shows: '.message.amber' },
  { ...mail, name: 'voicemail-sound-away', answers: has([karin], { more: { [`GET ${path}/audio`]: 'away' } }), act: async (page) => page.locator('.player .big').click(), shows: '.message.red' },
  { ...mail, name: 'voicemail-on-phone', answers: has([karin], { more: call({ state: 'answered', outcome: null }) }), act: onPhone, shows: '.message.grey' },
  { ...mail, name: 'voicemail-phone-gone', answers: has([karin], { more: call({ outcome: 'unreachable' }) }), act: onPhone, shows: '.message.red' },
  { ...mail, name: 'voicemail-phone-busy', answers: has([karin], { more: call({ outcome: 'busy' }) }), act: onPhone, shows: '.message.amber' },
  { ...mail, name: 'voicemail-phone-away', answers: has([karin], { more: call({ outcome: 'away' }) }), act: onPhone, shows: '.message.amber' },
  { ...mail, name: 'voicemail-no-phone', answers: has([karin], { more: { 'POST /api/v1/calls': problem(409, 'no-phone') } }), act: onPhone, shows: '.message.amber' },
  { ...mail, name: 'voicemail-calling', answers: has([karin], { more: call({ state: 'ringing', outcome: null, voicemailId: null, number: karin.callerNumber }) }), act: callBack, shows: '.message.grey' },
  { ...mail, name: 'voicemail-far-busy', answers: has([karin], { more: call({ outcome: 'far-busy', voicemailId: null, number: karin.callerNumber }) }), act: callBack, shows: '.message.grey' },
  { ...mail, name: 'voicemail-forward', answers: has([heard]), act: async (page) => page.locator('[data-page=forward]').click(), shows: '#forward-to' },
  {
    ...mail, name: 'voicemail-forward-refused', answers: has([heard], { more: { [`POST ${path}/forward`]: problem(404, 'colleague-unknown') } }), shows: '.message.red',
    act: async (page) => {
      await page.locator('[data-page=forward]').click();
      await page.locator('#forward-to').fill('tomasz.kowal@example.com');
      await page.locator('form button[type=submit]').click();
    },
  },
  { ...mail, name: 'voicemail-forward-full', answers: forward({ problem: 'box-full' }), shows: '.message.red' },
  { ...mail, name: 'voicemail-forward-doubt', answers: forward({ state: 'doubt', problem: 'no-answer' }), shows: '.message.amber' },
  { ...mail, name: 'voicemail-forward-done', answers: forward({ state: 'done' }), shows: '.message.grey' },
];
