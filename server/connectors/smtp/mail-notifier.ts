import type { MailNotifier } from '../../ports/mail-notifier.ts';
import { composeVoicemail } from './client/compose.ts';
import { handOver, type SmtpOptions } from './hand-over.ts';

const noFolders = {
  reason: 'This mail server only takes mails and sends them on: where they are put is the mailbox\'s own business.',
  remedy: 'Connect the mailboxes (type graph or imap), or let a rule of the mailboxes move what has the header X-Tieline-Voicemail.',
};

export function createSmtpNotifier(options: SmtpOptions & { maxAudioBytes: number }): MailNotifier {
  const { instance, from, clock, maxAudioBytes } = options;
  return { instance, maxAudioBytes, noFolders, notify: (to, draft) => handOver(options, to.address, () => composeVoicemail(draft, to, from, clock.now())) };
}
