import type { LabClock } from '../clock.ts';
import type { SigningKey } from './keys.ts';

/** A person of the directory. `id` is the object id. */
export interface DirectoryPerson { id: string; name: string; address: string }

/** An app registration. `roles` are application permissions for Graph with admin consent, `scopes` the delegated ones. */
export interface AppRegistration {
  clientId: string;
  name: string;
  secret?: string;
  /** Public certificates (PEM) that may sign client assertions. */
  certificates?: string[];
  roles?: string[];
  scopes?: string[];
  /** Application ID URI besides the client id, e.g. `api://localhost:3000/<client id>`, and the scopes it exposes. */
  exposes?: { uri: string; scopes: string[] };
  redirectUris?: string[];
  /** Those of the platform "Single-page application": their codes are redeemed by the page itself, without a secret. */
  spaRedirectUris?: string[];
}

export interface EntraOptions {
  clock: LabClock;
  tenantId: string;
  /** Read at each sign-in, so that people may be added later. */
  people: () => readonly DirectoryPerson[];
  apps: AppRegistration[];
  /** Origin of the issuer, e.g. `https://localhost:3001`. Asked at each use, because the port is known late. */
  origin: () => string;
  /** The key to sign with; a new one when missing. */
  key?: SigningKey;
}

/** Everything a test may bend in a token. Times are epoch ms UTC of the lab's clock. */
export interface TokenRequest {
  person?: string;
  /** `aud`. */
  audience: string;
  /** Delegated scopes (`scp`). */
  scopes?: string[];
  /** Application roles: makes an app-only token. */
  roles?: string[];
  /** `azp` / `appid`: the client that asked. */
  clientId?: string;
  tenantId?: string;
  issuer?: string;
  issuedAt?: number;
  expiresAt?: number;
  /** 1: `sts.windows.net` issuer with appid; 2: `/v2.0` issuer with azp. */
  version?: 1 | 2;
  /** Signs with a key that is not published. */
  foreignKey?: boolean;
  /** Laid over all claims; undefined removes one. */
  claims?: Record<string, unknown>;
}

/** What a checked token says. */
export interface TokenClaims {
  aud: string;
  iss: string;
  tid: string;
  oid: string;
  /** Seconds since 1970. */
  exp: number;
  roles: string[];
  /** Delegated scopes, separated by spaces; null in an app-only token. */
  scp: string | null;
  /** `appid` or `azp`. */
  clientId: string;
  isApp: boolean;
}

/** A refusal as Entra words it. `code` is the AADSTS number. */
export class EntraError extends Error {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  /** What else stands in the answer: `suberror`, `claims`. */
  readonly more: Readonly<Record<string, string>>;

  constructor(error: string, code: number, message: string, status = 400, more: Readonly<Record<string, string>> = {}) {
    super(`AADSTS${code}: ${message}`);
    this.name = 'EntraError';
    this.error = error;
    this.code = code;
    this.status = status;
    this.more = more;
  }
}
