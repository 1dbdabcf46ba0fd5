import { sql, type RawBuilder } from 'kysely';
import type { LineSource } from '../../domain/line.ts';
import type { Queries } from '../../store/schema.ts';

/** Queries over people with what is linked to them, for the administrator's list. */

export interface KnownPersonRow {
  personId: string;
  name: string;
  address: string;
  lines: { pbx: string; extension: string; source: LineSource }[];
  mailboxes: { instance: string; address: string; source: string }[];
  groups: string[];
}

export async function knownPeople(db: Queries, tenantId: string, { search, skip, limit }: { search: string; skip: number; limit: number }): Promise<{ people: KnownPersonRow[]; total: number }> {
  const found = fits(tenantId, search);
  const { rows } = await sql<{ person_id: string; name: string; address: string; lines: KnownPersonRow['lines'] | null; mailboxes: KnownPersonRow['mailboxes'] | null; groups: string[] | null }>`
    select shown.person_id, shown.name, shown.address,
      (select json_agg(json_build_object('pbx', line.pbx_id, 'extension', line.extension, 'source', coalesce(line.owner_source, 'administrator')) order by line.extension)
        from line where line.tenant_id = ${tenantId} and line.owner_id = shown.person_id) as lines,
      (select json_agg(json_build_object('instance', link.instance, 'address', link.address, 'source', link.source) order by link.created_at)
        from mailbox_link link where link.tenant_id = ${tenantId} and link.person_id = shown.person_id) as mailboxes,
      (select json_agg(distinct grouped.name) from person_group_member member join person_group grouped using (tenant_id, group_id)
        where member.tenant_id = ${tenantId} and member.person_id = shown.person_id) as groups
    from (select person.person_id, person.name, person.address from person where ${found} order by lower(person.name), person.person_id offset ${skip} limit ${limit}) shown
    order by lower(shown.name), shown.person_id`.execute(db);
  const { rows: counted } = await sql<{ total: string }>`select count(*) as total from person where ${found}`.execute(db);
  return {
    people: rows.map(({ person_id: personId, name, address, lines, mailboxes, groups }) => ({ personId, name, address, lines: lines ?? [], mailboxes: mailboxes ?? [], groups: groups ?? [] })),
    total: Number(counted[0]?.total ?? 0),
  };
}

/** Beginnings of any word of the name, of the address, or of an extension. The signs of LIKE are letters like others. */
function fits(tenantId: string, search: string): RawBuilder<boolean> {
  const wanted = search.trim().toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`);
  if (wanted === '') return sql<boolean>`person.tenant_id = ${tenantId}`;
  return sql<boolean>`person.tenant_id = ${tenantId} and (lower(person.name) like ${`${wanted}%`} or lower(person.name) like ${`% ${wanted}%`} or person.address like ${`${wanted}%`}
    or exists (select 1 from line where line.tenant_id = ${tenantId} and line.owner_id = person.person_id and line.extension like ${`${wanted}%`}))`;
}
