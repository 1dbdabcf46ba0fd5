import type { TemplatesResponse } from '../../contract/conference/template.ts';
import { lintFragment, makeDressed } from '../../invitation/index.ts';
import type { Dress } from '../../invitation/index.ts';
import { blockWords } from '../../words/block.ts';
import { joinBase } from './sample.ts';
import type { Answers, PaneState } from './pane-state.ts';

/** The administrator's page. */

const root = '/api/v1/organisation';
const silent = { languages: null, logo: null, legal: null, hide: null };
const logo = { text: 'Northwind Traders', imageUrl: '', width: 0, height: 0 };
const legal = { en: 'Calls may be <b>recorded</b>. <a href="https://example.com/privacy">Privacy</a>', de: 'Gespräche können <b>aufgezeichnet</b> werden.' };
const bad = '<div class="x">Words</div>';

const all: TemplatesResponse = {
  templates: [
    { id: 'organisation', name: 'Organisation', content: { languages: ['de'], logo, legal, hide: null }, locked: ['legal'], version: 4, updatedAt: '2026-11-20T09:00:00.000Z', updatedBy: 'Ada Admin' },
    { id: '0b8f0a2e-6f7e-4c59-9d7c-1c1f7c9b1a11', name: 'Customer support', content: { ...silent, hide: ['passcode'] }, locked: [], version: 1, updatedAt: '2026-11-20T09:00:00.000Z', updatedBy: 'Ada Admin' },
  ],
  languages: ['en', 'de'],
};

function previewOf(texts: Record<string, string>): object {
  const dress: Dress = { languages: ['de'], languagesLocked: false, logo, legal: texts, hide: [] };
  const sample = () => ({ joinUrl: `${joinBase}${'a'.repeat(26)}`, passcode: '7391', accessCode: '482913756', numbers: [{ country: 'Germany', display: '+49 30 23125 400', e164: '+493023125400' }], moreNumbers: false, host: 'Anna Berger' });
  const findings = Object.entries(texts).flatMap(([language, text]) => lintFragment(text).map((finding) => ({ part: 'legal', language, ...finding })));
  return { ...makeDressed(dress, 'en', sample, blockWords), languages: ['en', 'de'], findings };
}

const ok = (body: object): { status: number; body: object } => ({ status: 200, body });
const session = (...roles: string[]) => ok({ name: 'Ada Admin', address: 'ada@example.com', roles, endsAt: '2026-11-21T18:00:00Z', csrf: 'x', csrfHeader: 'Tieline-Csrf' });
const inside: Answers = { 'GET /api/v1/session': session('user', 'administrator'), [`GET ${root}/templates`]: ok(all), [`POST ${root}/template-preview`]: ok(previewOf(legal)) };
const conflict = { status: 409, body: { type: 'urn:x', title: 'x', status: 409, code: 'changed-meanwhile', detail: 'Bob Admin saved this template meanwhile.', remedy: 'Look at what they saved.', correlationId: '7f3-k2q' } };

const page = { page: '/admin/', search: '#templates', item: {} } as const;

export const adminStates: readonly PaneState[] = [
  { ...page, name: 'admin-signed-out', answers: { 'GET /api/v1/session': { status: 401, body: { code: 'sign-in-needed' } } }, shows: '.stop button' },
  { ...page, name: 'admin-not-admin', answers: { 'GET /api/v1/session': session('user') }, shows: '.stop button' },
  { ...page, name: 'admin-away', answers: { 'GET /api/v1/session': 'away' }, shows: '.stop button' },
  { ...page, name: 'admin-templates', answers: inside, shows: 'iframe[srcdoc*="By phone"]' },
  { ...page, name: 'admin-inherited', answers: inside, act: async (shown) => shown.locator('.list > button').nth(1).click(), shows: '.danger' },
  { ...page, name: 'admin-findings', answers: { ...inside, [`POST ${root}/template-preview`]: ok(previewOf({ en: bad })) }, act: async (shown) => shown.locator('textarea').first().fill(bad), shows: '.findings li' },
  { ...page, name: 'admin-plain-text', answers: inside, act: async (shown) => shown.locator('input[value="text"]').check(), shows: '.preview pre' },
  {
    ...page, name: 'admin-conflict', answers: { ...inside, [`PUT ${root}/templates/organisation`]: conflict }, shows: '[role="alert"]',
    act: async (shown) => {
      await shown.locator('textarea').first().fill('Something else.');
      await shown.locator('button[type="submit"]').last().click();
    },
  },
];
