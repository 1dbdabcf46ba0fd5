import { sql } from 'kysely';
import type { Store } from '../../server/store/connect.ts';

/** People with a linked calendar, a line, five meetings on one day and a due row each, as the server would have written them. Those whose first meeting begins at `at` are due for a look before. */
export interface DuePeople {
  tenant: string;
  instance: string;
  pbx: string;
  people: number;
  /** So many of them have their first meeting at `at` (epoch ms, UTC); the others half an hour and more later, spread over the morning. */
  starting: number;
  at: number;
}

const hour = 60 * 60_000;

/** Meetings of half an hour: the first one, and then those hours after it. */
const later = [0, 1, 2, 4, 6];

export function extensionOf(person: number): string {
  return String(1_000_000 + person);
}

export async function putDuePeople({ db }: Pick<Store, 'db'>, { tenant, instance, pbx, people, starting, at }: DuePeople): Promise<void> {
  const [nine, before] = [new Date(at), new Date(at - hour)];
  const first = sql`(${nine}::timestamptz + case when n < ${starting} then interval '0' else interval '30 minutes' + (n % 90) * interval '1 minute' end)`;
  const all = sql`generate_series(0, ${people - 1}) as n`;
  const facts = JSON.stringify({ days: null, showAs: 'busy', subject: 'Budget', location: 'Room 4.12', categories: [], organizer: 'anna@example.com', attendees: 4, response: 'accepted', isPrivate: false, isCancelled: false });
  await sql`insert into person (tenant_id, person_id, name, address, created_at, last_seen_at) select ${tenant}, 'p' || n, 'Person ' || n, 'p' || n || '@example.com', ${before}, ${before} from ${all}`.execute(db);
  await sql`insert into mailbox_link (tenant_id, instance, mailbox_id, person_id, address, source, created_at) select ${tenant}, ${instance}, 'b' || n, 'p' || n, 'p' || n || '@example.com', 'directory', ${before} from ${all}`.execute(db);
  await sql`insert into line (tenant_id, pbx_id, context, extension, name, devices, owner_id, owner_source, owner_since, created_at, updated_at)
    select ${tenant}, ${pbx}, 'default', (1000000 + n)::text, 'Desk ' || n, jsonb_build_array('PJSIP/' || (1000000 + n)), 'p' || n, 'administrator', ${before}, ${before}, ${before} from ${all}`.execute(db);
  await sql`insert into availability_person (tenant_id, person_id, availability, face, why_source, why_rule, since, until, next_state, zone, looked_at)
    select ${tenant}, 'p' || n, 'available', 'available', 'default', 'nothing-else', ${before}, ${first}, '{"availability":"busy","face":"meeting","title":null}', 'Europe/Berlin', ${before} from ${all}`.execute(db);
  await sql`insert into availability_target (tenant_id, instance, target, shown, shown_at)
    select ${tenant}, ${pbx}, ${pbx} || '/default/' || (1000000 + n), '{"availability":"available","face":"available","text":"Available"}', ${before} from ${all}`.execute(db);
  for (const hours of later) {
    await sql`insert into availability_event (tenant_id, instance, mailbox_id, event_id, series_key, original_start, starts_at, ends_at, facts)
      select ${tenant}, ${instance}, 'b' || n, 'e' || n || '-' || ${hours}::int, 's' || n, ${first} + ${hours}::int * interval '1 hour', ${first} + ${hours}::int * interval '1 hour', ${first} + ${hours}::int * interval '1 hour' + interval '30 minutes', ${facts}::jsonb
      from ${all}`.execute(db);
  }
  await sql`insert into work (tenant_id, kind, key, due_at, payload) select ${tenant}, 'availability.person', 'p' || n, case when n < ${starting} then ${before}::timestamptz else ${first} end, '{}' from ${all}`.execute(db);
  await sql`analyze`.execute(db);
}
