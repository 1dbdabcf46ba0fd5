import type { Client } from 'pg';

/** Tables with a line for each conference, and by which column they name it. `work` has its timers under the conference's id. */
const tables = [
  { name: 'conference', id: 'id' },
  { name: 'conference_code', id: 'conference_id' },
  { name: 'conference_window', id: 'conference_id' },
  { name: 'conference_history', id: 'conference_id' },
  { name: 'work', id: 'key' },
] as const;

/** What differs in the copies: columns and SQL over `copy` (number, id, code, host, mailbox, days later). Everything else is as the server wrote it. */
const differs: Readonly<Record<string, string>> = {
  'conference.id': 'copy.id', 'conference.idempotency_key': 'gen_random_uuid()::text', 'conference.mailbox_id': 'copy.mailbox',
  'conference.owner_id': "'owner-' || copy.mailbox", 'conference.booker_id': "'owner-' || copy.mailbox",
  'conference.access_code': 'copy.code', 'conference.host_code': 'copy.host', 'conference.room': "'tl' || substr(md5(copy.id), 1, 20)",
  'conference.starts_at': 'starts_at + copy.later', 'conference.ends_at': 'ends_at + copy.later', 'conference.closes_at': 'closes_at + copy.later',
  // Nothing waits to be confirmed any more: they have stood in their calendars for a while.
  'conference.confirm_by': 'null', 'conference.seen_at': 'state_since', 'conference.event_id': "'event-' || copy.id",
  'conference_code.conference_id': 'copy.id', 'conference_code.code': "case when role = 'host' then copy.host else copy.code end",
  'conference_window.conference_id': 'copy.id', 'conference_window.original_start': 'original_start + copy.later',
  'conference_window.starts_at': 'starts_at + copy.later', 'conference_window.ends_at': 'ends_at + copy.later',
  'conference_history.conference_id': 'copy.id',
  'work.key': 'copy.id', 'work.due_at': "case when kind = 'conference.time' then due_at + copy.later else due_at end",
};

/** Copies one conference of `original` (its id) `count` times, in all its tables, spread over these calendars and 40 days; and lets the calendars be watched. */
export async function copyConference(database: Client, original: string, count: number, mailboxes: readonly string[]): Promise<void> {
  await database.query('begin');
  // The alphabet of ids has no 0, 1, 8, 9; codes of nine digits begin where no drawn code of this database is, or the insert fails.
  await database.query(
    `create temporary table copy on commit drop as select n, translate(substr(md5('copy' || n), 1, 26), '0189', 'wxyz') as id,
       (200000000 + n)::text as code, (300000000 + n)::text as host, ($2::text[])[1 + n % $3::int] as mailbox, (n % 40) * interval '1 day' as later
     from generate_series(1, $1::int) as n`, [count, mailboxes, mailboxes.length],
  );
  for (const { name, id } of tables) {
    const { rows } = await database.query<{ column_name: string }>("select column_name from information_schema.columns where table_name = $1 and table_schema = 'public' order by ordinal_position", [name]);
    const columns = rows.map((row) => row.column_name);
    const values = columns.map((column) => differs[`${name}.${column}`] ?? `"${name}"."${column}"`);
    const unlessConfirm = name === 'work' ? " and kind <> 'conference.confirm'" : '';
    await database.query(`insert into ${name} (${columns.map((column) => `"${column}"`).join(', ')}) select ${values.join(', ')} from ${name}, copy where ${name}.${id} = $1${unlessConfirm}`, [original]);
  }
  await database.query(
    `insert into calendar_watch (tenant_id, instance, mailbox_id)
     select distinct tenant_id, mailbox_instance, mailbox_id from conference where mailbox_id = any($1)`, [mailboxes],
  );
  await database.query('commit');
  await database.query('analyze');
}
