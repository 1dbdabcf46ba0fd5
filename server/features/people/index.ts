import { createHash } from 'node:crypto';
import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import type { peopleApi } from '../../../contract/people/people.ts';
import { OurError, UserError } from '../../domain/errors.ts';
import type { ByteAnswer } from '../../ports/byte-answer.ts';
import type { DirectoryPhoto } from '../../ports/directory-source.ts';
import { cardOf } from './card.ts';
import type { PeopleDeps } from './deps.ts';
import { createPhotoCache } from './photo-cache.ts';
import { asked, searchPeople } from './search.ts';

export type { KnownPerson, PeopleDeps } from './deps.ts';

/** Colleagues, for people of the organisation who are signed in. */
export interface PeopleFeature {
  handlers: Handlers<typeof peopleApi>;
  photo(input: { params: { id: string } }, caller: Caller): Promise<ByteAnswer>;
}

export function createPeopleFeature(deps: PeopleDeps): PeopleFeature {
  const cached = createPhotoCache(deps.clock);

  async function ask(tenantId: string, personId: string): Promise<DirectoryPhoto | null> {
    const mailbox = await deps.accounts.mailboxOf(tenantId, personId);
    const directory = mailbox && deps.directories.find(({ instance }) => instance === mailbox.instance);
    return directory ? asked(deps, directory.instance, directory.photo(mailbox.id)) : null;
  }

  return {
    handlers: {
      search: ({ query }, caller) => searchPeople(deps, caller.tenantId, query.q),
      card: async ({ query }, caller) => ({ card: await cardOf(deps, caller.tenantId, query.address, me(caller)) }),
      together: async ({ query }, caller) => ({ together: await deps.availability.together(caller.tenantId, me(caller), query.address) }),
    },
    async photo({ params }, { tenantId }) {
      const photo = await cached(`${tenantId}/${params.id}`, () => ask(tenantId, params.id));
      if (!photo) throw new UserError(404, { code: 'photo-none', message: 'There is no picture of this person.' });
      const { bytes, contentType } = photo;
      return {
        contentType, length: bytes.length, version: createHash('sha256').update(bytes).digest('hex').slice(0, 16), fileName: contentType === 'image/png' ? 'photo.png' : 'photo.jpg', isDownload: false,
        read: (from, to) => [bytes.subarray(from, to)],
      };
    },
  };
}

function me({ personId }: Caller): string {
  if (personId === null) throw new OurError('a card needs a viewer');
  return personId;
}
