import type { KnownPerson } from '../../../../contract/known-people.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** One person with what is linked to them, and who says so. */
export function PersonCard({ person: { name, address, lines, mailboxes, groups } }: { person: KnownPerson }) {
  const words = peopleWords(useSurroundings().language);
  const sources = new Map(Object.entries(words.sources));
  return (
    <section className="card" aria-label={name}>
      <p>
        <b>{name}</b> <bdi className="quiet">{address}</bdi>
      </p>
      <p>
        {words.lines}: {lines.length === 0 ? words.noLine : <bdi>{lines.map(({ pbx, extension, source }) => `${extension} (${pbx}, ${sources.get(source) ?? source})`).join('; ')}</bdi>}
      </p>
      <p>
        {words.mailboxes}: {mailboxes.length === 0 ? words.noMailbox : <bdi>{mailboxes.map(({ instance, address: mailbox, source }) => `${mailbox} (${instance}, ${sources.get(source) ?? source})`).join('; ')}</bdi>}
      </p>
      {groups.length === 0 ? null : (
        <p>
          {words.groups}: <bdi>{groups.join(', ')}</bdi>
        </p>
      )}
    </section>
  );
}
