/** A small OpenID provider on loopback that can be bent in every place, and a browser that keeps cookies. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type GenerateKeyPairResult, type JWTPayload } from 'jose';
import type { Clock } from '../../server/ports/clock.ts';

export interface Bends {
  /** Laid over the claims of the ID token; undefined takes one away. */
  claims: JWTPayload;
  /** Signs with a key that is not published. */
  foreignKey: boolean;
  /** Every answer is 503. */
  isDown: boolean;
}

let pairs: Promise<[GenerateKeyPairResult, GenerateKeyPairResult]> | undefined;

export const sofia = { sub: 'sofia-1', name: 'Sofia Rossi', email: 'sofia@partner.example' };

export async function openProvider(clock: Clock, clientId = 'tieline-web') {
  pairs ??= Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const [own, foreign] = await pairs;
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const bends: Bends = { claims: {}, foreignKey: false, isDown: false };
  /** Codes that were given out, with what they were asked for. */
  const codes = new Map<string, URLSearchParams>();
  const redeemed: URLSearchParams[] = [];

  async function idToken(asked: URLSearchParams): Promise<string> {
    const now = Math.floor(clock.now() / 1000);
    const claims = { iss: issuer, aud: clientId, iat: now, exp: now + 3600, nonce: asked.get('nonce') ?? undefined, ...sofia, ...bends.claims };
    const key = bends.foreignKey ? foreign.privateKey : own.privateKey;
    return new SignJWT(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://provider');
    const send = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (bends.isDown) return send(503, {});
    if (pathname === '/.well-known/openid-configuration') {
      return send(200, {
        issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`, end_session_endpoint: `${issuer}/logout`,
        response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'],
      });
    }
    if (pathname === '/keys') return send(200, { keys: [jwk] });
    if (pathname !== '/token') return send(404, {});
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    redeemed.push(form);
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (!code || code.get('code_challenge') !== challenge || code.get('redirect_uri') !== form.get('redirect_uri')) return send(400, { error: 'invalid_grant' });
    send(200, { access_token: 'none of ours', token_type: 'Bearer', id_token: await idToken(code) });
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;

  return {
    issuer, clientId, bends, redeemed,
    /** The person agrees: where the provider sends the browser. */
    agree(authorization: string, more: Record<string, string> = {}): string {
      const asked = new URL(authorization).searchParams;
      const code = randomBytes(8).toString('hex');
      codes.set(code, asked);
      return `${asked.get('redirect_uri')}?${new URLSearchParams({ code, state: asked.get('state') ?? '', ...more }).toString()}`;
    },
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** A browser at `origin`; addresses of `publicUrl` lead there. */
export function openBrowser(origin: string, publicUrl: string) {
  const jar = new Map<string, string>();
  return {
    jar,
    async ask(path: string, { form, headers = {} }: { form?: Record<string, string>; headers?: Record<string, string> } = {}): Promise<Response> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const post = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
      const answer = await fetch(`${origin}${path.replace(publicUrl, '')}`, { redirect: 'manual', ...post, headers: { ...(cookie === '' ? {} : { cookie }), ...headers } });
      for (const line of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    },
  };
}
