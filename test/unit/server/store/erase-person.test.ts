import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Store } from '../../../../server/store/connect.ts';
import { testStore } from '../../../support/database.ts';

const person = 'person-of-anna';
const address = 'anna@example.com';
const name = 'Anna Ahorn';
const mailbox = 'mailbox-of-anna';

/** Columns that name somebody, by what they are called: a new one of these is filled here by itself, and the page has to say how it is emptied. */
const namesSomebody: readonly [RegExp, string][] = [
  [/(^|_)person(_id)?$|^(owner|booker)_id$|_by$|^scope_id$|^waited_for$/, person],
  [/(^|_)address$|^claim$/, address],
  [/^(owner|by|to|target)_name$|^name$/, name],
  [/^mailbox_id$/, mailbox],
];

/** Columns of that kind that name something else. */
const namesSomethingElse = new Set(['tenant.name', 'person_group.name', 'person_group.claim', 'template.name', 'lease.name', 'schema_migration.name', 'availability_replay.person']);

/** JSON that holds people. */
const holdsPeople: Readonly<Record<string, unknown>> = {
  'conference.roles': [{ address, name, role: 'presenter' }, { address: 'bob@example.com', name: 'Bob', role: 'presenter' }], 'conference_outright.guests': [{ name, address }, { name: 'Bob', address: 'bob@example.com' }],
  'admin_deed.details': { address }, 'log_line.fields': { personId: person }, 'setting.values': { noticeTo: address }, 'line.devices': [],
};

/** What stays, and why that is right. */
const stays = new Map([
  ['conference.owner_id', 'a number that names nobody any more: the conference needs an owner'], ['conference.booker_id', 'as there'],
  ['conference.mailbox_id', 'where the invite lies, while the conference lives'],
  ['conference_copy.mailbox_id', 'as there'], ['reissue_invite.mailbox_id', 'as there; two days'],
  ['conference_visit.name', 'what a visitor typed, tied to nobody; goes with the conference'],
  ['conference_member.name', 'who is in the room at this moment'], ['conference_knock.name', 'who is at the door at this moment'],
]);

interface Column { table: string; column: string; type: string; isNullable: boolean; isIdentity: boolean; check: string | null }

async function columnsOf({ db }: Store): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.table_name as "table", c.column_name as "column", c.data_type as "type", c.is_nullable = 'YES' as "isNullable", c.is_identity = 'YES' or c.is_generated = 'ALWAYS' as "isIdentity",
      (select pg_get_constraintdef(k.oid) from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
        where k.contype = 'c' and k.conrelid = quote_ident(c.table_name)::regclass and a.attname = c.column_name limit 1) as "check"
    from information_schema.columns c where c.table_schema = current_schema() and c.table_name <> 'schema_migration' order by c.table_name, c.ordinal_position`.execute(db);
  return rows;
}

function valueOf({ table, column, type, check }: Column): unknown {
  const key = `${table}.${column}`;
  if (column === 'tenant_id') return 'default';
  if (key === 'setting.scope') return 'person';
  if (key === 'identity.kind') return 'address';
  if (key === 'identity.value') return address;
  if (key === 'work.key') return person;
  if (key in holdsPeople) return JSON.stringify(holdsPeople[key]);
  const allowed = check === null ? undefined : /'([^']+)'::text/.exec(check)?.[1];
  if (allowed !== undefined) return allowed;
  if (type === 'text') return namesSomethingElse.has(key) ? 'x' : (namesSomebody.find(([pattern]) => pattern.test(column))?.[1] ?? '1');
  return { jsonb: '{}', boolean: true, 'timestamp with time zone': new Date(0), uuid: '00000000-0000-4000-8000-000000000000', bytea: Buffer.alloc(1) }[type] ?? 1;
}

/** One row in every table, about Anna wherever a row can be. */
async function fill({ db }: Store, columns: readonly Column[]): Promise<void> {
  await sql`truncate ${sql.join([...new Set(columns.map(({ table }) => table))].map((table) => sql.table(table)))} cascade`.execute(db);
  await db.transaction().execute(async (tx) => {
    // Rows that belong together are not the point here.
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of new Set(columns.map((column) => column.table))) {
      const all = columns.filter((column) => column.table === table && !column.isIdentity);
      await sql`insert into ${sql.table(table)} (${sql.join(all.map(({ column }) => sql.ref(column)))}) values (${sql.join(all.map(valueOf))})`.execute(tx);
    }
  });
}

/** Columns in which something of hers stands. */
async function where({ db }: Store, columns: readonly Column[]): Promise<string[]> {
  const found: string[] = [];
  const hers = `${person}|${address}|${name}|${mailbox}`;
  for (const table of new Set(columns.map((column) => column.table))) {
    const { rows } = await sql<{ column: string }>`select distinct entry.key as "column" from ${sql.table(table)} as whole, jsonb_each_text(to_jsonb(whole)) as entry where entry.value ~ ${hers} order by 1`.execute(db);
    found.push(...rows.map(({ column }) => `${table}.${column}`));
  }
  return found;
}

describe('docs/data-we-keep.md: to answer a person', function () {
  this.timeout(30_000);
  let store: Store;
  let close: () => Promise<void>;
  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());

  it('what it says to run leaves nothing that names the person, in no table', async () => {
    const page = await readFile(new URL('../../../../docs/data-we-keep.md', import.meta.url), 'utf8');
    const part = page.slice(page.indexOf('## To answer a person'));
    const blocks = [...part.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, text = '']) => text.replaceAll('<person_id>', person));
    assert.equal(blocks.length, 2, 'one block to look, one to erase');
    const columns = await columnsOf(store);
    await fill(store, columns);
    const before = await where(store, columns);
    assert.ok(before.length > 60, `only ${before.length} columns were filled`);
    for (const block of blocks) await sql.raw(block).execute(store.db);
    assert.deepEqual((await where(store, columns)).filter((column) => !stays.has(column)), []);
    // Somebody else's name in the same rows is not touched.
    assert.match(JSON.stringify((await sql`select roles from conference`.execute(store.db)).rows), /bob@example\.com/);
  });
});
