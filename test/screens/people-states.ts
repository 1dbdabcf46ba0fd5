import type { Page } from 'playwright-core';
import type { AvailabilityView } from '../../contract/availability/availability.ts';
import type { PersonCard } from '../../contract/people/people.ts';
import type { Answers, PaneState } from './pane-state.ts';

const jonas = 'jonas.weber@example.com';
const message = { kind: 'message-read', subject: 'Numbers for week 47' } as const;
const ok = (body: object): { status: number; body: object } => ({ status: 200, body });

function view(personId: string, name: string, over: Partial<AvailabilityView> = {}): AvailabilityView {
  return {
    personId, name, state: { availability: 'available', face: 'available', title: null }, why: { source: 'default', rule: 'nothing-else', eventId: null }, since: '2026-11-21T09:00:00Z', until: null, next: null,
    onThePhone: false, onThePhoneSince: null, followsCalendar: true, missing: [], asOf: '2026-11-21T09:52:00Z', ...over,
  };
}

const busy = view('jonas', 'Jonas Weber', {
  elsewhere: { availability: 'busy', isInCall: false, since: '2026-11-21T09:00:00Z' },
  state: { availability: 'busy', face: 'meeting', title: null }, why: { source: 'calendar', rule: 'busy', eventId: null }, until: '2026-11-21T10:30:00Z', onThePhone: true, onThePhoneSince: '2026-11-21T09:48:00Z',
});
const people = [
  { address: jonas, where: 'member', availability: busy },
  { address: 'maria@example.com', where: 'member', availability: view('maria', 'Maria Lindqvist', { state: { availability: 'available', face: 'available', title: 'Homeoffice' }, until: '2026-11-21T13:00:00Z' }) },
  { address: 'tomasz@example.com', where: 'member', availability: view('tomasz', 'Tomasz Kowal', { state: { availability: 'doNotDisturb', face: 'doNotDisturb', title: null }, until: '2026-11-21T11:00:00Z' }) },
  { address: 'elif@example.com', where: 'member', availability: view('elif', 'Elif Kaya', { state: { availability: 'away', face: 'away', title: null } }) },
  { address: 'hannah@example.com', where: 'member', availability: view('hannah', 'Hannah-Katharina Brandt-Oberhuber', { state: { availability: 'away', face: 'outOfOffice', title: null }, until: '2026-11-30T08:00:00Z', onThePhone: null }) },
  { address: 'nora@example.com', where: 'member', availability: view('nora', 'Nora Klein', { missing: ['line'], onThePhone: null, elsewhere: { availability: 'busy', isInCall: true, since: '2026-11-21T09:50:00Z' } }) },
  { address: 'new@example.com', where: 'inside', availability: null },
  { address: 's.rossi@partner.example', where: 'outside', availability: null },
] as const;
const others = [...people.slice(1).map(({ address }) => ({ displayName: '', emailAddress: address })), { displayName: 'All of Logistics', emailAddress: 'logistics@example.com', recipientType: 'distributionList' }];
const mine = view('anna', 'Anna Berger', { until: '2026-11-21T11:00:00Z', next: { availability: 'busy', face: 'busy', title: null } });
const card: PersonCard = {
  personId: 'jonas', name: 'Jonas Weber', address: jonas, about: 'Head of Logistics · Berlin', isInside: true, availability: busy, ifCalled: 'busy',
  numbers: [{ kind: 'extension', number: '214' }, { kind: 'mobile', number: '+49 171 39200 14' }], freeHalfHour: { from: '2026-11-21T10:30:00Z', to: '2026-11-21T11:00:00Z' },
};
const crowd = Array.from({ length: 520 }, (_, n) => ({ address: `person${n}@example.com`, where: 'member', availability: view(`p${n}`, `Person ${n}`, n % 3 === 0 ? { state: { availability: 'busy', face: 'busy', title: null } } : {}) }));

/** Names and titles in other directions, with the quotes of several languages. */
const odd = [['דנה „כהן“', 'בבית'], ['ياسمين «الخطيب»', 'في المنزل'], ['O’Brien, "Bob" <b>', '‹tea›'], ['佐藤「健」', '在宅'], ['\u202Eevil\u202C', 'a long title '.repeat(6).trim()]].map(([name = '', title = ''], n) => ({
  address: `odd${n}@example.com`, where: 'member', availability: view(`odd${n}`, name, { state: { availability: 'available', face: 'available', title }, until: '2026-11-21T13:00:00Z' }),
}));

const answers: Answers = {
  'POST /api/v1/availability/people': ok({ people }),
  'GET /api/v1/availability': ok({ availability: mine }),
  'GET /api/v1/people/card': ok({ card }),
  'GET /api/v1/people': ok({ people: [{ personId: 'jonas', name: 'Jonas Weber', address: jonas, about: '', extensions: ['214'] }], isPartial: true }),
  'GET /api/v1/calls': ok({ phones: [{ pbx: 'pbx', extension: '201', name: 'Desk' }, { pbx: 'pbx', extension: '202', name: 'Home' }], calls: [] }),
  'POST /api/v1/calls': ok({ call: { id: '5f0c8ad2-31d7-4a3e-9d3e-b0f8d5f7c001', pbx: 'pbx', phone: '201', number: '214', state: 'ringing', outcome: null, askedAt: '2026-11-21T09:52:00Z' } }),
  'GET /api/v1/live': 'never',
  'GET /api/v1/people/together': ok({ together: { startsAt: '2026-11-21T10:00:00Z', endsAt: '2026-11-21T10:45:00Z', subject: 'Weekly logistics', others: 4 } }),
  'PUT /api/v1/availability/when-free': ok({ waiting: [{ personId: 'jonas', name: 'Jonas Weber', address: jonas, freeSince: null }] }),
  'GET /api/v1/availability/greeting': ok({ greeting: { kind: 'own', text: null, language: null, sound: null, isReady: true, missing: null } }),
};

async function search(page: Page, text: string): Promise<void> {
  await page.locator('.search input').fill(text);
  await page.clock.runFor(1_000);
}

async function openCard(page: Page): Promise<void> {
  await page.locator(`[data-page="${jonas}"]`).click();
  await page.locator('.card-head').waitFor();
}

const byHand = view('anna', 'Anna Berger', { state: { availability: 'doNotDisturb', face: 'doNotDisturb', title: null }, why: { source: 'manual', rule: 'until-time', eventId: null }, until: '2026-11-21T11:00:00Z' });

/** The People tab, a card, one's own availability, and how one is shown during a meeting. */
export const peopleStates: readonly PaneState[] = [
  { name: 'people-mail', item: { ...message, others }, answers, shows: '.footer.live' },
  { name: 'people-old', item: { ...message, others }, answers: { ...answers, 'GET /api/v1/live': 'away' }, shows: '.footer.live' },
  { name: 'people-many', item: { ...message, others: crowd.map(({ address }) => ({ displayName: '', emailAddress: address })) }, answers: { ...answers, 'POST /api/v1/availability/people': ok({ people: crowd }) }, shows: 'details' },
  { name: 'people-odd', item: { ...message, others: odd.map(({ address }) => ({ displayName: '', emailAddress: address })) }, answers: { ...answers, 'POST /api/v1/availability/people': ok({ people: odd }) }, shows: '.footer.live' },
  {
    name: 'people-odd-card', item: { ...message, others: [{ displayName: '', emailAddress: 'odd0@example.com' }] }, shows: '.pair [aria-pressed=true]',
    answers: {
      ...answers, 'POST /api/v1/availability/people': ok({ people: odd.slice(0, 1).map((each) => ({ ...each, availability: { ...each.availability, onThePhone: true } })) }), 'GET /api/v1/people/card': ok({ card: { ...card, personId: 'odd0', name: odd[0]?.availability.name, about: 'מנהלת „כספים“ (CFO)', address: 'odd0@example.com', availability: odd[0]?.availability } }),
      'PUT /api/v1/availability/when-free': ok({ waiting: [{ personId: 'odd0', name: odd[0]?.availability.name, address: 'odd0@example.com', freeSince: null }] }),
    },
    async act(page) {
      await page.locator('[data-page="odd0@example.com"]').click();
      await page.locator('.card-head').waitFor();
      await page.locator('.pair [aria-pressed]').click();
    },
  },
  { name: 'people-found', item: message, answers, act: (page) => search(page, 'web'), shows: '.message.amber' },
  { name: 'people-no-hit', item: message, answers: { ...answers, 'GET /api/v1/people': ok({ people: [], isPartial: false }) }, act: (page) => search(page, 'Brand'), shows: '.empty' },
  { name: 'people-card', item: { ...message, others }, answers, act: openCard, shows: '.pick' },
  {
    name: 'people-calling', item: { ...message, others }, answers, shows: '.message.grey',
    async act(page) {
      await openCard(page);
      await page.locator('.pair .fui-Button').first().click();
    },
  },
  {
    name: 'people-waiting', item: { ...message, others }, answers, shows: '.pair [aria-pressed=true]',
    async act(page) {
      await openCard(page);
      await page.locator('.pair [aria-pressed]').click();
    },
  },
  {
    name: 'people-free', item: { ...message, others }, shows: '.notice .message.grey',
    answers: { ...answers, 'GET /api/v1/live': { stream: [{ topic: 'when-free', state: [{ personId: 'hannah', name: 'Hannah-Katharina Brandt-Oberhuber', address: 'hannah@example.com', freeSince: '2026-11-21T09:52:00Z' }] }] } },
  },
  {
    name: 'people-numbers', item: { ...message, body: 'Sara Rossi\nTel. +39 06 1234 5678\nMobile +39 333 1234567', others: [{ displayName: '', emailAddress: 's.rossi@partner.example' }] },
    answers: { ...answers, 'POST /api/v1/availability/people': ok({ people: people.slice(-1) }) }, shows: '.numbers',
    act: async (page) => page.locator('.person .fui-Button').click(),
  },
  { name: 'people-dial', item: message, answers: { ...answers, 'GET /api/v1/people': ok({ people: [], isPartial: false }) }, act: (page) => search(page, '+39 06 1234 5678'), shows: '.panel > .fui-Button' },
  { name: 'people-unreached', item: { ...message, others }, answers: { ...answers, 'POST /api/v1/availability/people': 'away' }, shows: '.message.red' },
  { name: 'people-away', item: { ...message, others }, answers: { ...answers, 'POST /api/v1/availability/people': { status: 422, body: { code: 'x', status: 422, detail: 'Not now.', remedy: 'Look again.', correlationId: 'r' } } }, shows: '.message' },
  { name: 'mine-automatic', item: message, answers, act: async (page) => page.locator('.me [data-page=availability]').click(), shows: '.filter' },
  { name: 'mine-no-line', item: message, answers: { ...answers, 'GET /api/v1/availability': ok({ availability: view('anna', 'Anna Berger', { missing: ['line'], onThePhone: null }) }) }, act: async (page) => page.locator('.me [data-page=availability]').click(), shows: '.filter' },
  { name: 'mine-by-hand', item: message, answers: { ...answers, 'GET /api/v1/availability': ok({ availability: byHand }) }, act: async (page) => page.locator('.me [data-page=availability]').click(), shows: '.footer' },
  ...(['spoken', 'voice'] as const).map((kind): PaneState => ({
    name: `mine-hears-${kind}`, item: message, shows: 'q', act: async (page) => page.locator('.me [data-page=availability]').click(),
    answers: {
      ...answers, 'GET /api/v1/availability': ok({ availability: byHand }),
      'GET /api/v1/availability/greeting': ok({ greeting: { kind: 'spoken', text: 'Hello. Anna Berger cannot take calls until 12:00. Please leave a message after the tone.', language: 'en', sound: null, isReady: kind === 'spoken', missing: kind === 'voice' ? 'voice' : null } }),
    },
  })),
  {
    name: 'shown-as', item: { kind: 'appointment-read', body: '<p>Hi</p>', subject: 'Weekly logistics' }, shows: '.section',
    answers: { ...answers, 'GET /api/v1/availability/meetings': ok({ chosen: 'doNotDisturb' }) },
    act: async (page) => page.locator('.rows button.row').first().click(),
  },
];
