import type { Deeds } from '../accounts/deeds/deeds.ts';
import type { Groups } from '../accounts/groups/groups.ts';
import type { Accounts } from '../accounts/people.ts';
import type { Lines } from '../accounts/lines/lines.ts';
import type { DeclaredSettings, Settings } from '../accounts/settings/settings.ts';
import type { Calendars } from '../calendars/index.ts';
import type { Environment } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connector } from '../ports/connector.ts';
import type { Log } from '../ports/log.ts';
import type { Page } from '../ports/page.ts';
import type { Store } from '../store/connect.ts';
import type { StraightWork, WorkBatches } from '../store/batch-worker.ts';
import type { WorkHandlers } from '../store/worker.ts';
import type { BoundBytes, BoundEndpoint, KnownPerson } from '../web/settings.ts';
import type { Away } from './away.ts';

/** What every feature is made from. */
export interface World {
  config: Config;
  env: Environment;
  clock: Clock;
  log: Log;
  store: Store;
  accounts: Accounts;
  groups: Groups;
  settings: Settings;
  /** What administrators do is written down. */
  deeds: Deeds;
  /** Phone lines and whose they are. */
  lines: Lines;
  /** The watch over calendars. */
  calendars: Calendars;
  /** Which of them do not answer, whichever process has the connection. */
  away: Away;
  /** All of them, started or not. */
  connectors: readonly Connector[];
  tenantId: string;
  version: string;
}

/** What a feature gives to the server. All but the endpoints may be left out. */
export interface Feature {
  endpoints: readonly BoundEndpoint[];
  /** Endpoints that answer bytes. */
  bytes?: readonly BoundBytes[];
  /** What people may set of it. */
  settings?: readonly DeclaredSettings[];
  /** Server-rendered pages. */
  pages?: readonly Page[];
  /** By kind of work; no two features may have the same kind. */
  workHandlers?: WorkHandlers;
  /** Kinds of work that are done for many at once, by a worker of their own; the most urgent first. */
  workBatches?: WorkBatches;
  /** What of those kinds needs no more than the table. */
  straightWork?: Readonly<Record<string, StraightWork>>;
  /** Those kinds that ask a connector that holds a connection: done only in the process that has it. */
  connectedWork?: readonly string[];
  /** The state behind a live topic as this person may see it; undefined for a topic of another feature. */
  snapshot?(person: KnownPerson, topic: string): Promise<unknown>;
  /** Listens to connectors, in a process that works. Returns a function that stops it. */
  listen?(): () => void;
  /** How far behind its work is, by connector, for the metrics of this process. */
  lags?(): readonly { connector: string; lagSeconds: number; waiting: number }[];
  /** Catches up with the outside after a start, in a process that works. */
  resume?(): Promise<void>;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
