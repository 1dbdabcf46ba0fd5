import { BODY_LIMIT } from '../../../../invitation/types.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { refusalOf } from '../../../invite/refusal.ts';
import { ownAddress } from '../../../office/context.ts';
import { copyText } from '../../parts/copy-text.ts';
import type { Said } from '../../parts/message.tsx';
import type { MessageWords } from '../../../../words/messages/en.ts';

interface Given {
  messages: MessageWords;
  language: string;
  server: string;
  again: () => void;
  add: () => void;
  /** What it means, and what to do, while Tieline cannot be reached: where that is not about an invite. */
  unreached?: string;
}

/** A failure as a message with its remedy (ux.md section 6). Signing in has a screen of its own. */
export function saidOf(trouble: Trouble, { messages, language, server, again, add, unreached }: Given): Said | undefined {
  const number = new Intl.NumberFormat(language);
  switch (trouble.kind) {
    case 'unreachable': {
      const { lead, text, button } = messages.unreachable;
      return { weight: 'red', lead, text: unreached ?? text, actions: [{ label: button, run: again }], details: [[messages.detailsOf.reference, trouble.reference]] };
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
      const { lead, text, elsewhere, button } = messages.refused;
      const { code, detail, remedy, reference } = trouble;
      return {
        weight: 'red',
        lead,
        text: unreached === undefined ? text : elsewhere,
        actions: [{ label: button, run: again }],
        details: [[messages.detailsOf.code, [code, detail, remedy].filter((part) => part !== '').join('. ')], [messages.detailsOf.reference, reference]],
      };
    }
    default:
      return undefined;
  }
}
