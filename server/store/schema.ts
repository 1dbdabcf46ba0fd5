import type { FoundationTables } from './tables/foundation.ts';

/** All tables, put together from store/tables/: one file and one migration per feature. */
export interface Database extends FoundationTables {}
