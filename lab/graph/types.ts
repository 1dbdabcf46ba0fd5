import type { PresenceSessions } from './presence-sessions.ts';
import type { LabClock } from '../clock.ts';
import type { Exchange, Person } from '../exchange/index.ts';
import type { Entra, TokenClaims } from '../entra/index.ts';
import type { DeltaStore } from './delta-store.ts';
import type { MessageDeltas } from './message-deltas.ts';
import type { Uploads } from './uploads.ts';
import type { Throttle } from './throttle.ts';
import type { Subscriptions } from './notify/subscriptions.ts';

/** One request after reading: of the wire, or one of a batch. */
export interface Call {
  /** Upper case. */
  method: string;
  /** Decoded segments behind `/v1.0`, with `('key')` and `()` resolved. */
  path: string[];
  /** As it was sent, behind `/v1.0`, without the query. */
  rawPath: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: unknown;
  caller: TokenClaims;
  /** Origin and version for absolute links, e.g. `https://localhost:3002/v1.0`. */
  base: string;
}

export interface Reply { status: number; headers?: Record<string, string>; body?: unknown }

/** What routes work with. */
export interface GraphWorld {
  clock: LabClock;
  exchange: Exchange;
  deltas: DeltaStore;
  messageDeltas: MessageDeltas;
  uploads: Uploads;
  subscriptions: Subscriptions;
  throttle: Throttle;
  presences: PresenceSessions;
  /** Throws GraphError 403 unless the caller may do this in the person's mailbox. */
  checkAccess: (caller: TokenClaims, permission: Permission, person: Person | null) => void;
  /** Asks a notification endpoint to prove itself. Throws GraphError 400 when it does not. */
  shakeHands: (url: string) => Promise<void>;
  /** 10 unless the request says otherwise; here so that bench and tests may change it. */
  defaultPageSize: number;
}

/** A call with the values of its route's `{…}`. */
export interface RouteCall extends Call { params: Record<string, string>; world: GraphWorld }

/** A call below a mailbox, with its owner. */
export interface MailboxCall extends RouteCall { mailbox: Person }

interface RouteShape {
  method: string;
  /** Template, e.g. `events/{event}`. */
  path: string;
  /** Without its `.All`; `none` where any token will do. */
  permission: Permission;
}

/** Below `/users/{id}` and `/me`. `isOutlook`: it counts against the mailbox's budget. */
export interface MailboxRoute extends RouteShape { below: 'mailbox'; isOutlook: boolean; handle: (call: MailboxCall) => Reply | Promise<Reply> }

/** Below the version. */
export interface RootRoute extends RouteShape { below: 'root'; isOutlook: false; handle: (call: RouteCall) => Reply | Promise<Reply> }

export type Route = MailboxRoute | RootRoute;

export type Permission = 'none' | 'User.Read' | 'Calendars.Read' | 'Calendars.ReadWrite' | 'MailboxSettings.Read' | 'MailboxSettings.ReadWrite' | 'Mail.Read' | 'Mail.ReadWrite' | 'Mail.Send' | 'Presence.Read.All' | 'Presence.ReadWrite.All';

export interface GraphOptions {
  clock: LabClock;
  exchange: Exchange;
  entra: Entra;
  /** Certificates (PEM) that notification endpoints may show, besides those the machine trusts. */
  ca?: string;
  /** Rights that Exchange gives an app by RBAC for Applications: they stand in no token. By client id; `mailboxes` absent means all. */
  exchangeRoles?: Record<string, { roles: Permission[]; mailboxes?: string[] }>;
  /** How long Graph gathers changes before it notifies, ms. Default 100. */
  notifyAfterMs?: number;
  /** Calls that are worked on at a time for one app, whatever the mailbox: the stricter text of the throttling limits (2023). Default: no such limit. */
  appConcurrent?: number;
  /** Seed of the chance that loses and shuffles notifications. */
  seed?: number;
}
