import assert from 'node:assert/strict';
import { conferenceRoutes } from '../../../../contract/conference/conference-routes.ts';
import { signInRoutes } from '../../../../contract/account/sign-in-routes.ts';
import { createClient } from '../../../../addin/talk/client.ts';
import { TalkFault } from '../../../../addin/talk/fault.ts';
import { addressOf, ask } from '../../../../addin/talk/http.ts';
import type { Transport } from '../../../../addin/talk/http.ts';

type Answer = Response | Error | 'never';

interface Wire extends Transport {
  sent: { url: string; init: RequestInit }[];
  waits: number[];
  renewals: boolean[];
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json(status, { type: 'x', title: 'x', status, code, detail: `because of ${code}`, correlationId: '7f3' }, headers);
}

/** A wire on which each request meets the next answer; the last one stays. */
function wire(...answers: Answer[]): Wire {
  const made: Wire = {
    sent: [],
    waits: [],
    renewals: [],
    origin: 'https://tieline.example.com',
    language: 'de-DE',
    deadlineMs: 20,
    token(renew) {
      made.renewals.push(renew);
      return Promise.resolve(renew ? 'second' : 'first');
    },
    wait(ms) {
      made.waits.push(ms);
      return Promise.resolve();
    },
    fetch(input, init = {}) {
      made.sent.push({ url: String(input instanceof Request ? input.url : input), init });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === 'never') {
        return new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        });
      }
      if (answer instanceof Response) return Promise.resolve(answer.clone());
      return Promise.reject(answer ?? new TypeError('no answer left'));
    },
  };
  return made;
}

function header(made: Wire, at: number, name: string): string | null {
  return new Headers(made.sent[at]?.init.headers).get(name);
}

async function faultOf(work: Promise<unknown>): Promise<TalkFault> {
  const fault: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(fault instanceof TalkFault, String(fault));
  return fault;
}

describe('talking to the server', () => {
  it('encodes what goes into an address', () => {
    assert.equal(addressOf('https://x', conferenceRoutes.read, { params: { id: 'a/b?c' } }), 'https://x/api/v1/conferences/a%2Fb%3Fc');
    assert.equal(addressOf('https://x', conferenceRoutes.list, { query: { when: 'past', limit: 5 } }), 'https://x/api/v1/conferences?when=past&limit=5');
  });

  it('carries token and language, and no cookie', async () => {
    const made = wire(json(200, { ok: true }));
    await ask(made, conferenceRoutes.hold, { body: { a: 1 } });
    assert.equal(header(made, 0, 'authorization'), 'Bearer first');
    assert.equal(header(made, 0, 'accept-language'), 'de-DE');
    assert.equal(made.sent[0]?.init.credentials, 'omit');
    assert.equal(made.sent[0]?.init.body, '{"a":1}');
  });

  it('asks for no token where none is wanted', async () => {
    const made = wire(json(200, {}));
    await ask(made, signInRoutes.settings);
    assert.deepEqual(made.renewals, []);
    assert.equal(header(made, 0, 'authorization'), null);
  });

  it('renews a refused token once, in the middle of work', async () => {
    const made = wire(problem(401, 'token-expired'), json(200, { ok: true }));
    assert.deepEqual(await ask(made, conferenceRoutes.list), { ok: true });
    assert.deepEqual(made.renewals, [false, true]);
    assert.equal(header(made, 1, 'authorization'), 'Bearer second');
    const refused = await faultOf(ask(wire(problem(401, 'token-expired')), conferenceRoutes.list));
    assert.equal(refused.kind, 'signed-out');
  });

  it('tries again what may pass, three times in all, and no more', async () => {
    const made = wire(new TypeError('failed to fetch'), problem(503, 'graph-unavailable'), json(200, { ok: true }));
    assert.deepEqual(await ask(made, conferenceRoutes.list), { ok: true });
    assert.deepEqual(made.waits, [300, 1500]);
    const away = wire(new TypeError('failed to fetch'));
    assert.equal((await faultOf(ask(away, conferenceRoutes.list))).kind, 'offline');
    assert.equal(away.sent.length, 3);
  });

  it('waits as long as the server asks, but not longer than a person would', async () => {
    const made = wire(problem(429, 'slow-down', { 'retry-after': '2' }), json(200, { ok: true }));
    await ask(made, conferenceRoutes.list);
    assert.deepEqual(made.waits, [2000]);
    const long = wire(problem(429, 'slow-down', { 'retry-after': '60' }));
    const fault = await faultOf(ask(long, conferenceRoutes.list));
    assert.deepEqual([fault.kind, fault.retryAfterMs, long.sent.length], ['busy', 60_000, 1]);
  });

  it('never repeats what was refused', async () => {
    for (const [status, kind] of [[400, 'refused'], [403, 'not-allowed'], [404, 'not-found'], [409, 'conflict']] as const) {
      const made = wire(problem(status, 'x'));
      const fault = await faultOf(ask(made, conferenceRoutes.hold));
      assert.deepEqual([fault.kind, fault.problem?.correlationId, made.sent.length], [kind, '7f3', 1]);
    }
  });

  it('gives up on a server that does not answer', async () => {
    const made = wire('never');
    assert.equal((await faultOf(ask(made, conferenceRoutes.list))).kind, 'silent');
    assert.equal(made.sent.length, 3);
  });

  it('does not take an answer for ours that is none', async () => {
    const page = new Response('<html>Sign in to the hotel’s network</html>', { status: 200 });
    assert.equal((await faultOf(ask(wire(page), conferenceRoutes.list))).kind, 'silent');
    assert.equal((await faultOf(ask(wire(new Response('Bad gateway', { status: 502 })), conferenceRoutes.list))).kind, 'silent');
    assert.equal((await faultOf(createClient(wire(json(200, { other: 1 }))).me())).kind, 'silent');
  });

  it('tolerates fields that a newer server adds', async () => {
    const me = await createClient(wire(json(200, { personId: 'p', name: 'Anna', later: { more: true } }))).me();
    assert.equal(me.personId, 'p');
  });

  it('stops when the caller does not want it any more', async () => {
    const made = wire('never');
    const end = new AbortController();
    const work = ask({ ...made, deadlineMs: 60_000 }, conferenceRoutes.list, { signal: end.signal });
    setImmediate(() => end.abort());
    await assert.rejects(work, { name: 'AbortError' });
    assert.equal(made.sent.length, 1);
  });
});
