import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createLabClock, type TurnableClock } from '../../../../../lab/clock.ts';
import { ariRequest } from '../../../../../server/connectors/asterisk/client/ari/request.ts';
import type { AriRequest } from '../../../../../server/connectors/asterisk/client/ari/request.ts';
import { TheirError, type TheirFault } from '../../../../../server/domain/errors.ts';

describe('a request to ARI', () => {
  let clock: TurnableClock;
  let server: Server | undefined;

  beforeEach(() => {
    clock = createLabClock({ paused: true });
  });
  afterEach(async () => {
    clock.stop();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
    server = undefined;
  });

  async function serve(listener: RequestListener): Promise<string> {
    const next = createServer(listener);
    server = next;
    await new Promise<void>((resolve) => next.listen(0, '127.0.0.1', resolve));
    const address = next.address();
    assert.ok(address && typeof address === 'object');
    return `http://127.0.0.1:${address.port}`;
  }

  function ask(url: string, more: Partial<AriRequest> = {}, caFile?: string): ReturnType<typeof ariRequest> {
    return ariRequest({ connector: 'pbx', clock, url, username: 'tieline', password: 'pässword', caFile }, { method: 'GET', path: '/recordings/stored/a%2Fb/file', deadlineMs: 1000, mostBytes: 100, ...more });
  }

  async function failsWith(fault: TheirFault, outcome: Promise<unknown>, words: RegExp): Promise<void> {
    await assert.rejects(outcome, (error: unknown) => error instanceof TheirError && error.fault === fault && words.test(`${error.message} ${error.remedy ?? ''}`) && !error.message.includes('pässword'));
  }

  it('carries name and password, and leaves an encoded slash encoded', async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url, request.headers.authorization);
      response.writeHead(200, { 'content-type': 'audio/wav' }).end('RIFF');
    });
    const { status, contentType, body } = await ask(url);
    assert.deepEqual([status, contentType, body.toString()], [200, 'audio/wav', 'RIFF']);
    assert.deepEqual(seen, ['/ari/recordings/stored/a%2Fb/file', `Basic ${Buffer.from('tieline:pässword').toString('base64')}`]);
  });

  it('a refused login names the section of ari.conf', async () => {
    const url = await serve((_, response) => response.writeHead(401).end('{"message":"Authentication required"}'));
    await failsWith('denied', ask(url), /ari\.conf, section \[tieline\]/);
  });

  it('any other status is an answer', async () => {
    const url = await serve((_, response) => response.writeHead(404).end('{"message":"Recording not found"}'));
    assert.equal((await ask(url)).status, 404);
  });

  it('an answer that never ends is cut off at its limit', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write(Buffer.alloc(64), () => setImmediate(more)));
      more();
    });
    await failsWith('refused', ask(url), /more than 100 bytes/);
  });

  it('a sound that breaks off in the middle is no sound', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '50' });
      response.write('RIFF', () => response.destroy());
    });
    await failsWith('no-answer', ask(url), /does not answer/);
  });

  it('silence ends at the deadline', async () => {
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const url = await serve(() => arrived());
    const outcome = failsWith('no-answer', ask(url), /no answer within 1000 ms/);
    await asked;
    clock.advance(1001);
    await outcome;
  });

  it('a closed port is a passing error', async () => {
    const url = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    await failsWith('no-answer', ask(url), /ECONNREFUSED/);
  });

  it('a certificate authority that cannot be read names the key', async () => {
    await failsWith('refused', ask('https://127.0.0.1:9', {}, '/nowhere/ca.pem'), /ari\.caFile/);
  });
});
