import type { Caller } from '../../../contract/endpoint.ts';
import { UserError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queries } from '../../store/schema.ts';
import { deedsBefore, dropDeedsBefore, endDeed, insertDeed, type Deed } from './rows.ts';

/** Who did what, and who looked at whom (design §5, Roles). */
export interface Deeds {
  /** Writes down what is about to be done, does it, and writes down how it ended. What cannot be written down is not done. */
  change<Result>(caller: Caller, what: string, said: { params: unknown; body: unknown }, run: () => Promise<Result>): Promise<Result>;
  /** Writes down that somebody is looked at, before anything is shown. */
  look(caller: Caller, what: string, personId: string): Promise<void>;
  list(tenantId: string, before: number | null, limit: number): Promise<Deed[]>;
  tidy(tenantId: string): Promise<void>;
}

/** Long enough for a yearly audit. Ours. */
const keptMs = 400 * 24 * 60 * 60_000;
/** What a request says is kept up to here, characters of JSON; of longer ones (a list of lines, a picture) only the names of its fields. */
const longestSaid = 2_000;

export function createDeeds({ clock, store }: { clock: Clock; store: { db: Queries } }): Deeds {
  return {
    async change({ tenantId, personId, name }, what, { params, body }, run) {
      const deed = { at: clock.now(), by: { personId, name }, kind: 'change', what, aboutPerson: null, details: { ...fieldsOf(params), ...shortened(body) }, outcome: 'begun' } as const;
      const seq = await insertDeed(store.db, tenantId, deed);
      try {
        const result = await run();
        await endDeed(store.db, tenantId, seq, 'done');
        return result;
      } catch (error) {
        // Only a refusal is known to have changed nothing.
        if (error instanceof UserError) await endDeed(store.db, tenantId, seq, 'refused');
        throw error;
      }
    },
    async look({ tenantId, personId, name }, what, about) {
      await insertDeed(store.db, tenantId, { at: clock.now(), by: { personId, name }, kind: 'look', what, aboutPerson: about, details: {}, outcome: 'done' });
    },
    list: (tenantId, before, limit) => deedsBefore(store.db, tenantId, before, limit),
    tidy: (tenantId) => dropDeedsBefore(store.db, tenantId, clock.now() - keptMs),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function shortened(body: unknown): Record<string, unknown> {
  const fields = fieldsOf(body);
  return JSON.stringify(fields).length <= longestSaid ? fields : { fields: Object.keys(fields) };
}
