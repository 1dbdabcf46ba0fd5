import { TheirError } from '../../domain/errors.ts';
import { withDeadline } from '../../outbound/deadline.ts';
import type { Clock } from '../../ports/clock.ts';
import { submit, type SessionOptions } from './client/session.ts';

export interface SmtpOptions {
  instance: string;
  from: string;
  deadlineMs: number;
  clock: Clock;
  /** Everything for one connection; a token is asked for anew each time. */
  session(): Promise<SessionOptions>;
  /** Hears how each mail went, for the status: null when it was taken. */
  onOutcome(trouble: TheirError | null): void;
}

/** Hands one composed mail over, at most once, whatever it is about. Throws TheirError. */
export async function handOver({ instance, from, deadlineMs, clock, session, onOutcome }: SmtpOptions, to: string, compose: () => Promise<Buffer>): Promise<void> {
  try {
    const message = await compose();
    const options = await session();
    await withDeadline({ clock, connector: instance, what: 'hand over a mail', ms: deadlineMs }, (signal) => submit(options, { from, to }, message, signal));
    onOutcome(null);
  } catch (error) {
    const trouble = error instanceof TheirError ? error : new TheirError(instance, 'refused', 'the mail cannot be written', { cause: error });
    // A guest's address that is refused says nothing of the server.
    onOutcome(trouble.fault === 'refused' ? null : trouble);
    throw trouble;
  }
}
