import assert from 'node:assert/strict';
import { templateRoutes } from '../../../../contract/conference/template-routes.ts';
import { TalkFault } from '../../../../addin/talk/fault.ts';
import { ask } from '../../../../addin/talk/http.ts';
import { readSession, sessionTransport } from '../../../../addin/talk/session.ts';
import type { BrowserSession } from '../../../../addin/talk/session.ts';
import { SignInFault } from '../../../../addin/talk/sign-in.ts';

const session: BrowserSession = { name: 'Ada', address: 'ada@example.com', roles: ['administrator'], csrf: 'proof', csrfHeader: 'Tieline-Csrf' };

function answering(status: number, body: unknown, asked: RequestInit[] = []): typeof fetch {
  return async (_input, init) => {
    asked.push(init ?? {});
    return new Response(JSON.stringify(body), { status });
  };
}

const kindOf = async (work: Promise<unknown>): Promise<string> => {
  const fault = await work.catch((each: unknown) => each);
  return fault instanceof TalkFault ? fault.kind : String(fault);
};

describe('a page of ours in a browser', () => {
  it('learns who is signed in, and that nobody is', async () => {
    assert.deepEqual(await readSession(answering(200, { ...session, endsAt: 'later', newer: 1 })), { ...session, endsAt: 'later', newer: 1 });
    assert.equal(await readSession(answering(401, { code: 'sign-in-needed' })), null);
  });
  it('does not take trouble for nobody', async () => {
    assert.equal(await kindOf(readSession(answering(500, {}))), 'busy');
    assert.equal(await kindOf(readSession(answering(200, { hello: 'from a proxy' }))), 'silent');
    assert.equal(await kindOf(readSession(() => Promise.reject(new Error('down')))), 'offline');
  });
  it('asks with the cookie and its own proof, and with no bearer token', async () => {
    const asked: RequestInit[] = [];
    await ask(sessionTransport(session, 'de', answering(200, { templates: [] }, asked)), templateRoutes.list);
    const headers = new Headers(asked[0]?.headers);
    assert.equal(asked[0]?.credentials, 'same-origin');
    assert.deepEqual([headers.get('tieline-csrf'), headers.get('authorization'), headers.get('accept-language')], ['proof', null, 'de']);
  });
  it('whoever was signed out signs in again; nothing is renewed behind their back', async () => {
    const asked: RequestInit[] = [];
    const fault = await ask(sessionTransport(session, 'en', answering(401, { code: 'sign-in-needed' }, asked)), templateRoutes.list).catch((each: unknown) => each);
    assert.ok(fault instanceof SignInFault && fault.reason === 'signed-out');
    assert.equal(asked.length, 1);
  });
});
