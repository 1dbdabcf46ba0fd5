import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLabClock } from '../../../../lab/clock.ts';
import { TheirError } from '../../../../server/domain/errors.ts';
import type { ConnectorStatus } from '../../../../server/ports/connector.ts';
import { fillManifest } from '../../../../server/web/manifest.ts';
import { createLog } from '../../../../server/web/log.ts';
import { jsonOf, openWeb } from '../../../support/web.ts';

const status: ConnectorStatus = {
  instance: 'pbx', type: 'asterisk', state: 'limited', since: 0, capabilities: ['participants'],
  gaps: [{ capability: 'kick', reason: 'permission denied', remedy: 'Add "call" to write in manager.conf.' }],
};

describe('health', () => {
  it('is alive without the database, ready only with it, and says what to do', async () => {
    const web = await openWeb({ parts: { pingStore: async () => Promise.reject(new TheirError('database', 'unavailable', 'away', { remedy: 'Start PostgreSQL.' })) } });
    assert.equal((await web.get('/healthz')).status, 200);
    const answer = await web.get('/readyz');
    assert.equal(answer.status, 503);
    const body = await jsonOf<{ ready: boolean; database: { state: string; remedy: string } }>(answer);
    assert.deepEqual([body.ready, body.database.state, body.database.remedy], [false, 'down', 'Start PostgreSQL.']);
    await web.close();
  });

  it('shows each connector with what it can do, and reason and remedy for what it cannot', async () => {
    const web = await openWeb({ parts: { connectors: () => [status] } });
    const body = await jsonOf<{ ready: boolean; connectors: unknown[] }>((await web.get('/readyz')));
    assert.equal(body.ready, true);
    assert.deepEqual(body.connectors, [{ ...status, since: '1970-01-01T00:00:00.000Z' }]);
    await web.close();
  });

  it('keeps details and metrics from strangers, and from whoever hides behind a proxy that we do not know', async () => {
    const strangers = await openWeb({ settings: { insiders: ['10.0.0.0/8'] }, parts: { connectors: () => [status] } });
    assert.deepEqual(await (await strangers.get('/readyz')).json(), { ready: true });
    assert.equal((await strangers.get('/metrics')).status, 404);
    await strangers.close();
    const proxied = await openWeb();
    assert.equal((await proxied.get('/metrics', { 'x-forwarded-for': '10.1.1.1' })).status, 404);
    assert.equal((await proxied.get('/metrics')).status, 200);
    await proxied.close();
  });

  it('believes a proxy that it knows', async () => {
    const web = await openWeb({ settings: { proxies: ['127.0.0.1'], insiders: ['10.0.0.0/8'] } });
    assert.equal((await web.get('/metrics', { 'x-forwarded-for': '10.1.1.1' })).status, 200);
    assert.equal((await web.get('/metrics', { 'x-forwarded-for': '192.0.2.1' })).status, 404);
    await web.close();
  });

  it('counts requests by pattern, so that ids do not fill the metrics', async () => {
    const web = await openWeb();
    await web.get('/api/v1/notes/n1', await web.as());
    const text = await (await web.get('/metrics')).text();
    assert.match(text, /tieline_http_request_seconds_count\{method="GET",route="\/api\/v1\/notes\/:id",status="200"\} 1/);
    await web.close();
  });
});

const manifest = `<OfficeApp><SourceLocation DefaultValue="https://localhost:3000/addin/taskpane.html"/>
<WebApplicationInfo><Id>0-0</Id><Resource>api://localhost:3000/0-0</Resource></WebApplicationInfo></OfficeApp>`;

describe('headers', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tieline-addin-'));
    await mkdir(join(folder, 'sub'));
    await mkdir(join(folder, 'admin'));
    await writeFile(join(folder, 'admin', 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'admin', 'admin.0123abcd.js'), '');
    await writeFile(join(folder, 'taskpane.html'), '<!doctype html>');
    await writeFile(join(folder, 'taskpane.0123abcd.js'), '');
    await writeFile(join(folder, '.secret'), '');
    await writeFile(join(folder, 'manifest.xml'), manifest);
  });
  after(() => rm(folder, { recursive: true }));

  const addin = { origin: undefined, officeHosts: ['https://owa.example.com'], authorities: ['https://login.microsoftonline.com'], clientId: 'our-client' };

  it('let Outlook frame the add-in, and nobody frame anything else', async () => {
    const web = await openWeb({ settings: { addin: { ...addin, folder } } });
    const page = await web.get('/addin/taskpane.html');
    assert.equal(page.status, 200);
    const policy = page.headers.get('content-security-policy') ?? '';
    const frames = /frame-ancestors ([^;]+)/.exec(policy)?.[1]?.split(' ') ?? [];
    for (const host of ["'self'", 'https://outlook.office.com', 'https://outlook.office365.com', 'https://outlook.live.com', 'https://owa.example.com']) assert.ok(frames.includes(host), host);
    assert.match(policy, /script-src 'self' https:\/\/appsforoffice\.microsoft\.com(;|$)/);
    assert.equal(page.headers.get('x-frame-options'), null);
    const other = await web.get('/healthz');
    assert.match(other.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    assert.equal(other.headers.get('x-frame-options'), 'DENY');
    assert.equal(other.headers.get('x-content-type-options'), 'nosniff');
    await web.close();
  });

  it('let nobody frame the administrator\'s page, and its scripts come from us alone', async () => {
    const web = await openWeb({ settings: { addin: { ...addin, folder } } });
    const page = await web.get('/admin/');
    assert.deepEqual([page.status, page.headers.get('cache-control'), page.headers.get('x-frame-options')], [200, 'no-cache', 'DENY']);
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]) assert.ok(policy.split(';').includes(part), part);
    assert.match((await web.get('/admin/admin.0123abcd.js')).headers.get('cache-control') ?? '', /immutable/);
    assert.equal((await web.get('/admin/nothing')).status, 404);
    await web.close();
  });

  it('keep files with a digest for ever, ask again for the others, and serve nothing besides', async () => {
    const web = await openWeb({ settings: { addin: { ...addin, folder } } });
    assert.match((await web.get('/addin/taskpane.0123abcd.js')).headers.get('cache-control') ?? '', /immutable/);
    assert.equal((await web.get('/addin/taskpane.html')).headers.get('cache-control'), 'no-cache');
    for (const path of ['/addin/', '/addin/sub', '/addin/.secret', '/addin/..%2f..%2fetc/passwd', '/addin/nothing.js']) assert.equal((await web.get(path)).status, 404, path);
    await web.close();
  });

  it('offer the manifest, and let classic Outlook\'s launchevent.js call us', async () => {
    const web = await openWeb({ settings: { addin: { ...addin, folder } } });
    const served = await web.get('/manifest.xml');
    assert.match(served.headers.get('content-type') ?? '', /xml/);
    const xml = await served.text();
    assert.match(xml, /"https:\/\/tieline\.example\.com\/addin\/taskpane\.html"/);
    assert.match(xml, /<Resource>api:\/\/tieline\.example\.com\/our-client<\/Resource>/);
    assert.doesNotMatch(xml, /localhost/);
    const allowed = await web.get('/.well-known/microsoft-officeaddins-allowed.json');
    assert.deepEqual(await allowed.json(), { allowed: ['https://tieline.example.com/addin/launchevent.js'] });
    assert.equal(allowed.headers.get('access-control-allow-origin'), '*');
    await web.close();
  });

  it('let the add-in\'s own origin ask us, with and without a slash, and no other', async () => {
    const web = await openWeb({ settings: { addin: { ...addin, folder, origin: 'https://addin.example.com' } } });
    const ask = async (origin: string): Promise<string | null> =>
      (await fetch(`${web.origin}/api/v1/notes`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })).headers.get('access-control-allow-origin');
    assert.equal(await ask('https://addin.example.com'), 'https://addin.example.com');
    assert.equal(await ask('https://addin.example.com/'), 'https://addin.example.com/');
    assert.equal(await ask('https://evil.example.com'), null);
    assert.equal(await ask('null'), null);
    await web.close();
  });
});

function readLine(text: string): { correlationId: string; status: number; path: string } {
  const line: { correlationId: string; status: number; path: string } = JSON.parse(text);
  return line;
}

function catchLines() {
  const lines: string[] = [];
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T12:00:00Z'), paused: true });
  return { lines, log: createLog({ level: 'debug', clock, stream: { write: (line) => lines.push(line) } }) };
}

describe('the manifest', () => {
  it('names no app registration where none is configured', () => {
    assert.equal(fillManifest(manifest, { origin: 'https://a.example.com', clientId: null }), '<OfficeApp><SourceLocation DefaultValue="https://a.example.com/addin/taskpane.html"/></OfficeApp>');
  });
});

describe('the log', () => {
  it('never writes a secret, in a field, in a message of a library, or in an error\'s cause', () => {
    const { lines, log } = catchLines();
    log.info({ authorization: 'Bearer abc', headers: { authorization: 'Bearer abc', cookie: 'a=b' }, conference: { passcode: '7391', hostCode: '918273645', subject: 'Layoffs' } }, 'x');
    log.error({ err: new Error('connect postgres://tieline:hunter2@db/tieline', { cause: new Error('401 for Bearer abc.def.ghi and eyJhbGciOi.eyJzdWIi.c2ln') }) }, 'x');
    log.warn({ err: 'at amqp://u:hunter2@h' }, 'x');
    const text = lines.join('');
    for (const secret of ['abc', 'a=b', '7391', '918273645', 'Layoffs', 'hunter2', 'eyJzdWIi']) assert.equal(text.includes(secret), false, secret);
    assert.match(text, /postgres:\/\/tieline:\*\*\*@db/);
  });

  it('writes one JSON object a line, in the time of the given clock, with the fields of its parents', () => {
    const { lines, log } = catchLines();
    log.child({ connector: 'pbx' }).info({ n: 1 }, 'static message');
    assert.deepEqual(JSON.parse(lines[0] ?? ''), { level: 'info', time: '2026-11-21T12:00:00.000Z', connector: 'pbx', n: 1, msg: 'static message' });
  });

  it('tells each request once, with its correlation id and without its query', async () => {
    const { lines, log } = catchLines();
    const web = await openWeb({ log });
    await web.get('/api/v1/notes/n1?token=hunter2', { ...(await web.as()), 'x-correlation-id': 'my-own-id' });
    await web.close();
    const line = lines.map(readLine).find((each) => each.correlationId === 'my-own-id');
    assert.deepEqual([line?.status, line?.path], [200, '/api/v1/notes/n1']);
    assert.equal(lines.join('').includes('hunter2'), false);
  });
});
