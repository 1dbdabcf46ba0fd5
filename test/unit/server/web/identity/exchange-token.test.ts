import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createLabClock } from '../../../../../lab/clock.ts';
import { createExchangeAuth, type ExchangeAuth, type TokenRequest } from '../../../../../lab/exchange-auth/index.ts';
import { TheirError, UserError } from '../../../../../server/domain/errors.ts';
import { createExchangeVerifier, isExchangeToken } from '../../../../../server/web/identity/exchange-token.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const audience = 'https://tieline.example.com/addin/taskpane.html';
const minute = 60_000;

describe('the identity token of an Exchange server of one\'s own', () => {
  const clock = createLabClock({ startAt: noon, paused: true });
  let auth: ExchangeAuth;
  let origin = '';
  const server = createServer((request, response) => void (auth.handle(request, response) || response.writeHead(404).end()));
  before(async () => {
    auth = await createExchangeAuth({ clock, origin: () => origin });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  after(() => void server.close());
  afterEach(() => {
    auth.fault = 'none';
    clock.set(noon);
  });

  const verifier = () => createExchangeVerifier({ servers: [{ metadataUrl: auth.metadataUrl(), audiences: [audience] }], ca: undefined }, clock);
  const token = (change: Partial<TokenRequest> = {}) => auth.issue({ person: 'anna@example.com', audience, ...change });

  async function refuses(change: Partial<TokenRequest>, words: RegExp): Promise<void> {
    const readBefore = auth.reads;
    await assert.rejects(verifier()(token(change)), (error) => error instanceof UserError && error.status === 401 && words.test(error.message) && (error.problem.remedy ?? '') !== '');
    assert.ok(auth.reads - readBefore <= 1);
  }

  it('names its account by metadata address and id, the same on every day and in every way of writing', async () => {
    const verify = verifier();
    const first = await verify(token());
    assert.equal(first.exchangeAccount, `${auth.metadataUrl()} ${/^\S+ (\S+)$/.exec(first.exchangeAccount)?.[1]}`);
    assert.equal(first.expiresAt, noon + 8 * 60 * minute - 1000);
    clock.advance(8 * 60 * minute);
    assert.equal((await verify(token({ isTextual: true }))).exchangeAccount, first.exchangeAccount);
    assert.notEqual((await verify(token({ person: 'jonas@example.com' }))).exchangeAccount, first.exchangeAccount);
  });

  it('is told from an access token of Entra by its context', () => {
    assert.equal(isExchangeToken(token()), true);
    assert.equal(isExchangeToken('x.y.z'), false);
    assert.equal(isExchangeToken(`${Buffer.from('{}').toString('base64url')}.${Buffer.from('{"tid":"t"}').toString('base64url')}.`), false);
  });

  it('is refused from a server that is not listed, and nothing is asked there', async () => {
    const readBefore = auth.reads;
    await refuses({ context: { amurl: 'https://evil.example/autodiscover/metadata/json/1' } }, /may not sign in here/);
    await refuses({ context: { amurl: `${auth.metadataUrl()}?x=1` } }, /may not sign in here/);
    await refuses({ context: { amurl: auth.metadataUrl().replace('://', '://user@') } }, /may not sign in here/);
    assert.equal(auth.reads, readBefore);
  });
  it('is refused for another add-in', () => refuses({ audience: 'https://other.example/pane.html' }, /another add-in/));
  it('is refused when it is the token for calling Exchange back', () => refuses({ context: { version: 'ExCallback.V1' } }, /not meant for signing in/));
  it('is refused without an account', () => refuses({ context: { msexchuid: undefined } }, /cannot be read/));
  it('is refused without an end', () => refuses({ claims: { exp: undefined } }, /cannot be read/));
  it('is refused with a context that is no JSON', () => refuses({ claims: { appctx: 'me' } }, /cannot be read/));
  it('is refused when another app sent it', () => refuses({ claims: { appctxsender: '11111111-0000-0ff1-ce00-000000000000@127.0.0.1' } }, /not come from Exchange/));
  it('is refused when the sender is another realm\'s Exchange', () => refuses({ claims: { appctxsender: '00000002-0000-0ff1-ce00-000000000000@other.example' } }, /not come from Exchange/));
  it('is refused after its end', () => refuses({ claims: { exp: String(noon / 1000 - 61) } }, /expired/));
  it('is refused before its beginning', () => refuses({ claims: { nbf: noon / 1000 + 61 } }, /not valid yet/));
  it('allows clocks that differ by a minute', async () => assert.ok(await verifier()(token({ claims: { nbf: noon / 1000 + 59 } }))));
  it('is refused with another algorithm', () => refuses({ header: { alg: 'HS256' } }, /not valid/));
  it('is refused without a signature', () => refuses({ header: { alg: 'none' } }, /not valid/));
  it('is refused without the name of a certificate', () => refuses({ header: { x5t: undefined } }, /not valid/));
  it('is refused when the signature is not of that certificate', () => refuses({ isForged: true }, /not valid/));
  it('is refused with a certificate that the server does not publish', () => refuses({ header: { x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' } }, /does not publish/));

  it('is taken with a new certificate as soon as a minute has passed, and strangers cannot make us ask more often', async () => {
    const verify = verifier();
    await verify(token());
    await auth.rollOver();
    const readBefore = auth.reads;
    for (let guess = 0; guess < 5; guess++) await assert.rejects(verify(token()), /does not publish/);
    assert.equal(auth.reads, readBefore);
    clock.advance(minute);
    assert.ok(await verify(token()));
    for (let guess = 0; guess < 5; guess++) await assert.rejects(verify(token({ header: { x5t: `guess-${guess}` } })), /does not publish/);
    assert.equal(auth.reads, readBefore + 1);
  });

  it('is refused, with the remedy, when the certificate has expired', async () => {
    await auth.rollOver({ notAfter: noon - minute });
    await refuses({}, /auth certificate of Exchange has expired/);
    await auth.rollOver({ keepsOld: false });
  });

  it('the document is read once for many requests, and once more an hour later', async () => {
    const verify = verifier();
    const readBefore = auth.reads;
    await Promise.all(Array.from({ length: 8 }, () => verify(token())));
    assert.equal(auth.reads, readBefore + 1);
    clock.advance(61 * minute);
    await verify(token());
    assert.equal(auth.reads, readBefore + 2);
  });

  it('a server that is away, moved or answers with a page is their failure, not a wrong sign-in; whoever is at work stays signed in', async () => {
    for (const fault of ['away', 'moved', 'garbage'] as const) {
      auth.fault = fault;
      await assert.rejects(verifier()(token()), (error) => error instanceof TheirError && error.connector === 'exchange' && (error.remedy ?? '').includes('signIn.exchange'));
    }
    auth.fault = 'none';
    const verify = verifier();
    await verify(token());
    auth.fault = 'away';
    clock.advance(2 * 60 * minute);
    assert.ok(await verify(token()));
    clock.advance(24 * 60 * minute);
    await assert.rejects(verify(token()), TheirError);
  });

  it('a server that does not answer is given up after five seconds', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/autodiscover/metadata/json/1`;
    const asked = new Promise<void>((resolve) => silent.once('request', () => resolve()));
    const verify = createExchangeVerifier({ servers: [{ metadataUrl: url, audiences: [audience] }], ca: undefined }, clock);
    const outcome = assert.rejects(verify(token({ context: { amurl: url } })), TheirError);
    await asked;
    clock.advance(5_000);
    await outcome;
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });
});
