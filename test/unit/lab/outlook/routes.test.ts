import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createLabClock } from '../../../../lab/clock.ts';
import { createExchange } from '../../../../lab/exchange/index.ts';
import { createOutlookRoutes, exchangeMailbox } from '../../../../lab/outlook/index.ts';

const anna = 'anna@example.com';

describe('the lab’s Outlook: what its server gives out', () => {
  let server: Server;
  let origin: string;

  before(async () => {
    const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21), paused: true });
    const mailbox = exchangeMailbox(createExchange({ clock, domain: 'example.com', people: [{ name: 'Anna', address: anna, timeZone: 'Europe/Berlin' }] }));
    const routes = createOutlookRoutes({ mailbox, clock, manifestUrl: '/m.xml', issueToken: async (person) => person });
    server = createServer((request, response) => {
      if (!routes(request, response)) response.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  after(() => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  }));

  async function post(name: string, body: string, type = 'application/json'): Promise<{ status: number; answer: unknown }> {
    const response = await fetch(`${origin}/lab/api/outlook/${name}`, { method: 'POST', headers: { 'content-type': type }, body });
    return { status: response.status, answer: await response.json() };
  }

  it('leaves other paths alone', async () => {
    for (const path of ['/', '/lab', '/lab/outlooks', '/officer/x', '/lab/api/other']) assert.equal((await fetch(origin + path)).status, 418, path);
  });

  it('office.js is Microsoft’s, in any case; only the address of the Ajax library differs, and the telemetry is silent', async () => {
    const original = await readFile(createRequire(import.meta.url).resolve('@microsoft/office-js/dist/office.js'));
    assert.ok(original.equals(Buffer.from(await (await fetch(`${origin}/office/Office.js`)).arrayBuffer())));
    assert.equal((await fetch(`${origin}/office/AgaveErrorUX/index.html`)).status, 200);
    const script = await (await fetch(`${origin}/office/outlook-web-16.01.js`)).text();
    assert.ok(!script.includes('ajax.aspnetcdn.com') && script.includes(`//${new URL(origin).host}/office/msajax-shim.js`));
    assert.equal(await (await fetch(`${origin}/office/telemetry/oteljs_agave.js`)).text(), '');
  });

  it('nothing outside of the package can be read', async () => {
    for (const path of ['..%2fpackage.json', '%2e%2e%2f%2e%2e%2fpackage.js', 'nothing.js', 'en-us', '%2fetc%2fpasswd.js']) assert.equal((await fetch(`${origin}/office/${path}`)).status, 404, path);
  });

  it('the page, its code and its styles', async () => {
    assert.match(await (await fetch(`${origin}/lab/outlook`)).text(), /main\.js/);
    assert.match(await (await fetch(`${origin}/lab/outlook/outlook.js`)).text(), /mountOutlook/);
    assert.match(await (await fetch(`${origin}/lab/outlook/styles.css`)).text(), /ol-window/);
    assert.match(await (await fetch(`${origin}/office/msajax-shim.js`)).text(), /registerNamespace/);
  });

  it('calls that are unknown, malformed, refused or from another site’s form are told apart', async () => {
    assert.equal((await post('fly', '{}')).status, 404);
    assert.equal((await post('toString', '{}')).status, 404);
    assert.equal((await post('read', '{"mailbox":1}')).status, 400);
    assert.equal((await post('read', '{')).status, 400);
    assert.equal((await post('read', '{}', 'text/plain')).status, 415);
    assert.deepEqual((await post('cancel', JSON.stringify({ mailbox: anna, id: 'x', comment: '' }))).status, 409);
    assert.equal((await post('read', `{"x":"${'y'.repeat(9 * 1024 * 1024)}"}`).catch(() => ({ status: 413 }))).status, 413);
  });

  it('settings belong to one mailbox', async () => {
    await post('settings', JSON.stringify({ mailbox: anna, settings: { a: '1' } }));
    assert.deepEqual((await post('settings', JSON.stringify({ mailbox: 'ANNA@example.com' }))).answer, { a: '1' });
    assert.deepEqual((await post('settings', JSON.stringify({ mailbox: 'b@example.com' }))).answer, {});
  });

  it('old identity tokens are refused unless the lab plays an Exchange of one’s own', async () => {
    assert.deepEqual((await post('identity-token', JSON.stringify({ mailbox: anna }))).status, 403);
    assert.deepEqual((await post('token', JSON.stringify({ mailbox: anna }))).answer, { token: anna });
  });
});
