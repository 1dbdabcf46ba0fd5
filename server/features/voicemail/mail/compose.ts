import { timesFor } from '../../../../words/times.ts';
import { voicemailMailWords, type VoicemailMailWords } from '../../../../words/voicemail-mail.ts';
import { html, type Html } from '../../../domain/html.ts';
import type { MailDraft } from '../../../ports/mail-store.ts';
import type { MailSound } from './attachment.ts';
import type { Pair } from '../rules/pair.ts';
import type { VoicemailPolicy } from '../rules/policy.ts';

/** What the mails of all people share. */
export interface MailFrame {
  fromAddress: string;
  /** The page of one voicemail; its id is put behind it: 'https://tieline.example.com/voicemail/'. */
  pageBase: string;
}

type Texts = Pick<MailDraft, 'from' | 'subject' | 'text' | 'html'>;

/**
 * The texts of a voicemail's mail: all that somebody needs on a phone without a pane. What the caller said of themselves is hostile: it was cleaned when it came
 * in, and is escaped here. `noticeFor`: the owner's name, where the mail is a notice to an address of their choice.
 */
export function composeMail({ id, call, leftAt }: Pair, { language, timeZone }: Pick<VoicemailPolicy, 'language' | 'timeZone'>, { fromAddress, pageBase }: MailFrame, missing: MailSound['missing'], noticeFor?: string): Texts {
  const words = voicemailMailWords(language);
  const caller = call.name || call.number || words.unknownCaller;
  const seconds = Math.max(0, Math.round(call.durationSeconds));
  const length = words.minutes(Math.floor(seconds / 60), seconds % 60);
  const link = `${pageBase}${id}`;
  const number = call.number === '' || call.number === caller ? [] : [{ name: words.number, value: call.number, shown: numberHtml(call.number) }];
  // Where no zone is known it is UTC, and a time without a word would be read as the reader's own.
  const left = `${timesFor(language, timeZone || 'UTC').dayAndTime(leftAt)}${timeZone === '' || timeZone === 'UTC' ? ' UTC' : ''}`;
  const facts: { name: string; value: string; shown?: Html }[] = [
    { name: words.from, value: caller, ...(caller === call.number ? { shown: numberHtml(caller) } : {}) }, ...number, { name: words.leftAt, value: left }, { name: words.length, value: length },
  ];
  const lines = [whereText(words, missing), ...(noticeFor === undefined ? [] : [words.noticeFor(noticeFor)])];
  const rows = facts.map(({ name, value, shown }) => html`<tr><th align="left" style="padding:0 12px 4px 0">${name}</th><td style="padding:0 0 4px 0">${shown ?? value}</td></tr>`);
  return {
    from: { name: caller, address: fromAddress },
    subject: (call.isUrgent ? words.urgentSubject : words.subject)(caller, length),
    text: `${facts.map(({ name, value }) => `${name}: ${value}`).join('\n')}\n\n${words.listen}:\n${link}\n\n${lines.join('\n')}\n`,
    html: html`<table role="presentation" border="0" cellpadding="0" cellspacing="0">${rows}</table><p><a href="${link}"><b>${words.listen}</b></a></p>${lines.map((each) => html`<p>${each}</p>`)}`.text,
  };
}

/** One tap calls back. Only what can be dialled becomes a link: a stranger chooses what stands here. */
function numberHtml(number: string): Html {
  const dialled = number.replaceAll(/[\s()./-]/g, '');
  return /^\+?\d{2,20}$/.test(dialled) ? html`<a href="tel:${dialled}">${number}</a>` : html`${number}`;
}

function whereText(words: VoicemailMailWords, missing: MailSound['missing']): string {
  if (missing === null) return words.attached;
  return { 'too-large': words.tooLarge, secure: words.secure, unreadable: words.unreadable, none: words.onPhone }[missing];
}
