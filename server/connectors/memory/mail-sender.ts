import { TheirError } from '../../domain/errors.ts';
import type { MailSender, OutgoingMail } from '../../ports/mail-sender.ts';

/** A mail system that is nothing but its promises. */
export interface MemoryMailSender {
  readonly port: MailSender;
  /** What arrived, oldest first. */
  readonly outbox: OutgoingMail[];
  /** What becomes of the next mails: taken; taken without a word; certainly not taken for now; never. */
  behave(how: 'well' | 'silent' | 'away' | 'refuses'): void;
}

export function createMemoryMailSender({ instance, from }: { instance: string; from: string }): MemoryMailSender {
  const outbox: OutgoingMail[] = [];
  let how: Parameters<MemoryMailSender['behave']>[0] = 'well';
  return {
    outbox,
    behave: (next) => void (how = next),
    port: {
      instance,
      from,
      async send(mail) {
        if (how === 'away') throw new TheirError(instance, 'unavailable', 'does not answer');
        if (how === 'refuses') throw new TheirError(instance, 'refused', 'no such address');
        outbox.push(mail);
        if (how === 'silent') throw new TheirError(instance, 'no-answer', 'took the mail and said nothing');
      },
    },
  };
}
