import type { KnownPerson } from '../../../../contract/people/known-people.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { SettingsForm } from '../../parts/settings/form.tsx';
import { useLayer } from '../../parts/settings/use-layer.ts';
import { ofPerson } from '../../parts/settings/whose.ts';
import { useSurroundings } from '../../surroundings.tsx';

/**
 * Before a calendar drives somebody's phone (A124): what is missing and where it comes from (an address, a mailbox under one of their addresses (A156), a line), and the switch with
 * who set it.
 */
export function Preconditions({ person: { personId, address, mailboxes, lines } }: { person: KnownPerson }) {
  const words = ruleWords(useSurroundings().language).timeline;
  const layer = useLayer('availability', ofPerson(personId));
  return (
    <section className="card" aria-label={words.needs}>
      <h2>{words.needs}</h2>
      {address === '' ? <p>{words.noAddress}</p> : null}
      {mailboxes.length === 0 ? <p>{words.noMailbox}</p> : null}
      {lines.length === 0 ? <p>{words.noLine}</p> : null}
      <SettingsForm layer={layer} only={['followsCalendar', 'calendarDetail']} />
    </section>
  );
}
