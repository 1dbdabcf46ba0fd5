import { z } from 'zod';
import type { Clock } from '../../../ports/clock.ts';
import type { DirectoryPerson, DirectoryPhoto, DirectorySource } from '../../../ports/directory-source.ts';
import { batchReads, refusalIn } from '../client/batch.ts';
import { graphPath, type GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';

const text = (longest: number) => z.string().nullish().transform((value) => (value ?? '').replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim().slice(0, longest));
const row = z.object({
  id: z.string().min(1).max(256), displayName: text(256), mail: text(320), jobTitle: text(128), department: text(128), officeLocation: text(128),
  businessPhones: z.array(text(64)).max(20).nullish(), mobilePhone: text(64),
});
const rows = z.object({ value: z.array(row) });
const fields = 'id,displayName,mail,jobTitle,department,officeLocation,businessPhones,mobilePhone';

const shared = { method: 'GET', right: 'User.Read.All', budget: { workload: 'directory' }, repeat: 'always' } as const satisfies Partial<GraphCall>;

/** The sizes that Graph keeps; 96 px is a picture of 48 on a screen with two dots for each (graph.md §6). */
const photoSize = '96x96';

function toPerson({ id, displayName, mail, jobTitle, department, officeLocation, businessPhones, mobilePhone }: z.output<typeof row>): DirectoryPerson {
  const work = (businessPhones ?? []).map((number) => ({ kind: 'work', number }) as const);
  return {
    id, name: displayName, address: mail.toLowerCase(), title: jobTitle, department, office: officeLocation,
    numbers: [...work, { kind: 'mobile', number: mobilePhone } as const].filter(({ number }) => number !== ''),
  };
}

/** Colleagues in Entra. `$search` needs eventual consistency and knows only beginnings of words (graph.md §6). */
export function createDirectorySource({ client, instance, clock }: { client: GraphClient; instance: string; clock: Clock }): DirectorySource {
  async function one(name: string): Promise<DirectoryPerson | null> {
    try {
      return toPerson(await client.call({ ...shared, what: 'read a colleague', target: { path: graphPath`/users/${name}`, query: { $select: fields } } }, row));
    } catch (error) {
      if (refusalOf(error)?.status === 404) return null;
      throw error;
    }
  }

  return {
    instance,
    async search(words, limit) {
      // Quotes and backslashes would end the clause; an "&" breaks it (a known fault of Graph).
      const wanted = words.replaceAll(/["\\&]+/g, ' ').trim();
      if (wanted === '') return [];
      const $search = ['displayName', 'mail', 'department'].map((name) => `"${name}:${wanted}"`).join(' OR ');
      const { value } = await client.call(
        { ...shared, what: 'search colleagues', target: { path: '/users', query: { $search, $select: fields, $top: String(limit) } }, headers: { consistencylevel: 'eventual' }, cost: 2 },
        rows,
      );
      return value.map(toPerson).filter(({ address }) => address !== '');
    },
    person: (addressOrId) => (/^\.*$/.test(addressOrId) ? Promise.resolve(null) : one(addressOrId)),
    async photo(id): Promise<DirectoryPhoto | null> {
      const [answer] = await batchReads({ client, connector: instance, clock, what: 'read a photo', right: 'User.Read.All', mailbox: id }, [{ path: graphPath`/users/${id}/photos/${photoSize}/$value` }]);
      if (!answer || refusalIn(answer) || !answer.bytes) return null;
      // By its first bytes, whatever it is called: nothing else is handed to a browser.
      const contentType = answer.bytes[0] === 0xff && answer.bytes[1] === 0xd8 ? 'image/jpeg' : answer.bytes.subarray(0, 4).equals(Buffer.from('\x89PNG', 'latin1')) ? 'image/png' : null;
      return contentType === null ? null : { contentType, bytes: answer.bytes };
    },
  };
}
