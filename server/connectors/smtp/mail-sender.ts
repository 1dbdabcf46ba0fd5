import { TheirError } from '../../domain/errors.ts';
import { withDeadline } from '../../outbound/deadline.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MailSender } from '../../ports/mail-sender.ts';
import { compose } from './client/compose.ts';
import { submit, type SessionOptions } from './client/session.ts';

export interface SmtpSenderOptions {
  instance: string;
  from: string;
  deadlineMs: number;
  clock: Clock;
  /** Everything for one connection; a token is asked for anew each time. */
  session(): Promise<SessionOptions>;
  /** Hears how each mail went, for the status: null when it was taken. */
  onOutcome(trouble: TheirError | null): void;
}

export function createSmtpSender({ instance, from, deadlineMs, clock, session, onOutcome }: SmtpSenderOptions): MailSender {
  return {
    instance,
    from,
    async send(mail) {
      try {
        const message = await compose(mail, from, clock.now());
        const options = await session();
        await withDeadline({ clock, connector: instance, what: 'hand over a mail', ms: deadlineMs }, (signal) => submit(options, { from, to: mail.to.address }, message, signal));
        onOutcome(null);
      } catch (error) {
        const trouble = error instanceof TheirError ? error : new TheirError(instance, 'refused', 'the mail cannot be written', { cause: error });
        // A guest's address that is refused says nothing of the server.
        onOutcome(trouble.fault === 'refused' ? null : trouble);
        throw trouble;
      }
    },
  };
}
