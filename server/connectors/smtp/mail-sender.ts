import type { MailSender } from '../../ports/mail-sender.ts';
import { compose } from './client/compose.ts';
import { handOver, type SmtpOptions } from './hand-over.ts';

export function createSmtpSender(options: SmtpOptions): MailSender {
  const { instance, from, clock } = options;
  return { instance, from, send: (mail) => handOver(options, mail.to.address, () => compose(mail, from, clock.now())) };
}
