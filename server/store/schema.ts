import type { Kysely } from 'kysely';
import type { AdministrationTables } from './tables/administration.ts';
import type { AvailabilityTables } from './tables/availability.ts';
import type { CallTables } from './tables/calls.ts';
import type { CalendarTables } from './tables/calendars.ts';
import type { ConferenceTables } from './tables/conference.ts';
import type { ExchangeLinkTables } from './tables/exchange-link.ts';
import type { FoundationTables } from './tables/foundation.ts';
import type { KnockTables } from './tables/knock.ts';
import type { LineTables } from './tables/lines.ts';
import type { VoicemailTables } from './tables/voicemail.ts';
import type { TemplateTables } from './tables/templates.ts';
import type { OutrightTables } from './tables/outright.ts';
import type { ReissueTables } from './tables/reissue.ts';
import type { VisitTables } from './tables/visit.ts';
import type { WebSessionTables } from './tables/web-session.ts';

/** All tables, put together from store/tables/: one file and one migration per feature. */
export interface Database extends
  ExchangeLinkTables,
  FoundationTables,
  AdministrationTables,
  AvailabilityTables,
  CalendarTables,
  CallTables,
  ConferenceTables,
  KnockTables,
  LineTables,
  VoicemailTables,
  TemplateTables,
  OutrightTables,
  ReissueTables,
  VisitTables,
  WebSessionTables {}

/** The database itself or a transaction in it: what a query needs. */
export type Queries = Kysely<Database>;
