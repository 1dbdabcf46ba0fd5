import { foreignName } from '../../../../invitation/foreign-name.ts';
import { Message } from '../../parts/message.tsx';
import type { Said } from '../../parts/message.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { bridgeIsSilent } from './status.ts';
import type { Shown } from './shown-invite.ts';
import type { InviteActions } from './use-invite.ts';
import { saidOf } from './trouble-said.ts';

/** Everything that is wrong with this invite, the most urgent first. */
export function Troubles({ shown, actions }: { shown: Shown; actions: InviteActions }) {
  const { messages, language, server, times } = useSurroundings();
  const { trouble, invite, foreign } = shown;
  const said: Said[] = [];
  if (trouble !== undefined) {
    const given = { messages, language, server: new URL(server.origin).host, again: actions.reload, add: () => actions.add({}) };
    const failure = saidOf(trouble, given);
    if (failure !== undefined) said.push(failure);
  }
  if (shown.copied) {
    const { lead, text, button } = messages.copied;
    said.push({ weight: 'red', lead, text, actions: [{ label: button, run: () => actions.add({ fresh: true }) }] });
  }
  if (shown.damaged) {
    const { lead, text, button, leave } = messages.damaged;
    said.push({ weight: 'amber', lead, text, actions: [{ label: button, run: actions.mend }, { label: leave, run: actions.leave }] });
  }
  if (invite !== undefined && bridgeIsSilent(invite.conference)) {
    const { lead, text, button } = messages.phoneSystemSilent;
    const { lastError, since } = invite.conference.bridge;
    const details = [[messages.detailsOf.code, lastError ?? ''], [messages.detailsOf.time, since === null ? '' : times.dayAndTime(since)]] as const;
    said.push({ weight: 'amber', lead, text, actions: [{ label: button, run: actions.reload }], details });
  }
  if (foreign.length > 0) {
    const { lead, text, button } = messages.foreign;
    const isOursToo = invite !== undefined;
    said.push({ weight: 'amber', lead: lead(new Intl.ListFormat(language).format(foreign.map(foreignName))), text, actions: isOursToo ? [{ label: button, run: actions.remove }] : [] });
  }
  return (
    <>
      {said.map((one) => (
        <Message key={one.lead} {...one} />
      ))}
    </>
  );
}
