import type { BytesEndpoint, Caller, Endpoint } from '../../contract/endpoint.ts';
import type { z } from 'zod';
import type { ByteAnswer } from '../ports/byte-answer.ts';
import type { ConnectorStatus } from '../ports/connector.ts';
import type { Clock } from '../ports/clock.ts';
import type { Door } from '../ports/door.ts';
import type { Log } from '../ports/log.ts';
import type { Page } from '../ports/page.ts';
import type { OidcProvider } from './identity/oidc.ts';
import type { WebIdentity } from './identity/oidc-identity.ts';
import type { WebSessions } from './identity/session.ts';
import type { ExchangeIdentity } from './identity/exchange-token.ts';
import type { Identity } from './identity/entra-token.ts';

/** What web/ is given. It knows neither the configuration file nor any feature. */
export interface WebSettings {
  publicUrl: string;
  /** Name of the organisation, shown on pages. */
  organisation: string;
  /** Where people sign in on the web. */
  providers: readonly OidcProvider[];
  /** Certificate authorities to trust besides the public ones, PEM. */
  ca: string | undefined;
  /** Which doors of the house are open in this process. */
  serves: { people: boolean; hooks: boolean };
  /** Reverse proxies whose X-Forwarded-For is believed. */
  proxies: readonly string[];
  /** Networks that may see details of health and metrics. */
  insiders: readonly string[];
  addin: {
    /** Folder with the built add-in. */
    folder: string;
    /** Another origin that serves the add-in, if there is one. */
    origin: string | undefined;
    /** Origins that may show the add-in in a frame, besides Microsoft's. */
    officeHosts: readonly string[];
    /** Sign-in authorities that the add-in talks to. */
    authorities: readonly string[];
    /** Client id of the app registration, for the manifest. */
    clientId: string | null;
  };
  requestsPerMinute: number;
  version: string;
}

/** One feature's endpoints with their handlers; `bind` keeps the types together, so here they are already forgotten. */
export interface BoundEndpoint {
  endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
  handle(input: { params: unknown; query: unknown; body: unknown }, caller: Caller): Promise<unknown>;
}

/** An endpoint that answers bytes, with its handler. What is handed over is unread; `bindBytes` reads it by the contract. */
export interface BoundBytes {
  endpoint: BytesEndpoint<z.ZodType, z.ZodType>;
  handle(request: { params: unknown; query: unknown }, caller: Caller): Promise<ByteAnswer>;
}

/** Who shows a valid send ticket. */
export interface TicketHolder {
  tenantId: string;
  conferenceId: string;
  personId: string;
}

/** A person as the accounts know them. */
export interface KnownPerson {
  tenantId: string;
  personId: string;
}

/** What web/ asks of the rest. */
export interface WebParts {
  settings: WebSettings;
  clock: Clock;
  log: Log;
  endpoints: readonly BoundEndpoint[];
  bytes: readonly BoundBytes[];
  pages: readonly Page[];
  doors: readonly { instance: string; door: Door }[];
  /** Checks an access token. Throws UserError 401, or TheirError when the keys cannot be had. */
  verifyToken(token: string): Promise<Identity | ExchangeIdentity>;
  personFor(identity: Identity): Promise<KnownPerson>;
  /** Whose account of an Exchange server it is; null person while nobody has said so. */
  exchangePersonFor(identity: ExchangeIdentity): Promise<{ tenantId: string; person: { personId: string; name: string; address: string } | null }>;
  webPersonFor(identity: WebIdentity): Promise<KnownPerson>;
  sessions: WebSessions;
  verifyTicket(value: string): Promise<TicketHolder | null>;
  /** State of a live topic as the person may see it; undefined when there is no such topic. */
  snapshot(person: KnownPerson, topic: string): Promise<unknown>;
  /** Hears that states changed; a null topic says that anything may have. */
  onAnnouncement(fn: (announcement: { tenantId: string; topic: string | null }) => void): () => void;
  pingStore(): Promise<void>;
  connectors(): readonly ConnectorStatus[];
}
