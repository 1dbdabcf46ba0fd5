import type { VoicemailView } from '../../../../../contract/voicemail/voicemail.ts';
import type { ListeningWords } from '../../../../../words/listening/en.ts';
import type { Times } from '../../../../../words/times.ts';
import { openMail } from '../../../../office/new-mail.ts';
import { mailMessageId } from '../../../../office/voicemail-mail.ts';
import { lengthOf, nameOf } from '../shown.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML: what callers say of themselves is a stranger's. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');
}

/** Opens a new mail about a message. The recording goes with it where its own mail is the one that Outlook shows; the person sees both before anything is sent. */
export function forwardByMail(item: VoicemailView, to: readonly string[], words: ListeningWords, times: Times): Promise<void> {
  const name = nameOf(item, words);
  const text = words.mailText(name, item.callerNumber === name ? '' : item.callerNumber, times.dayAndTime(item.leftAt), lengthOf(item.durationSeconds));
  const shown = mailMessageId()?.replaceAll(/^<|>$/g, '');
  return openMail({ to, subject: words.mailSubject(name), html: `<p>${escaped(text)}</p>`, withShown: shown === item.mail.messageId });
}
