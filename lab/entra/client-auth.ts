import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose';
import type { AppRegistration } from './types.ts';
import { EntraError } from './types.ts';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function thumbprints(pem: string): string[] {
  const { raw } = new X509Certificate(pem);
  return ['sha1', 'sha256'].map((hash) => createHash(hash).update(raw).digest('base64url'));
}

async function checkAssertion(app: AppRegistration, assertion: string, tokenEndpoint: string, now: number): Promise<void> {
  const header = decodeProtectedHeader(assertion);
  const named = header['x5t#S256'] ?? header.x5t;
  const pem = (app.certificates ?? []).find((each) => thumbprints(each).some((print) => print === named));
  if (!pem) throw new EntraError('invalid_client', 700027, 'The certificate with identifier used to sign the client assertion is not registered on application.', 401);
  const alg = header.alg === 'PS256' ? 'PS256' : 'RS256';
  await jwtVerify(assertion, await importX509(pem, alg), { algorithms: [alg], audience: tokenEndpoint, issuer: app.clientId, subject: app.clientId, currentDate: new Date(now) }).catch((cause: unknown) => {
    throw new EntraError('invalid_client', 700024, `Client assertion is not within its valid time range or not valid: ${String(cause)}`, 401);
  });
}

/**
 * The app that asks: by secret or by certificate assertion (`private_key_jwt`); a public client (no secret, no certificate registered) by its id alone.
 * `now` in epoch ms UTC; `isCrossOrigin`: a browser says that a page elsewhere asks. Throws EntraError.
 */
export async function authenticateClient(apps: AppRegistration[], form: URLSearchParams, tokenEndpoint: string, now: number, isCrossOrigin = false): Promise<AppRegistration> {
  const clientId = form.get('client_id') ?? '';
  const app = apps.find((each) => each.clientId === clientId);
  if (!app) throw new EntraError('unauthorized_client', 700016, `Application with identifier '${clientId}' was not found in the directory.`);
  const assertion = form.get('client_assertion');
  if (assertion) {
    await checkAssertion(app, assertion, tokenEndpoint, now);
    return app;
  }
  const secret = form.get('client_secret');
  if (secret !== null) {
    if (app.secret === undefined || !same(secret, app.secret)) throw new EntraError('invalid_client', 7000215, `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`, 401);
    return app;
  }
  const isPublicGrant = form.get('grant_type') === 'authorization_code' || form.get('grant_type') === 'refresh_token';
  const redirectUri = form.get('redirect_uri');
  const isSpa = redirectUri !== null && app.spaRedirectUris?.includes(redirectUri) === true;
  if (isSpa && !isCrossOrigin) throw new EntraError('invalid_request', 9002327, "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.");
  if (isCrossOrigin && redirectUri !== null && !isSpa) throw new EntraError('invalid_request', 9002326, "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.");
  if (isPublicGrant && isSpa) return app;
  if (isPublicGrant && app.secret === undefined && !app.certificates?.length) return app;
  throw new EntraError('invalid_client', 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.", 401);
}
