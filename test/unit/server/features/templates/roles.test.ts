import assert from 'node:assert/strict';
import { templateApi } from '../../../../../contract/conference/template.ts';
import { createTemplateHandlers, createTemplates } from '../../../../../server/features/templates/index.ts';
import { bind } from '../../../../../server/web/endpoints.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { systemClock } from '../../../../../server/ports/clock.ts';
import { inTenant } from '../../../../support/conference-steps.ts';
import { testStore } from '../../../../support/database.ts';
import { openWeb } from '../../../../support/web.ts';

describe('templates over HTTP: administrators only, denied by default', () => {
  let store: Store;
  let close: () => Promise<void>;
  let web: Awaited<ReturnType<typeof openWeb>>;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
    const templates = createTemplates({ clock: systemClock(), store, languages: ['en', 'de'] });
    const sample = () => ({ joinUrl: 'https://meet.example.com/j/abcdefghijklmnopqrstuvwxyz', numbers: [], moreNumbers: false });
    web = await openWeb({ parts: { endpoints: bind(templateApi, createTemplateHandlers({ templates, languages: ['en', 'de'], sample })) } });
  });
  after(async () => {
    await web.close();
    await close();
  });

  const content = { languages: null, logo: null, legal: null, hide: null };
  const asked: [method: string, path: string, body?: object][] = [
    ['GET', '/api/v1/organisation/templates'],
    ['POST', '/api/v1/organisation/templates', { id: '0b8f0a2e-6f7e-4c59-9d7c-1c1f7c9b1a11', name: 'New' }],
    ['PUT', '/api/v1/organisation/templates/organisation', { version: 0, name: 'Organisation', content, locked: [] }],
    ['DELETE', '/api/v1/organisation/templates/0b8f0a2e-6f7e-4c59-9d7c-1c1f7c9b1a11'],
    ['POST', '/api/v1/organisation/template-preview', { template: 'organisation', content, language: 'en' }],
  ];
  const statuses = async (headers: Record<string, string>): Promise<number[]> => {
    const found: number[] = [];
    for (const [method, path, body] of asked) {
      const init = { method, headers: { ...headers, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      found.push((await fetch(`${web.origin}${path}`, init)).status);
    }
    return found;
  };

  it('nobody without a sign-in, no user and no operator; an auditor reads', async () => {
    assert.deepEqual(await statuses({}), [401, 401, 401, 401, 401]);
    assert.deepEqual(await statuses(await web.as()), [403, 403, 403, 403, 403]);
    assert.deepEqual(await statuses(await web.as({ roles: ['operator', 'owner'] })), [403, 403, 403, 403, 403]);
    assert.deepEqual(await statuses(await web.as({ roles: ['auditor'] })), [200, 403, 403, 403, 403]);
  });
  it('administrators do all of it', async () => {
    assert.deepEqual(await statuses(await web.as({ roles: ['administrator'] })), [200, 200, 200, 200, 200]);
  });
});
