import type { Page } from 'playwright-core';
import type { Answers, PaneState } from './pane-state.ts';
import { voicemailStates } from './voicemail-states.ts';
import { adminSectionStates } from './admin-sections.ts';
import { adminStates } from './admin-states.ts';
import { peopleStates } from './people-states.ts';
import type { RoomView } from '../../contract/conference/room.ts';
import { block, conference, id, offer, settings, voicemailChoices } from './sample.ts';

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

const choices: Answers = { 'GET /api/v1/conference-offer': ok({ offer: offer() }), 'GET /api/v1/settings/conference': ok({ settings: settings() }) };
const withChoices: Answers = { ...choices, [read]: ok({ conference: conference(), block: block() }) };
const others = [{ displayName: 'Maria Lindqvist', emailAddress: 'maria.lindqvist@a-rather-long-company-name.example.com' }, { displayName: '', emailAddress: 'tomasz@example.com' }];
const withRoles: Answers = {
  ...choices,
  [read]: ok({
    conference: conference({
      presenterCode: '556677889', roles: [{ address: 'jonas.weber@example.com', name: 'Jonas Weber', role: 'presenter' }, { address: 'gone@example.com', name: 'Karl-Heinz Gone', role: 'host' }],
    }),
    block: block(),
  }),
};

function openPage(page: string): (window: Page) => Promise<void> {
  return async (window) => window.locator(`[data-page=${page}]`).click();
}

async function openMore(page: Page): Promise<void> {
  await page.locator('.me .bare').click();
}

const newcomer = problem(401, 'exchange-link-needed');
const unlinked: Answers = {
  [read]: newcomer, 'GET /api/v1/me': newcomer,
  'POST /api/v1/exchange-link': ok({ way: 'mail', address: 'anna.berger@example.com', endsAt: '2026-11-21T10:07:00Z' }),
  'POST /api/v1/exchange-link/confirm': problem(422, 'exchange-code-wrong'),
};

async function typeCode(page: Page): Promise<void> {
  await page.locator('.empty button').first().click();
  await page.locator('#link-code').fill('1234 5678');
  await page.keyboard.press('Enter');
}

function openBehind(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    await openMore(page);
    await openPage(name)(page);
  };
}

const scheduled = conference({ state: 'scheduled', expiresAt: null });
const past = {
  conferences: [
    conference({ state: 'cancelled', expiresAt: null, restorableUntil: '2026-11-28T08:52:00Z' }),
    conference({ id: 'b'.repeat(26), state: 'ended', expiresAt: null, subject: 'Supplier call', startsAt: '2026-11-19T10:00:00Z', endsAt: '2026-11-19T11:00:00Z' }),
    conference({ id: 'c'.repeat(26), state: 'cancelled', expiresAt: null, subject: null, startsAt: null, endsAt: null, opensAt: null }),
  ],
};

const roomBridge: RoomView['bridges'][number] = {
  instance: 'pbx', kind: 'phone', state: 'agreed', members: 2, listsPeople: true, isLocked: false, may: ['mute', 'unmute', 'kick', 'lock', 'unlock', 'end', 'call'], lastError: null,
};

/** A conference that is going on, and its room. */
function inRoom(over: Partial<RoomView> = {}): Answers {
  const live = conference({ state: 'live', expiresAt: null, participants: 2, bridge: { instance: 'pbx', state: 'agreed', since: null, lastError: null } });
  const person = { bridge: 'pbx', isHost: false, isMuted: false, joinedAt: null };
  const room: RoomView = {
    conferenceId: id, role: 'host', bridges: [roomBridge], commands: [], ...over,
    people: over.people ?? [
      { ...person, leg: 'a', name: 'Jonas Weber', number: '+49 30 23125 17', isHost: true },
      { ...person, leg: 'b', name: 'Maria-Elisabeth Lindqvist-Andersson', number: '+46 8 505 204 00', isMuted: true },
    ],
  };
  return { [read]: ok({ conference: live, block: block() }), [`GET /api/v1/conferences/${id}/room`]: ok({ room }) };
}

/** What the server tells somebody who was invited. */
function asGuest(role: 'guest' | 'presenter'): Answers {
  return {
    [`GET /api/v1/conferences/${id}/meeting`]: ok({
      conference: {
        id, state: 'scheduled', startsAt: '2026-11-21T10:00:00Z', endsAt: '2026-11-21T10:45:00Z', opensAt: '2026-11-21T09:55:00Z', timeZone: 'Europe/Berlin', host: 'Jonas Weber', joinUrl: 'https://meet.example.com/j/x',
        dialIn: [], kind: 'phone', callsOut: true, callUrl: 'https://meet.example.com/j/x/call', icsUrl: 'https://meet.example.com/j/x/ics', role,
      },
    }),
  };
}

export const states: readonly PaneState[] = [
  ...adminStates,
  ...adminSectionStates,
  ...peopleStates,
  { name: 'none', item: { kind: 'appointment-compose', body: hi }, shows: '.empty button' },
  { name: 'none-usual', item: { kind: 'appointment-compose', body: hi }, answers: choices, shows: '[data-page=usual-language]' },
  { name: 'none-type', item: { kind: 'appointment-compose', body: hi }, search: '?show=meeting&ask=type', answers: choices, shows: 'h3' },
  { name: 'none-signed-out', item: { kind: 'appointment-compose', body: hi }, answers: { ...choices, 'POST /api/v1/conferences': problem(401, 'sign-in-needed') }, act: async (page) => page.locator('.empty button').first().click(), shows: '.empty a' },
  { name: 'offline', item: compose, answers: withChoices, act: async (page, context) => { await page.locator('[data-page=language]').waitFor(); await context.setOffline(true); }, shows: '.notice .message.amber' },
  { name: 'settings', item: { kind: 'none' }, answers: choices, act: openBehind('settings'), shows: '.section' },
  { name: 'settings-voicemail', item: { kind: 'none' }, answers: { ...choices, 'GET /api/v1/settings/voicemail': ok({ settings: voicemailChoices() }) }, act: openBehind('settings'), shows: '#my-voicemail' },
  { name: 'settings-locked', item: { kind: 'none' }, answers: { ...choices, 'GET /api/v1/settings/conference': ok({ settings: settings(true) }) }, act: openBehind('settings'), shows: '.section' },
  { name: 'settings-away', item: { kind: 'none' }, answers: { 'GET /api/v1/settings/conference': 'away' }, act: openBehind('settings'), shows: '.message.red' },
  { name: 'settings-loading', item: { kind: 'none' }, answers: { 'GET /api/v1/settings/conference': 'never' }, act: openBehind('settings'), shows: '.panel [role=status]' },
  {
    name: 'settings-elsewhere', item: { kind: 'none' }, shows: '.message.amber',
    answers: { ...choices, 'PATCH /api/v1/settings/conference': problem(409, 'changed-meanwhile') },
    act: async (page) => {
      await openBehind('settings')(page);
      await page.locator('.toggle').first().click();
    },
  },
  { name: 'mine', item: { kind: 'none' }, answers: { 'GET /api/v1/conferences': ok({ conferences: [scheduled] }) }, act: openBehind('mine'), shows: '.rows' },
  { name: 'mine-past', item: { kind: 'none' }, answers: { 'GET /api/v1/conferences': ok(past) }, act: async (page) => { await openBehind('mine')(page); await page.locator('.filter button').last().click(); }, shows: '.rows .fui-Button' },
  {
    name: 'mine-restored', item: { kind: 'none' }, shows: '.message.grey',
    answers: { 'GET /api/v1/conferences': ok(past), [`POST /api/v1/conferences/${id}/restore`]: ok({ conference: conference() }) },
    act: async (page) => { await openBehind('mine')(page); await page.locator('.filter button').last().click(); await page.locator('.rows .fui-Button').click(); },
  },
  { name: 'mine-away', item: { kind: 'none' }, answers: { 'GET /api/v1/conferences': 'away' }, act: openBehind('mine'), shows: '.message.red' },
  { name: 'old-outlook', item: { kind: 'none', mailbox: 5 }, act: openMore, shows: '.message.grey' },
  { name: 'old-outlook-held', item: { ...compose, mailbox: 5 }, answers: withChoices, shows: '.badge.amber' },
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
  { name: 'not-allowed', item: { kind: 'appointment-compose', body: hi }, answers: { 'POST /api/v1/conferences': problem(403, 'not-allowed') }, act: async (page) => page.locator('.empty button').first().click(), shows: '.message.red' },
  { name: 'signed-out', item: compose, answers: { [read]: problem(401, 'sign-in-needed') }, shows: '.empty a' },
  { name: 'link-account', item: { ...compose, onPremises: true }, answers: unlinked, shows: '.empty button' },
  { name: 'link-account-code', item: { ...compose, onPremises: true }, answers: unlinked, act: typeCode, shows: '.message.red' },
  {
    name: 'link-account-waits', item: { ...compose, onPremises: true }, shows: '.empty',
    answers: { ...unlinked, 'POST /api/v1/exchange-link': ok({ way: 'administrator', address: 'anna.berger@example.com', endsAt: '2026-12-05T09:52:00Z' }) },
    act: async (page) => {
      await page.locator('.empty button').first().click();
      await page.getByText(/Your administrator links|Ihr Administrator verbindet/).waitFor();
    },
  },
  { name: 'loading', item: compose, answers: { [read]: 'never' }, shows: '.skeleton' },
  { name: 'numbers', item: compose, answers: withChoices, act: openPage('numbers'), shows: '.tick' },
  { name: 'language', item: compose, answers: withChoices, act: openPage('language'), shows: 'input[name=template]' },
  { name: 'language-fixed', item: compose, answers: { ...withChoices, 'GET /api/v1/settings/conference': ok({ settings: { ...settings(), locked: { template: { scope: 'group', name: 'Sales' } } } }) }, act: openPage('language'), shows: 'input[name=template]:disabled' },
  { name: 'lobby-fixed', item: compose, answers: { ...withChoices, 'GET /api/v1/settings/conference': ok({ settings: { ...settings(), locked: { lobby: { scope: 'group', name: 'Sales' } } } }) }, act: async (page) => page.locator('#lobby').scrollIntoViewIfNeeded(), shows: '[aria-labelledby=lobby][aria-disabled=true]' },
  { name: 'type', item: compose, answers: withChoices, act: openPage('type'), shows: '.choice' },
  { name: 'type-asked', item: compose, search: '?show=meeting&ask=type', answers: withChoices, shows: '.choice' },
  { name: 'type-away', item: compose, answers: { [read]: ok({ conference: conference(), block: block() }), 'GET /api/v1/conference-offer': 'away' }, act: openPage('type'), shows: '.message.red' },
  { name: 'roles', item: { ...compose, others }, answers: withRoles, act: openPage('roles'), shows: '.pick' },
  { name: 'roles-in-card', item: { ...compose, others }, answers: withRoles, act: async (page) => page.locator('[data-page=roles]').scrollIntoViewIfNeeded(), shows: '[data-page=roles]' },
  {
    name: 'change-refused', item: compose, shows: '.message.amber',
    answers: { ...withChoices, [`PATCH /api/v1/conferences/${id}`]: problem(409, 'changed-meanwhile') },
    act: async (page) => {
      await openPage('type')(page);
      await page.locator('.choice input').last().click();
    },
  },
  {
    name: 'personal', item: compose, shows: '[data-page=type]', act: async (page) => page.locator('[data-page=language]').scrollIntoViewIfNeeded(),
    answers: { ...withChoices, [read]: ok({ conference: conference({ state: 'scheduled', isStanding: true, expiresAt: null, bridge: { instance: 'pbx', state: 'agreed', since: null, lastError: null } }), block: block() }) },
  },
  { name: 'room', item: compose, answers: inRoom(), act: openPage('room'), shows: '.rows .danger' },
  {
    name: 'room-door', item: compose, act: openPage('room'), shows: '[data-door]',
    answers: inRoom({ knocks: [{ id: 'k1', bridge: 'pbx', name: '', number: '+49 171 5550199', askedAt: '2026-11-21T09:00:00Z' }, { id: 'k2', bridge: 'pbx', name: 'WIRELESS CALLER OF A LONG NAME', number: '+43 660 1234567', askedAt: '2026-11-21T09:01:00Z' }] }),
  },
  { name: 'room-nobody', item: compose, answers: inRoom({ people: [], bridges: [{ ...roomBridge, members: 0 }] }), act: openPage('room'), shows: '.empty' },
  {
    name: 'room-two', item: compose, act: openPage('room'), shows: '.rows .danger',
    answers: inRoom({ bridges: [{ ...roomBridge, instance: 'meet', kind: 'video', members: 3, listsPeople: false, may: [] }, roomBridge] }),
  },
  {
    name: 'room-failed', item: compose, act: openPage('room'), shows: '.message.amber',
    answers: inRoom({ commands: [{ id: crypto.randomUUID(), bridge: 'pbx', what: 'call', leg: null, state: 'failed', problem: 'not-answered', askedAt: '2026-11-21T09:51:40Z' }] }),
  },
  { name: 'room-away', item: compose, answers: { ...inRoom(), [`GET /api/v1/conferences/${id}/room`]: 'away' }, act: openPage('room'), shows: '.message.red' },
  { name: 'preview', item: compose, answers: { [read]: ok({ conference: conference(), block: block() }) }, act: async (page) => page.locator('.saved').click(), shows: '.preview' },
  {
    name: 'removed', item: compose, shows: '.message.grey',
    answers: { [read]: ok({ conference: conference(), block: block() }), [`DELETE /api/v1/conferences/${id}`]: ok({ conference: conference({ state: 'expired' }) }) },
    act: async (page) => page.locator('.danger').click(),
  },
  { name: 'sent', item: { kind: 'appointment-read', body: withBlock, subject: 'Weekly logistics' }, shows: '.wide' },
  { name: 'sent-called', item: { kind: 'appointment-read', body: withBlock, subject: 'Weekly logistics' }, shows: '.pair', answers: asGuest('guest') },
  { name: 'sent-presenter', item: { kind: 'appointment-read', body: withBlock, subject: 'Weekly logistics' }, shows: '[data-page=room]', answers: asGuest('presenter') },
  {
    name: 'sent-room', item: { kind: 'appointment-read', body: withBlock, subject: 'Weekly logistics' }, act: openPage('room'), shows: '.rows button',
    answers: { ...asGuest('presenter'), ...inRoom({ role: 'presenter', bridges: [{ ...roomBridge, may: ['mute', 'unmute', 'lock', 'unlock'] }] }) },
  },
  { name: 'sent-none', item: { kind: 'appointment-read', body: hi, subject: 'Weekly logistics' }, shows: '.empty' },
  {
    name: 'next', item: { kind: 'none' }, search: '?show=meeting', shows: '.rows',
    answers: { 'GET /api/v1/conferences': ok({ conferences: [scheduled, conference({ id: 'a'.repeat(26), isStanding: true, state: 'scheduled', startsAt: null, endsAt: null, opensAt: null }), conference({ id: 'abcdefghijklmnopqrstuvwxyz', subject: null, state: 'held' })] }) },
  },
  { name: 'next-nothing', item: { kind: 'message-read', subject: 'Hello' }, search: '?show=meeting', answers: { 'GET /api/v1/conferences': ok({ conferences: [] }) }, shows: '.empty' },
  { name: 'next-later', item: { kind: 'message-read', subject: 'Hello' }, search: '?show=meeting', answers: { 'GET /api/v1/conferences': ok({ conferences: [conference({ state: 'scheduled', startsAt: '2026-11-23T08:00:00Z', endsAt: '2026-11-23T09:00:00Z', opensAt: '2026-11-23T07:50:00Z' })] }) }, shows: '.rows' },
  { name: 'people', item: { kind: 'none' }, search: '?show=people', shows: '.empty' },
  ...voicemailStates,
  { name: 'availability', item: { kind: 'appointment-compose', body: hi }, search: '?show=meeting&availability=dnd', shows: '.notice .message' },
  { name: 'more', item: { kind: 'none' }, act: openMore, shows: '.second-page' },
];
