import assert from 'node:assert/strict';
import { TheirError, UserError } from '../../../../server/domain/errors.ts';
import type { DoorRequest } from '../../../../server/ports/door.ts';
import { problem } from '../../../../contract/problem.ts';
import { jsonOf, openWeb, type NoteHandlers, type Web } from '../../../support/web.ts';

async function readProblem(answer: Response): Promise<{ status: number; code: string; detail?: string | undefined; field?: string | undefined; remedy?: string | undefined; correlationId: string }> {
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const view = problem.parse(await answer.json());
  assert.equal(view.status, answer.status);
  assert.equal(view.correlationId, answer.headers.get('x-correlation-id'));
  return view;
}

describe('an endpoint', () => {
  let web: Web;
  let failure: unknown;
  const handlers: Partial<NoteHandlers> = {
    async write({ body }) {
      if (failure) throw failure;
      if (body.text !== 'wrong answer') return { id: body.text };
      const wrong: { id: string } = JSON.parse('{"name":"no id"}');
      return wrong;
    },
  };
  before(async () => {
    web = await openWeb({ handlers });
  });
  beforeEach(() => {
    failure = undefined;
  });
  after(() => web.close());

  async function write(body: unknown): Promise<Response> {
    return web.post('/api/v1/notes', body, await web.as());
  }

  it('reads parameters, query and language as its contract says', async () => {
    const answer = await web.get('/api/v1/notes/n1?size=3', { ...(await web.as()), 'accept-language': 'de-DE,de;q=0.9' });
    const { id, size, language } = await jsonOf<Record<string, unknown>>(answer);
    assert.deepEqual({ id, size, language }, { id: 'n1', size: 3, language: 'de' });
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  });

  it('tells the field that is wrong', async () => {
    const view = await readProblem(await write({ text: 'x', place: { floor: 'up' } }));
    assert.deepEqual({ status: view.status, code: view.code, field: view.field }, { status: 400, code: 'invalid-request', field: 'place.floor' });
    assert.equal((await readProblem(await web.get('/api/v1/notes/much-too-long', await web.as()))).field, 'id');
    assert.equal((await readProblem(await web.get('/api/v1/notes/n1?size=big', await web.as()))).field, 'size');
  });

  it('ignores fields that it does not know: older and newer add-ins call it', async () => {
    assert.equal((await write({ text: 'x', future: true })).status, 200);
  });

  it('refuses a body that is no JSON, broken JSON, and too much', async () => {
    const as = await web.as();
    const form = await fetch(`${web.origin}/api/v1/notes`, { method: 'POST', body: 'text=x', headers: { ...as, 'content-type': 'application/x-www-form-urlencoded' } });
    assert.equal((await readProblem(form)).code, 'not-json');
    const broken = await fetch(`${web.origin}/api/v1/notes`, { method: 'POST', body: '{', headers: { ...as, 'content-type': 'application/json' } });
    assert.equal((await readProblem(broken)).status, 400);
    assert.equal((await readProblem(await write({ text: 'x'.repeat(600_000) }))).status, 413);
  });

  it('answers the user\'s own mistake with code, field and remedy', async () => {
    failure = new UserError(409, { code: 'changed-meanwhile', message: 'Somebody changed it.', field: 'version', remedy: 'Look again.' });
    const { correlationId: _, ...view } = await readProblem(await write({ text: 'x' }));
    assert.deepEqual(view, {
      type: 'urn:tieline:problem:changed-meanwhile', title: 'Conflict', status: 409, code: 'changed-meanwhile', detail: 'Somebody changed it.', field: 'version', remedy: 'Look again.',
    });
  });

  it('answers another system\'s failure with 503 and when to come back, or 502, without that system\'s words', async () => {
    failure = new TheirError('database', 'unavailable', 'connect to db7.internal refused', { retryAfterMs: 2_500 });
    const away = await write({ text: 'x' });
    assert.equal(away.headers.get('retry-after'), '3');
    const text = JSON.stringify(await readProblem(away));
    assert.match(text, /database-unavailable/);
    assert.match(text, /remedy/);
    assert.doesNotMatch(text, /db7/);
    failure = new TheirError('graph', 'denied', 'secret expired');
    assert.deepEqual((await readProblem(await write({ text: 'x' }))).status, 502);
  });

  it('answers our own mistake with 500 and nothing of it', async () => {
    failure = new Error('stack and secrets');
    const view = await readProblem(await write({ text: 'x' }));
    assert.equal(view.code, 'internal');
    assert.doesNotMatch(JSON.stringify(view), /secrets/);
  });

  it('never sends an answer that breaks its contract', async () => {
    assert.equal((await readProblem(await write({ text: 'wrong answer' }))).status, 500);
  });

  it('takes a caller\'s correlation id when it is harmless, and makes one when it is not', async () => {
    const harmless = await web.get('/healthz', { 'x-correlation-id': 'abc-12345' });
    assert.equal(harmless.headers.get('x-correlation-id'), 'abc-12345');
    const harmful = await web.get('/healthz', { 'x-correlation-id': '<script>alert(1)</script>' });
    assert.match(harmful.headers.get('x-correlation-id') ?? '', /^[0-9a-f-]{36}$/);
  });

  it('is in the OpenAPI document, with who may call it', async () => {
    const document = await jsonOf<{ openapi: string; paths: Record<string, Record<string, { security: object[]; parameters: { name: string }[] }>> }>((await web.get('/api/openapi.json')));
    assert.equal(document.openapi, '3.1.0');
    const read = document.paths['/api/v1/notes/{id}']?.['get'];
    assert.deepEqual(read?.security, [{ person: [] }, { ticket: [] }]);
    assert.deepEqual(read?.parameters.map((each) => each.name), ['id', 'size']);
  });

  it('that nobody serves is a problem too', async () => {
    assert.equal((await readProblem(await web.get('/api/v1/nothing'))).code, 'not-found');
    assert.equal((await readProblem(await web.get('/nothing'))).code, 'not-found');
  });
});

describe('too many requests', () => {
  it('of one caller are held back, and only theirs', async () => {
    const web = await openWeb({ settings: { requestsPerMinute: 3 } });
    const one = await web.as();
    const other = await web.as({ oid: 'bbbbbbbb-0000-4000-8000-000000000002' });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++) statuses.push((await web.get('/api/v1/notes/n1', one)).status);
    assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
    assert.equal((await readProblem(await web.get('/api/v1/notes/n1', one))).code, 'too-many-requests');
    assert.equal((await web.get('/api/v1/notes/n1', other)).status, 200);
    await web.close();
  });
});

describe('a door', () => {
  let web: Web;
  const heard: DoorRequest[] = [];
  before(async () => {
    web = await openWeb({
      doors: [{
        instance: 'm365',
        door: {
          path: 'notices', methods: ['POST'],
          verify: (request) => request.headers['x-proof'] === 'yes',
          async handle(request) {
            heard.push(request);
            return { status: 202, headers: { 'x-seen': '1' }, body: request.query.get('validationToken') ?? '' };
          },
        },
      }],
    });
  });
  after(() => web.close());

  function knock(body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string>, query = ''): Promise<Response> {
    return fetch(`${web.origin}/hooks/m365/notices${query}`, { method: 'POST', body, headers });
  }

  it('gets the raw bytes before any sign-in, and answers what its connector says', async () => {
    const answer = await knock('{"a": 1 }', { 'x-proof': 'yes', 'content-type': 'application/json' }, '?validationToken=a%20b');
    assert.equal(answer.status, 202);
    assert.equal(answer.headers.get('x-seen'), '1');
    assert.equal(await answer.text(), 'a b');
    assert.match(answer.headers.get('content-type') ?? '', /text\/plain/);
    assert.equal(heard.at(-1)?.body.toString(), '{"a": 1 }');
  });

  it('does nothing for whom it cannot verify', async () => {
    const before = heard.length;
    assert.equal((await readProblem(await knock('x', {}))).status, 401);
    assert.equal(heard.length, before);
  });

  it('takes a megabyte, and no more', async () => {
    assert.equal((await knock(new Uint8Array(1024 * 1024), { 'x-proof': 'yes' })).status, 202);
    assert.equal((await readProblem(await knock(new Uint8Array(1024 * 1024 + 1), { 'x-proof': 'yes' }))).status, 413);
  });

  it('opens for its own methods only', async () => {
    const answer = await web.get('/hooks/m365/notices', { 'x-proof': 'yes' });
    assert.equal((await readProblem(answer)).status, 405);
    assert.equal(answer.headers.get('allow'), 'POST');
  });

  it('is not there in a process that does not serve hooks, nor the API in one that serves only hooks', async () => {
    const people = await openWeb({ settings: { serves: { people: true, hooks: false } } });
    assert.equal((await people.post('/hooks/m365/notices', {})).status, 404);
    await people.close();
    const hooks = await openWeb({ settings: { serves: { people: false, hooks: true } } });
    assert.equal((await hooks.get('/api/v1/notes/n1', await hooks.as())).status, 404);
    assert.equal((await hooks.get('/healthz')).status, 200);
    await hooks.close();
  });
});
