import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLabClock } from '../../../lab/clock.ts';
import { openGateway, type Gateway } from '../../../lab/gateway.ts';
import { localCertificate } from '../../support/certificate.ts';

/** The switches of the lab page between add-in and server. The add-in's pages name themselves to nobody (server/web/headers.ts); the lab's own page does. */
describe('lab: the gateway', () => {
  let upstream: Server;
  let gateway: Gateway;
  const clock = createLabClock({ startAt: 0, paused: true });
  /** Whoever waits in the gateway, ms. */
  const waits: number[] = [];

  before(async () => {
    upstream = createServer((req, res) => void (req.url === '/api/live' ? res.write('first\n') : res.end('whole')));
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    gateway = await openGateway({ clock: { ...clock, sleep: (ms, signal) => (waits.push(ms), clock.sleep(ms, signal)) }, port: 0, tls: await localCertificate(), routes: [], upstream: () => `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`, rewrite: (_path, text) => text });
  });
  after(async () => {
    await gateway.close();
    upstream.closeAllConnections();
    upstream.close();
    clock.stop();
  });
  beforeEach(() => void (gateway.faults.offline = false));

  function ask(path: string, from?: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => get(`${gateway.origin}${path}`, { rejectUnauthorized: false, agent: false, headers: from === undefined ? {} : { referer: `${gateway.origin}${from}` } }, resolve).on('error', reject));
  }

  it('offline, refuses the add-in and cuts what it has open; the lab’s own page goes on looking', async () => {
    const [stream, own] = [await ask('/api/live'), await ask('/api/live', '/lab/outlook?mode=none')];
    assert.equal(String(await once(stream, 'data')), 'first\n');
    const cut = once(stream, 'error');
    gateway.faults.offline = true;
    assert.match(String(await cut), /aborted/);
    assert.equal(own.destroyed, false);
    await assert.rejects(ask('/api/things'), /socket hang up/);
    await assert.rejects(ask('/api/things', '/addin/taskpane.html'), /socket hang up/);
    assert.equal((await ask('/api/things', '/')).statusCode, 200);
    assert.equal((await ask('/addin/taskpane.html')).statusCode, 200, 'its files are there: Outlook has them already');
    own.destroy();
  });

  it('slow, lets the add-in wait, in the lab’s time', async () => {
    gateway.faults.slowMs = 3_000;
    let isHere = false;
    const answer = ask('/api/things').then((got) => {
      isHere = true;
      return got;
    });
    assert.equal((await ask('/api/things', '/lab/outlook')).statusCode, 200);
    while (waits.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([isHere, waits], [false, [3_000]]);
    clock.advance(3_000);
    assert.equal((await answer).statusCode, 200);
    gateway.faults.slowMs = 0;
  });
});
