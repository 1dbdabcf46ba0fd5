import { BODY_LIMIT } from '../../../../invitation/types.ts';
import { foreignName } from '../../../../invitation/foreign-name.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { refusalOf } from '../../../invite/refusal.ts';
import { ownAddress } from '../../../office/context.ts';
import { copyText } from '../../parts/copy-button.tsx';
import { Message } from '../../parts/message.tsx';
import type { Said } from '../../parts/message.tsx';
import type { MessageWords } from '../../../../words/messages/en.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { bridgeIsSilent } from './status.ts';
import type { Shown } from './shown-invite.ts';
import type { InviteActions } from './use-invite.ts';

interface Given {
  messages: MessageWords;
  language: string;
  server: string;
  again: () => void;
  add: () => void;
}

/** A failure as a message with its remedy (ux.md section 6). Signing in has a screen of its own. */
export function saidOf(trouble: Trouble, { messages, language, server, again, add }: Given): Said | undefined {
  const number = new Intl.NumberFormat(language);
  switch (trouble.kind) {
    case 'unreachable': {
      const { lead, text, button } = messages.unreachable;
      return { weight: 'red', lead, text, actions: [{ label: button, run: again }], details: [[messages.detailsOf.reference, trouble.reference]] };
    }
    case 'not-allowed': {
      const { lead, text, button, note } = messages.notAllowed;
      const copy = (): void => void copyText(note(ownAddress(), server, trouble.reference));
      return { weight: 'red', lead, text, actions: [{ label: button, run: copy }] };
    }
    case 'full': {
      const { lead, text, button } = messages.full;
      return { weight: 'red', lead, text: text(number.format(BODY_LIMIT), number.format(trouble.over)), actions: [{ label: button, run: add }] };
    }
    case 'outlook': {
      const { lead, text, button } = messages[refusalOf(trouble.code)];
      return { weight: 'red', lead, text, actions: [{ label: button, run: again }], details: [[messages.detailsOf.code, `${trouble.call} ${trouble.code}`]] };
    }
    case 'changed-elsewhere': {
      const { lead, text, button } = messages.changedElsewhere;
      return { weight: 'amber', lead, text, actions: [{ label: button, run: again }] };
    }
    case 'refused': {
      const { lead, text, button } = messages.refused;
      const { code, detail, remedy, reference } = trouble;
      return {
        weight: 'red',
        lead,
        text,
        actions: [{ label: button, run: again }],
        details: [[messages.detailsOf.code, [code, detail, remedy].filter((part) => part !== '').join('. ')], [messages.detailsOf.reference, reference]],
      };
    }
    default:
      return undefined;
  }
}

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
