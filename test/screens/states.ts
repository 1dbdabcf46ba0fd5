import type { Page } from 'playwright-core';
import type { DoubleItem } from './office-double.ts';
import { block, conference, id } from './sample.ts';

/** What the server answers in a picture: by "METHOD path", a status and a body; nothing for "cannot be reached". */
export type Answers = Record<string, { status: number; body: object } | 'away' | 'never'>;

/** One state of the pane. */
export interface PaneState {
  name: string;
  item: Partial<DoubleItem>;
  search?: string;
  answers?: Answers;
  /** What a person does before the picture. */
  act?: (page: Page) => Promise<void>;
  /** Something that is on the screen when the state is reached. */
  shows: string;
}

const read = `GET /api/v1/conferences/${id}`;
const teams = '<p>Hi</p><p><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting">Join Teams</a></p>';
const hi = '<p>Hi all, please bring the numbers for week 47.</p>';
const withBlock = hi + block().html;

function ok(body: object): { status: number; body: object } {
  return { status: 200, body };
}

function problem(status: number, code: string): { status: number; body: object } {
  return { status, body: { type: `urn:tieline:problem:${code}`, title: 'x', status, code, detail: 'There is no such conference.', remedy: 'Look again.', correlationId: '7f3-k2q' } };
}

const compose = { kind: 'appointment-compose', body: withBlock } as const;

export const states: readonly PaneState[] = [
  { name: 'none', item: { kind: 'appointment-compose', body: hi }, shows: '.empty button' },
  { name: 'none-foreign', item: { kind: 'appointment-compose', body: teams }, shows: '.message.amber' },
  { name: 'held', item: compose, answers: { [read]: ok({ conference: conference(), block: block() }) }, shows: '.badge.amber' },
  {
    name: 'scheduled', item: compose, shows: '.badge.green',
    answers: { [read]: ok({ conference: conference({ state: 'scheduled', expiresAt: null, bridge: { instance: 'pbx', state: 'agreed', since: null, lastError: null } }), block: block() }) },
  },
  {
    name: 'bridge-silent', item: compose, shows: '.message.amber',
    answers: { [read]: ok({ conference: conference({ state: 'scheduled', bridge: { instance: 'pbx', state: 'pending', since: '2026-11-21T08:52:00Z', lastError: 'no answer from pbx' } }), block: block() }) },
    act: async (page) => page.locator('.message button').last().click(),
  },
  {
    name: 'cancelled', item: compose, shows: '.badge.red',
    answers: { [read]: ok({ conference: conference({ state: 'cancelled', restorableUntil: '2026-11-28T08:52:00Z' }), block: block() }) },
  },
  { name: 'damaged', item: { kind: 'appointment-compose', body: withBlock.replace(/<br>Access code.*?#/, '') }, answers: { [read]: ok({ conference: conference(), block: block() }) }, shows: '.message.amber' },
  {
    name: 'lint', item: { kind: 'appointment-compose', body: `<p>My host code is 991 377 204, https://zoom.us/j/9</p>${withBlock}${block('de').html}` }, shows: '.message.amber >> nth=2',
    answers: { [read]: ok({ conference: conference({ hostCode: '991377204', lobby: false }), block: block() }) },
  },
  { name: 'copied', item: compose, answers: { [read]: problem(404, 'conference-unknown') }, shows: '.message.red' },
  { name: 'unreachable', item: compose, answers: { [read]: 'away' }, shows: '.message.red' },
  { name: 'not-allowed', item: { kind: 'appointment-compose', body: hi }, answers: { 'POST /api/v1/conferences': problem(403, 'not-allowed') }, act: async (page) => page.locator('.empty button').click(), shows: '.message.red' },
  { name: 'signed-out', item: compose, answers: { [read]: problem(401, 'sign-in-needed') }, shows: '.empty a' },
  { name: 'loading', item: compose, answers: { [read]: 'never' }, shows: '.skeleton' },
  { name: 'numbers', item: compose, answers: { [read]: ok({ conference: conference(), block: block() }) }, act: async (page) => page.locator('button.row').first().click(), shows: '.second-page' },
  { name: 'language', item: compose, answers: { [read]: ok({ conference: conference(), block: block() }) }, act: async (page) => page.locator('button.row').last().click(), shows: '.choice' },
  { name: 'preview', item: compose, answers: { [read]: ok({ conference: conference(), block: block() }) }, act: async (page) => page.locator('.saved').click(), shows: '.preview' },
  {
    name: 'removed', item: compose, shows: '.message.grey',
    answers: { [read]: ok({ conference: conference(), block: block() }), [`DELETE /api/v1/conferences/${id}`]: ok({ conference: conference({ state: 'expired' }) }) },
    act: async (page) => page.locator('.danger').click(),
  },
  { name: 'sent', item: { kind: 'appointment-read', body: withBlock, subject: 'Weekly logistics' }, shows: '.wide' },
  { name: 'sent-none', item: { kind: 'appointment-read', body: hi, subject: 'Weekly logistics' }, shows: '.empty' },
  {
    name: 'next', item: { kind: 'none' }, search: '?show=meeting', shows: '.rows',
    answers: { 'GET /api/v1/conferences': ok({ conferences: [conference({ state: 'scheduled' }), conference({ id: 'abcdefghijklmnopqrstuvwxyz', subject: null, state: 'held' })] }) },
  },
  { name: 'next-nothing', item: { kind: 'message-read', subject: 'Hello' }, search: '?show=meeting', answers: { 'GET /api/v1/conferences': ok({ conferences: [] }) }, shows: '.empty' },
  { name: 'people', item: { kind: 'message-read', subject: 'Hello' }, shows: '.empty' },
  { name: 'voicemail', item: { kind: 'none' }, shows: '.empty' },
  { name: 'availability', item: { kind: 'appointment-compose', body: hi }, search: '?show=meeting&availability=dnd', shows: '.notice .message' },
  { name: 'more', item: { kind: 'none' }, act: async (page) => page.locator('.me .bare').click(), shows: '.second-page' },
];
