import { z } from 'zod';
import type { callsApi } from '../../../../contract/people/calls.ts';
import type { Caller, Handlers } from '../../../../contract/endpoint.ts';
import type { voicemailApi } from '../../../../contract/voicemail/voicemail.ts';
import type { voicemailTeamApi } from '../../../../contract/voicemail/team.ts';
import type { voicemailTranscriptApi } from '../../../../contract/voicemail/transcript.ts';
import { voicemailPageWords } from '../../../../words/voicemail-page.ts';
import { UserError } from '../../../domain/errors.ts';
import { html } from '../../../domain/html.ts';
import type { Page, PageAnswer, PageRequest } from '../../../ports/page.ts';
import { filters, isShown, listHtml, type Filter } from './list.ts';
import { listScript } from './list-script.ts';
import { oneHtml } from './one.ts';
import { playerScript } from './player-script.ts';
import type { Look } from './shown.ts';

/** `/voicemail/`: list and player for people without a pane, and what the links in mails lead to. Server-rendered; every change is a form, done by the same handlers as the API's. */

export interface VoicemailPagesDeps {
  voicemail: Handlers<typeof voicemailApi>;
  transcripts: Handlers<typeof voicemailTranscriptApi>;
  team: Pick<Handlers<typeof voicemailTeamApi>, 'teamList' | 'team' | 'take' | 'done'>;
  calls: Pick<Handlers<typeof callsApi>, 'list' | 'begin'>;
  /** A random UUID. */
  newId(): string;
}

/** Messages on a page; a filter looks through more. */
const listLength = 50;
const filteredFrom = 200;
/** Looked at again by itself while something is on its way, seconds. Not while somebody may be listening. */
const soonSeconds = 3;
/** The list looks again while something stands in the way of both sides being in step, seconds: about as often as the server itself. */
const troubledSeconds = 15;

const id = z.uuid();
const instant = z.iso.datetime();

export function voicemailPages(deps: VoicemailPagesDeps): Page[] {
  return [
    { path: '/voicemail/player.js', handle: async () => ({ status: 200, file: { name: 'player.js', type: 'text/javascript; charset=utf-8', content: playerScript } }) },
    { path: '/voicemail/list.js', handle: async () => ({ status: 200, file: { name: 'list.js', type: 'text/javascript; charset=utf-8', content: listScript } }) },
    { path: '/voicemail/', who: 'user', handle: (request) => listPage(deps, request) },
    { path: '/voicemail/:id', who: 'user', handle: (request) => onePage(deps, request) },
    { path: '/voicemail/:id/:deed', methods: ['POST'], who: 'user', handle: (request) => deed(deps, request) },
  ];
}

async function listPage({ voicemail, team }: VoicemailPagesDeps, request: PageRequest): Promise<PageAnswer> {
  const look = lookOf(request);
  const filter: Filter = filters.find((each) => each === request.query.get('show')) ?? 'all';
  const before = instant.safeParse(request.query.get('before')).data;
  const limit = filter === 'all' ? listLength : filteredFrom;
  const { voicemail: found, inTheWay } = await voicemail.list({ params: {}, query: { limit, ...(before === undefined ? {} : { before }) }, body: {} }, callerOf(request));
  const olderThan = found.length === limit ? (found.at(-1)?.leftAt ?? null) : null;
  const shared = before === undefined ? (await team.teamList({ params: {}, query: {}, body: {} }, callerOf(request))).voicemail : [];
  const shown = found.filter((each) => isShown(each, filter));
  return { status: 200, page: { title: look.words.title, main: listHtml(shown, filter, olderThan, shared.filter((each) => isShown(each.voicemail, filter)), inTheWay, look), ...(inTheWay.length > 0 ? { refreshSeconds: troubledSeconds } : {}) } };
}

async function onePage(deps: VoicemailPagesDeps, request: PageRequest): Promise<PageAnswer> {
  const caller = callerOf(request);
  const look = lookOf(request);
  const { words } = look;
  const found = await unlessNotYours(() => deps.voicemail.one({ params: { id: idOf(request) }, query: {}, body: {} }, caller));
  if (found === null) {
    return { status: 404, page: { title: words.notYours, main: html`<h1>${words.notYours}</h1><p>${words.notYoursText}</p><p><a class="button filled" href="/voicemail/">${words.showMine}</a></p>` } };
  }
  const { transcript } = await deps.transcripts.transcript({ params: { id: idOf(request) }, query: {}, body: {} }, caller);
  const { team } = await deps.team.team({ params: { id: idOf(request) }, query: {}, body: {} }, caller);
  const { phones, calls } = await deps.calls.list({ params: {}, query: {}, body: {} }, caller);
  const asked = request.query.get('call');
  const call = calls.find((each) => each.id === asked) ?? null;
  const { voicemail, forwards, callerPersonId } = found;
  const isUnderWay = voicemail.wish !== null || (call !== null && call.state !== 'ended') || forwards.some(({ state }) => state === 'waiting' || state === 'begun');
  // Only after a form: whoever just opened the page may be listening.
  const mayRefresh = isUnderWay && request.query.has('after');
  const main = oneHtml({ voicemail, callerPersonId, forwards, transcript, team, call, hasPhone: phones.length > 0, key: deps.newId() }, look);
  return { status: 200, page: { title: words.title, main, ...(mayRefresh ? { refreshSeconds: soonSeconds } : {}) } };
}

/** One press of a button. */
async function deed({ voicemail, transcripts, team, calls }: VoicemailPagesDeps, request: PageRequest): Promise<PageAnswer> {
  const caller = callerOf(request);
  const params = { id: idOf(request) };
  const rest = { query: {}, body: {} };
  const key = id.safeParse(request.form.get('key')).data;
  const there = (more = ''): PageAnswer => ({ status: 303, location: `/voicemail/${params.id}?after=1${more}` });
  /** The caller's, or one that they said: never a number that only the form knows. */
  async function numberToCall(found: { callerNumber: string }): Promise<string> {
    const said = request.form.get('said');
    if (said === null) return found.callerNumber;
    const { transcript } = await transcripts.transcript({ params, ...rest }, caller);
    const spoken = transcript.numbers.find(({ number }) => number === said);
    if (spoken) return spoken.number;
    throw new UserError(422, { code: 'number-unknown', field: 'said', message: 'This number was not said in the message.', remedy: 'Load the page again.' });
  }
  switch (request.params['deed']) {
    case 'heard':
    case 'unheard':
      await voicemail.mark({ params, query: {}, body: { isHeard: request.params['deed'] === 'heard' } }, caller);
      return there();
    case 'take':
      await team.take({ params, query: {}, body: { from: request.form.get('from') || null } }, caller);
      return there();
    case 'done':
    case 'not-done':
      await team.done({ params, query: {}, body: { isDone: request.params['deed'] === 'done' } }, caller);
      return there();
    case 'delete':
      await voicemail.remove({ params, ...rest }, caller);
      return there();
    case 'restore':
      await voicemail.restore({ params, ...rest }, caller);
      return there();
    case 'forward': {
      const to = z.email().max(254).safeParse(request.form.get('to')?.trim()).data;
      if (to === undefined || key === undefined) throw new UserError(422, { code: 'wrong-address', field: 'to', message: 'This is no mail address.', remedy: 'Write a colleague\'s mail address.' });
      await voicemail.forward({ params, query: {}, body: { id: key, to } }, caller);
      return there();
    }
    case 'call':
    case 'play': {
      const { voicemail: found } = await voicemail.one({ params, ...rest }, caller);
      if (key === undefined) throw new UserError(422, { code: 'form-incomplete', message: 'The form was not complete.', remedy: 'Go back, load the page again and repeat it.' });
      const what = request.params['deed'] === 'play' ? { voicemailId: params.id } : { number: await numberToCall(found) };
      await calls.begin({ params: {}, query: {}, body: { id: key, ...what } }, caller);
      return there(`&call=${key}`);
    }
    default:
      throw new UserError(404, { code: 'nothing-here', message: 'There is nothing here.' });
  }
}

function idOf({ params }: PageRequest): string {
  const read = id.safeParse(params['id']);
  if (read.success) return read.data;
  // As one that is not there: the page says the same for both.
  return '00000000-0000-4000-8000-000000000000';
}

async function unlessNotYours<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UserError && error.problem.code === 'voicemail-unknown') return null;
    throw error;
  }
}

function lookOf({ language, timeZone, csrf }: PageRequest): Look {
  return { words: voicemailPageWords(language), language, timeZone: timeZone ?? 'UTC', csrf };
}

function callerOf({ visitor, language }: PageRequest): Caller {
  if (!visitor) throw new UserError(401, { code: 'sign-in-needed', message: 'This needs a signed-in person.', remedy: 'Sign in and try again.' });
  const { tenantId, personId, name, address } = visitor;
  return { tenantId, personId, name, address, roles: ['user'], ticketFor: null, language, correlationId: '' };
}
