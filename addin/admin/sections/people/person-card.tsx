import { Button, Spinner } from '@fluentui/react-components';
import { lazy, Suspense, useState } from 'react';
import type { KnownPerson } from '../../../../contract/people/known-people.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { ofPerson } from '../../parts/settings/whose.ts';
import { useSurroundings } from '../../surroundings.tsx';

const FeatureSettings = lazy(async () => ({ default: (await import(/* webpackChunkName: "feature-settings" */ '../../parts/settings/feature-settings.tsx')).FeatureSettings }));

/** One person with what is linked to them, and who says so; by wish their settings, each with where it comes from. */
export function PersonCard({ person: { personId, name, address, lines, mailboxes, groups } }: { person: KnownPerson }) {
  const { language, words: page } = useSurroundings();
  const words = peopleWords(language);
  const sources = new Map(Object.entries(words.sources));
  const [isOpen, setOpen] = useState(false);
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
      <Button size="small" aria-expanded={isOpen} aria-label={isOpen ? words.settingsShut(name) : words.settingsOf(name)} onClick={() => setOpen(!isOpen)}>
        {isOpen ? words.settingsClose : words.settings}
      </Button>
      {isOpen ? (
        <Suspense fallback={<Spinner label={page.loading} />}>
          <p className="quiet">{words.settingsAbout}</p>
          <FeatureSettings label={words.teams.feature} whose={ofPerson(personId)} />
        </Suspense>
      ) : null}
    </section>
  );
}
