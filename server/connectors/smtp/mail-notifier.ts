import type { MailNotifier } from '../../ports/mail-notifier.ts';
import { composeVoicemail } from './client/compose.ts';
import { handOver, type SmtpOptions } from './hand-over.ts';

export function createSmtpNotifier(options: SmtpOptions & { maxAudioBytes: number }): MailNotifier {
  const { instance, from, clock, maxAudioBytes } = options;
  return { instance, maxAudioBytes, notify: (to, draft) => handOver(options, to.address, () => composeVoicemail(draft, to, from, clock.now())) };
}
