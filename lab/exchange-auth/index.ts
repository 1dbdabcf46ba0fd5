import { createHash, generateKeyPair, randomUUID, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LabClock } from '../clock.ts';
import { authCertificate } from './certificate.ts';

/**
 * The part of an Exchange server on premises that vouches for mailboxes: identity tokens for add-ins, and the document with its signing certificates
 * (learn.microsoft.com, "Inside the Exchange identity token" and "Validate an Exchange identity token").
 */
export interface ExchangeAuth {
  /** Answers `GET /autodiscover/metadata/json/1`; false for every other request. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** What `getUserIdentityTokenAsync` gives to an add-in in the mailbox of this person. */
  issue(request: TokenRequest): string;
  /** Signs with a new certificate from now on; the old one stays published when `keepsOld`. */
  rollOver(options?: { keepsOld?: boolean; notAfter?: number; isPublished?: boolean }): Promise<void>;
  /** How the document is served: as it should be, not at all, as somebody else's, or at another address. */
  fault: 'none' | 'away' | 'garbage' | 'moved';
  /** How often the document was asked for. */
  readonly reads: number;
  /** `https://host/autodiscover/metadata/json/1`, as `amurl` has it: with the port that everybody else leaves out. */
  metadataUrl(): string;
}

export interface TokenRequest {
  /** Whose mailbox: the id comes from it. */
  person: string;
  /** First SourceLocation of the add-in's manifest. */
  audience: string;
  /** Laid over the claims; undefined takes one away. */
  claims?: Record<string, unknown>;
  /** Laid over the application context. */
  context?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** The context as JSON within a text, and times as text, as servers send them. */
  isTextual?: boolean;
  /** Signed by a key that nobody publishes, under the name of the one that is. */
  isForged?: boolean;
}

interface Signer { privateKey: KeyObject; certificate: Buffer; thumbprint: string }

/** Exchange's application id, the same everywhere. */
const exchange = '00000002-0000-0ff1-ce00-000000000000';
/** Tokens live eight hours. */
const lifeSeconds = 8 * 3600 - 1;
const dayMs = 24 * 3_600_000;
/** Auth certificates live five years. */
const certificateMs = 5 * 365 * dayMs;
const path = '/autodiscover/metadata/json/1';

const newPair = promisify(generateKeyPair);

async function newSigner(now: number, notAfter = now + certificateMs): Promise<Signer> {
  const { privateKey, publicKey } = await newPair('rsa', { modulusLength: 2048 });
  const certificate = authCertificate({ privateKey, publicKey, notBefore: now - dayMs, notAfter });
  return { privateKey, certificate, thumbprint: createHash('sha1').update(certificate).digest('base64url') };
}

/** `origin` is where the document is served, without a slash at the end. */
export async function createExchangeAuth({ clock, origin }: { clock: LabClock; origin: () => string }): Promise<ExchangeAuth> {
  let signer = await newSigner(clock.now());
  let published = [signer];
  let reads = 0;
  const id = `_${randomUUID()}`;

  function document(): string {
    const realm = new URL(origin()).hostname;
    return JSON.stringify({
      id, version: '1.0', name: 'Exchange', realm, serviceName: exchange, issuer: `${exchange}@${realm}`, allowedAudiences: [`${exchange}@${realm}`],
      keys: published.map(({ thumbprint, certificate }) => ({ usage: 'signing', keyinfo: { x5t: thumbprint }, keyvalue: { type: 'x509Certificate', value: certificate.toString('base64') } })),
      endpoints: [{ location: metadataUrl(), protocol: 'OAuth2', usage: 'metadata' }],
    });
  }

  function metadataUrl(): string {
    const { protocol, hostname, port } = new URL(origin());
    return `${protocol}//${hostname}:${port || '443'}${path}`;
  }

  function issue({ person, audience, claims = {}, context = {}, header = {}, isTextual = false, isForged = false }: TokenRequest): string {
    const now = Math.floor(clock.now() / 1000);
    const sender = `${exchange}@${new URL(origin()).hostname}`;
    const uid = createHash('sha256').update(person).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    const appctx = whole({ msexchuid: `${uid}@${person.split('@')[1] ?? ''}`, version: 'ExIdTok.V1', amurl: metadataUrl(), ...context });
    const time = (seconds: number): number | string => (isTextual ? String(seconds) : seconds);
    const payload = whole({
      aud: audience, iss: sender, nbf: time(now), exp: time(now + lifeSeconds), appctxsender: sender, isbrowserhostedapp: 'true',
      appctx: isTextual ? JSON.stringify(appctx) : appctx, ...claims,
    });
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode(whole({ typ: 'JWT', alg: 'RS256', x5t: signer.thumbprint, ...header }))}.${encode(payload)}`;
    const signature = sign('sha256', Buffer.from(signed), signer.privateKey);
    if (isForged) signature[9] = (signature[9] ?? 0) ^ 1;
    return `${signed}.${signature.toString('base64url')}`;
  }

  const auth: ExchangeAuth = {
    fault: 'none',
    get reads() {
      return reads;
    },
    metadataUrl, issue,
    handle(request, response) {
      if (new URL(request.url ?? '/', 'http://host').pathname.toLowerCase() !== path) return false;
      reads += 1;
      if (auth.fault === 'away') response.writeHead(503).end();
      else if (auth.fault === 'moved') response.writeHead(302, { location: 'https://elsewhere.example/keys' }).end();
      else response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(auth.fault === 'garbage' ? '<html>Outlook Web App</html>' : document());
      return true;
    },
    async rollOver({ keepsOld = true, notAfter, isPublished = true } = {}) {
      signer = await newSigner(clock.now(), notAfter);
      published = [...(keepsOld ? published : []), ...(isPublished ? [signer] : [])];
    },
  };
  return auth;
}

/** Without what is undefined. */
function whole(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
