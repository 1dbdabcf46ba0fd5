import { availabilitySettings } from '../../contract/availability/availability.ts';
import { conferenceSettings } from '../../contract/conference/settings.ts';
import { logSettings } from '../../contract/operations/log-settings.ts';
import type { SettingsDeclaration } from '../../contract/account/settings.ts';
import { voicemailSettings } from '../../contract/voicemail/settings.ts';
import { described } from '../../server/accounts/settings/described.ts';
import type { Answers, PaneState } from './pane-state.ts';

/** The administrator's sections besides the templates, with answers as the server gives them. */

const ok = (body: object): { status: number; body: object } => ({ status: 200, body });
const organisation = '/api/v1/organisation';
const support = '0b8f0a2e-6f7e-4c59-9d7c-1c1f7c9b1a11';
const at = (time: string, day = '2026-11-23'): string => new Date(`${day}T${time}:00+01:00`).toISOString();

const declared = [availabilitySettings, conferenceSettings, voicemailSettings, logSettings] as readonly SettingsDeclaration[];

function view({ feature, standard }: SettingsDeclaration, more: object = {}): object {
  const from = Object.fromEntries(Object.keys(standard).map((key) => [key, { scope: 'default', name: null }]));
  return { settings: { feature, values: standard, from, locked: {}, own: {}, locks: [], version: 3, ...more } };
}

/** What a person says themselves, inherits from a group, and may not say. */
const personal: Readonly<Record<string, object>> = {
  voicemail: { own: { withAudio: false }, inherited: { withAudio: { scope: 'group', name: 'Customer support', value: true } }, locked: { mode: { scope: 'organisation', name: null } } },
  availability: { locked: { calendarDetail: { scope: 'group', name: 'Customer support' } } },
};

const settings: Answers = {
  [`GET ${organisation}/settings`]: ok({ features: declared.map(described) }),
  ...Object.fromEntries(declared.flatMap((each) => [
    [`GET ${organisation}/settings/${each.feature}`, ok(view(each, each.feature === 'availability' ? { own: { winningWords: ['vacation'] }, locks: ['showsSubject'] } : {}))],
    [`GET /api/v1/people/anna/settings/${each.feature}`, ok(view(each, personal[each.feature] ?? {}))],
    [`GET /api/v1/groups/${support}/settings/${each.feature}`, ok(view(each, { locked: each.feature === 'voicemail' ? { mode: { scope: 'organisation', name: null } } : {} }))],
  ])),
};

const anna = { personId: 'anna', name: 'Anna Berger', address: 'anna.berger@example.com', lines: [{ pbx: 'pbx', extension: '201', source: 'administrator' }], mailboxes: [{ instance: 'm365', address: 'anna.berger@example.com', source: 'directory' }], groups: ['Customer support'] };
const jonas = { personId: 'jonas', name: 'Jonas Weber', address: 'jonas.weber@example.com', lines: [], mailboxes: [], groups: [] };
const groups = [{ id: support, name: 'Customer support', claim: '6f1f0a2e-0000-4c59-9d7c-1c1f7c9b1a11', rank: 10, members: 1 }];

const system = { since: at('08:00'), toldAt: at('09:51'), canForce: true, failing: [] };
const systems = [
  { ...system, instance: 'm365', type: 'graph', state: 'limited', address: 'https://graph.microsoft.com', version: 'Microsoft Graph v1.0', capabilities: ['calendar', 'notifications'], gaps: [{ capability: 'mail', reason: 'Mail.ReadWrite is not granted.', remedy: 'Grant Mail.ReadWrite to the app, then force now.' }] },
  { ...system, instance: 'pbx', type: 'asterisk', state: 'down', address: '10.1.2.10:5038', version: 'Asterisk 22.10.1', capabilities: [], gaps: [], failing: [{ kind: 'voicemail.boxes', waiting: 2, error: 'TheirError: [pbx] no answer' }] },
];
const line = (seq: number, level: string, message: string, step: string | null, fields: object): object => ({ seq, at: at('09:50'), level, message, step, fields });
const lines = [
  line(9, 'error', 'a part could not be stopped cleanly', null, { instance: 'pbx' }),
  line(8, 'warn', 'work failed and is tried again', null, { kind: 'voicemail.boxes', attempt: 2, err: '[pbx] no answer' }),
  line(7, 'info', 'subscribing to a calendar', 'calendar.subscribe', { instance: 'm365', mailbox: '4f6c2c1e-3a52-4f5c-9a55-0d5b8d1d1c11' }),
  line(6, 'info', 'asking for automatic replies', 'absence.many', { instance: 'm365', people: 212 }),
];

const why = { source: 'calendar', rule: 'busy' };
const away = { source: 'calendar', rule: 'tentative' };
const outcome = (face: string, availability: string, rule: object, does: string): object => ({
  state: { availability, face }, why: rule, since: at('14:00', '2026-11-26'), until: at('15:00', '2026-11-26'), next: { availability: 'available', face: 'available' }, phones: [{ pbx: 'pbx', extension: '201', does, hears: { kind: 'spoken', text: 'Hello. Anna Berger is not available until 15:00. Please leave a message after the tone.', sound: null, lacksVoice: false } }, { pbx: 'pbx', extension: '300', does: 'another', hears: null }],
  appointments: [{ from: at('14:00', '2026-11-26'), to: at('15:00', '2026-11-26'), makes: availability, rule: 'busy', isPrivate: true, untold: ['subjectHas'] }, { from: at('14:00', '2026-11-26'), to: at('16:00', '2026-11-26'), makes: 'free', rule: 'free', isPrivate: false, untold: [] }],
});
const whatIf = { person: { personId: 'anna', name: anna.name }, at: at('14:30', '2026-11-26'), missing: [], basis: 'read', present: outcome('meeting', 'busy', why, 'ring'), proposed: outcome('doNotDisturb', 'doNotDisturb', why, 'voicemail'), warnings: ['nothing-counts'] };
const replayed = {
  replay: {
    id: support, state: 'done', from: at('00:00', '2026-10-26'), to: at('00:00'), madeAt: at('09:00'), people: 1_000, done: 1_000, unread: 3, changedPeople: 412, changedMinutes: 98_400, before: { available: 3_902_400, meeting: 412_800 }, after: { available: 3_804_000, meeting: 412_800, away: 98_400 },
    untold: 4_120, appointments: 98_211, warnings: [],
    most: [{ personId: 'anna', name: anna.name, outcome: 'replayed', changedMinutes: 1_230, untold: 3, stretches: [{ from: at('10:00', '2026-11-02'), to: at('12:00', '2026-11-02'), before: { availability: 'available', face: 'available', rule: 'nothing-else' }, after: { availability: 'away', face: 'away', rule: 'tentative' } }] }, { personId: 'jonas', name: jonas.name, outcome: 'unread', changedMinutes: 0, untold: 0, stretches: [] }],
  },
};
const timeline = {
  person: { personId: 'anna', name: anna.name }, missing: ['line'], asOf: at('09:52'),
  links: {
    mailbox: { instance: 'm365', address: anna.address, source: 'directory' }, calendar: { readAt: at('08:10'), troubledSince: at('08:30'), trouble: 'list changes: HTTP 403 ErrorAccessDenied, request-id 2f1c' }, followsCalendar: { isOn: true, scope: 'group', name: 'Sales' },
    lines: [{ pbx: 'pbx', extension: '201', source: 'administrator', drives: true }, { pbx: 'pbx', extension: '300', source: 'voicemail', drives: false }],
  },
  ahead: [{ from: at('09:52'), to: at('10:00'), state: { availability: 'available', face: 'available' }, why: { source: 'default', rule: 'nothing-else' } }, { from: at('10:00'), to: at('11:00'), state: { availability: 'busy', face: 'meeting' }, why }],
  past: [{ at: at('08:30'), state: { availability: 'away', face: 'away' }, why: away }], ignored: [{ from: at('13:00'), to: at('14:00'), rule: 'declined' }],
};
const counted = { bridge: 'pbx', toBridge: null, eventsPerMinute: 30, madeAt: at('09:40'), undoUntil: null, reasons: {}, peopleToMail: 0, peopleMailed: 0 };
const bridges = [{ instance: 'pbx', isConnected: true, conferences: 1_204 }, { instance: 'meet', isConnected: true, conferences: 310 }, { instance: 'old-bridge', isConnected: false, conferences: 1 }];
const reissues = [
  { ...counted, id: '1', toBridge: 'meet', phase: 'write', state: 'running', invites: { due: 700, writing: 1, written: 480, left: 23 }, reasons: { 'in-use': 2, 'own-words': 21 }, peopleToMail: 3_400, peopleMailed: 2_210 },
  { ...counted, id: '2', bridge: null, eventsPerMinute: null, phase: 'preview', state: 'done', invites: { due: 1_180, same: 22, left: 2 }, reasons: { 'no-event': 2 }, peopleToMail: 5_611 },
  { ...counted, id: '3', phase: 'write', state: 'done', invites: { written: 40, same: 3 }, peopleMailed: 188, undoUntil: at('09:40', '2026-11-28') },
];
const left = { conferenceId: 'abcdefghijklmnopqrstuvwxyz', eventId: 'AAMkAGI2', state: 'left', reason: 'own-words', people: 4 };
const deeds = [
  { seq: 2, at: at('09:51'), by: 'Ada Admin', kind: 'look', what: 'timeline', about: anna.name, details: {}, outcome: 'done' },
  { seq: 1, at: at('09:40'), by: 'Ada Admin', kind: 'change', what: 'PATCH /api/v1/organisation/settings/:feature', about: null, details: { feature: 'availability' }, outcome: 'refused' },
];
const mistakes = Array.from({ length: 4 }, (_, index) => ({ row: 9 + 50 * index, field: 'devices', message: 'devices is no device, such as PJSIP/201', remedy: 'Write TECHNOLOGY/name, several with a bar between them: PJSIP/201|PJSIP/201-home.' }));

const inside: Answers = {
  'GET /api/v1/session': ok({ name: 'Ada Admin', address: 'ada@example.com', roles: ['user', 'administrator'], endsAt: '2026-11-21T18:00:00Z', csrf: 'x', csrfHeader: 'Tieline-Csrf' }),
  ...settings,
  'GET /api/v1/groups': ok({ groups }),
  [`GET /api/v1/groups/${support}/members`]: ok({ members: [{ personId: 'anna', name: anna.name, address: anna.address, source: 'administrator' }, { personId: 'jonas', name: jonas.name, address: jonas.address, source: 'token' }] }),
  [`GET ${organisation}/people`]: ok({ people: [anna, jonas], total: 212 }),
  'GET /api/v1/lines/unmatched': ok({ lines: [{ pbx: 'pbx', context: 'default', extension: '299', name: 'Lobby', reason: 'nobody', candidates: [] }, { pbx: 'pbx', context: 'default', extension: '300', name: '', reason: 'unknown-address', candidates: ['desk@example.com'] }], total: 1_240 }),
  'POST /api/v1/lines/import': ok({ taken: 49_000, claimed: 12, mistakes }),
  [`GET ${organisation}/status`]: ok({ version: '0.1.0', asOf: at('09:52'), systems }),
  [`POST ${organisation}/status/pbx/force`]: ok({ asked: ['voicemail.boxes'] }),
  [`GET ${organisation}/log`]: ok({ lines, names: { '4f6c2c1e-3a52-4f5c-9a55-0d5b8d1d1c11': 'anna.berger@example.com' }, usedMegabytes: 412.5, oldest: at('09:00', '2026-11-16') }),
  [`GET ${organisation}/availability/sounds`]: ok({
    phoneSystems: [
      { instance: 'pbx', sounds: ['digits/at', 'tieline/closed', 'tieline/holidays', 'vm-isunavail'], trouble: null }, { instance: 'branch', sounds: null, trouble: { kind: 'cannot-tell', message: 'branch has no way to list its sounds.', remedy: 'Configure `ari`.' } },
      { instance: 'old', sounds: null, trouble: { kind: 'failed', message: '[old] ARI does not answer', remedy: 'See Status.' } },
    ],
  }),
  [`POST ${organisation}/availability/what-if`]: ok(whatIf),
  [`GET ${organisation}/availability/people/anna`]: ok(timeline),
  [`GET ${organisation}/deeds`]: ok({ deeds }),
  [`GET ${organisation}/reissues`]: ok({ reissues, bridges }),
  [`GET ${organisation}/reissues/1/invites`]: ok({ invites: [left, { ...left, conferenceId: 'bcdefghijklmnopqrstuvwxyza', reason: 'in-use' }] }),
};

/** A replay gets an id of its own each time. */
const replays: Answers = { ...inside, [`PUT ${organisation}/availability/replays/*`]: ok(replayed) };
const conflict = { status: 409, body: { type: 'urn:x', title: 'x', status: 409, code: 'changed-meanwhile', detail: 'Somebody changed these settings meanwhile.', remedy: 'Look at the newest state.', correlationId: '7f3-k2q' } };
const page = (section: string) => ({ page: '/admin/', search: `#${section}`, item: {} }) as const;

async function pickAnna(shown: Parameters<NonNullable<PaneState['act']>>[0]): Promise<void> {
  await shown.locator('.picker input').first().fill('an');
  await shown.locator('.picker .list button').first().click();
}

export const adminSectionStates: readonly PaneState[] = [
  { ...page('status'), name: 'admin-status', answers: inside, shows: '.log p.warn' },
  { ...page('people'), name: 'admin-people', answers: inside, shows: '.card b' },
  {
    ...page('people'), name: 'admin-list', answers: inside, shows: '.scroll li',
    act: async (shown) => {
      await shown.locator('.code textarea').fill('pbx,extension\npbx,201');
      await shown.locator('.actions button').last().click();
    },
  },
  {
    ...page('people'), name: 'admin-name-owner', answers: inside, shows: '.name-owner .list button',
    act: async (shown) => {
      await shown.locator('.rows button').first().click();
      await shown.locator('.name-owner input').fill('an');
    },
  },
  {
    ...page('groups'), name: 'admin-group-conflict', answers: { ...inside, [`PATCH /api/v1/groups/${support}`]: conflict }, shows: '[role="alert"] button',
    act: async (shown) => {
      await shown.locator('.list > button').nth(1).click();
      await shown.locator('form.card input').first().fill('Support desk');
      await shown.locator('form.card button[type="submit"]').click();
    },
  },
  {
    ...page('groups'), name: 'admin-group-remove', answers: inside, shows: '.sure',
    act: async (shown) => {
      await shown.locator('.list > button').nth(1).click();
      await shown.locator('form.card .danger').click();
    },
  },
  {
    ...page('rules'), name: 'admin-ended', answers: { ...inside, [`PATCH ${organisation}/settings/availability`]: { status: 401, body: { type: 'urn:x', title: 'x', status: 401, code: 'signed-out', correlationId: 'x' } } }, shows: '.stop',
    act: async (shown) => {
      await shown.locator('.settings .mapping select').first().selectOption('away');
      await shown.locator('.settings button[type="submit"]').click();
    },
  },
  { ...page('status'), name: 'admin-log-limits', answers: inside, shows: '.settings [role="alert"]', act: async (shown) => shown.locator('.settings input[type="number"]').first().fill('31') },
  { ...page('people'), name: 'admin-person', answers: inside, act: async (shown) => shown.locator('.card button[aria-expanded]').first().click(), shows: '.card .settings .setting' },
  { ...page('reissue'), name: 'admin-reissue', answers: inside, shows: '[role="progressbar"]', act: async (shown) => void (await shown.locator('form.card select').first().selectOption('pbx')) },
  {
    ...page('reissue'), name: 'admin-reissue-sure', answers: { ...inside, [`GET ${organisation}/reissues`]: ok({ reissues: reissues.slice(1), bridges }) }, shows: '.findings',
    act: async (shown) => {
      for (const card of await shown.locator('.stack > .card').all()) await card.locator('.actions button').first().click();
      await shown.locator('summary').first().click();
    },
  },
  {
    ...page('reissue'), name: 'admin-reissue-left', answers: inside, shows: '.scroll li',
    act: async (shown) => {
      await shown.locator('summary').first().click();
      await shown.locator('details button').first().click();
    },
  },
  { ...page('groups'), name: 'admin-group-conferences', answers: inside, act: async (shown) => { await shown.locator('.list > button').nth(1).click(); await shown.locator('[aria-label="All settings"] select, [aria-label="Alle Einstellungen"] select').first().selectOption('conference'); }, shows: '.setting:nth-of-type(5) select' },
  { ...page('groups'), name: 'admin-groups', answers: inside, shows: '.settings .setting' },
  { ...page('groups'), name: 'admin-group', answers: inside, act: async (shown) => shown.locator('.list > button').nth(1).click(), shows: '.card li button' },
  { ...page('rules'), name: 'admin-rules', answers: inside, shows: '.settings .setting' },
  {
    ...page('rules'), name: 'admin-rule-form', answers: inside, shows: '.rule details[open] .question',
    act: async (shown) => {
      const rules = shown.locator('fieldset:has(> .rules)');
      await rules.locator('> .actions select').selectOption('focus-time');
      await rules.locator('> .actions button').click();
      await rules.locator('details[open] fieldset > button').click();
    },
  },
  {
    ...page('rules'), name: 'admin-greetings', answers: inside, shows: '.pair .fui-Input',
    act: async (shown) => {
      const greetings = shown.locator('fieldset:has(> .pair select option[value="prompt"])');
      for (const row of [0, 1]) await greetings.locator('.pair').nth(row).locator('select').first().selectOption('prompt');
      await greetings.locator('.pair').nth(0).locator('optgroup').first().waitFor({ state: 'attached' });
      await greetings.locator('.pair').nth(0).locator('select').last().selectOption('tieline/closed');
      await greetings.locator('.pair').nth(1).locator('button').click();
      await greetings.locator('.pair').nth(1).locator('input').fill('no/such');
    },
  },
  {
    ...page('rules'), name: 'admin-rules-json', answers: inside, shows: 'fieldset .code',
    act: async (shown) => shown.locator('fieldset:has(> .rules) > .fui-Checkbox input').check(),
  },
  {
    ...page('rules'), name: 'admin-rules-conflict', answers: { ...inside, [`PATCH ${organisation}/settings/availability`]: conflict }, shows: '[role="alert"] .clashes',
    act: async (shown) => {
      await shown.locator('.settings .mapping select').first().selectOption('away');
      // Meanwhile somebody else saved another answer to the same row, and a title that wins.
      const theirs = view(availabilitySettings, { own: { mapping: { ...availabilitySettings.standard.mapping, busy: 'doNotDisturb' }, winningWords: ['vacation', 'sabbatical'] }, locks: ['showsSubject'], version: 4 });
      await shown.route(`**${organisation}/settings/availability`, (route) => (route.request().method() === 'GET' ? route.fulfill({ json: theirs }) : route.fallback()));
      await shown.locator('.settings button[type="submit"]').click();
    },
  },
  {
    ...page('rules'), name: 'admin-what-if', answers: inside, shows: '.outcome',
    act: async (shown) => {
      await pickAnna(shown);
      await shown.locator('.card form button[type="submit"]').first().click();
    },
  },
  {
    ...page('rules'), name: 'admin-replay', answers: replays, shows: '.answer table',
    act: async (shown) => {
      await shown.locator('.settings .mapping select').first().selectOption('away');
      await shown.locator('.card .actions button').last().click();
    },
  },
  {
    ...page('timeline'), name: 'admin-timeline', answers: inside, shows: '.stack .card li',
    act: async (shown) => {
      await pickAnna(shown);
      await shown.locator('.narrow button[type="submit"]').click();
    },
  },
];
