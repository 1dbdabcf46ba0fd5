import { timesFor } from '../../../words/times.ts';
import { voicemailMailWords } from '../../../words/voicemail-mail.ts';
import type { MailDraft } from '../../ports/mail-store.ts';
import type { Pair } from './pair.ts';
import type { VoicemailPolicy } from './policy.ts';

/** The texts of a voicemail's mail. What the caller said of themselves is hostile: it was cleaned when it came in, and is escaped here. */
export function composeMail({ call, leftAt, hasAudio }: Pair, { language, timeZone, withAudio }: Pick<VoicemailPolicy, 'language' | 'timeZone' | 'withAudio'>, fromAddress: string): Pick<MailDraft, 'from' | 'subject' | 'text' | 'html'> {
  const words = voicemailMailWords(language);
  const caller = call.name || call.number || words.unknownCaller;
  const seconds = Math.max(0, Math.round(call.durationSeconds));
  const length = words.minutes(Math.floor(seconds / 60), seconds % 60);
  const facts: [string, string][] = [
    [words.from, caller], ...(call.number !== '' && call.number !== caller ? [[words.number, call.number] as [string, string]] : []),
    [words.leftAt, timesFor(language, timeZone).dayAndTime(leftAt)], [words.length, length],
  ];
  const where = withAudio && hasAudio ? words.attached : words.onPhone;
  const rows = facts.map(([name, value]) => `<tr><th align="left">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('');
  return {
    from: { name: caller, address: fromAddress },
    subject: (call.isUrgent ? words.urgentSubject : words.subject)(caller, length),
    text: `${facts.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${where}\n`,
    html: `<table>${rows}</table><p>${escapeHtml(where)}</p>`,
  };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
