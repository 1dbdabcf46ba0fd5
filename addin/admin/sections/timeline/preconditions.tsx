import type { ReactNode } from 'react';
import type { KnownPerson } from '../../../../contract/known-people.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { SettingsForm } from '../../parts/settings/form.tsx';
import { useLayer } from '../../parts/settings/use-layer.ts';
import { ofPerson } from '../../parts/settings/whose.ts';
import { useSurroundings } from '../../surroundings.tsx';

function Has({ what, has, none, children }: { what: string; has: boolean; none: string; children: ReactNode }) {
  return (
    <li>
      <b>{what}:</b> {has ? <bdi>{children}</bdi> : none}
    </li>
  );
}

/**
 * What must be there before a calendar drives somebody's phone, and the switch (A124): an address, a mailbox under one of their addresses (A156), a line, and that it is switched on,
 * with who says so.
 */
export function Preconditions({ person: { personId, address, mailboxes, lines } }: { person: KnownPerson }) {
  const words = ruleWords(useSurroundings().language).timeline;
  const layer = useLayer('availability', ofPerson(personId));
  return (
    <section className="card" aria-label={words.needs}>
      <h2>{words.needs}</h2>
      <ul className="findings">
        <Has what={words.address} has={address !== ''} none={words.noAddress}>
          {address}
        </Has>
        <Has what={words.mailbox} has={mailboxes.length > 0} none={words.noMailbox}>
          {mailboxes.map(({ instance, address: mailbox }) => `${mailbox} (${instance})`).join(', ')}
        </Has>
        <Has what={words.line} has={lines.length > 0} none={words.noLine}>
          {lines.map(({ pbx, extension }) => `${extension} (${pbx})`).join(', ')}
        </Has>
      </ul>
      <SettingsForm layer={layer} only={['followsCalendar', 'calendarDetail']} />
    </section>
  );
}
