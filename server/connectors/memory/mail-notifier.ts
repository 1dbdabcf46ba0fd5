import { TheirError } from '../../domain/errors.ts';
import type { MailNotifier } from '../../ports/mail-notifier.ts';
import type { MailDraft } from '../../ports/mail-store.ts';

/** A mail system that only sends, and is nothing but its promises. */
export interface MemoryMailNotifier {
  readonly port: MailNotifier;
  /** What was taken, oldest first. */
  readonly outbox: { to: string; draft: MailDraft }[];
  /** What becomes of the next mails: taken; taken without a word; certainly not taken for now; never; never with a sound; not with these credentials. */
  behave(how: 'well' | 'silent' | 'away' | 'refuses' | 'refuses sounds' | 'denies'): void;
}

export function createMemoryMailNotifier({ instance, maxAudioBytes = 1_000_000 }: { instance: string; maxAudioBytes?: number }): MemoryMailNotifier {
  const outbox: MemoryMailNotifier['outbox'] = [];
  let how: Parameters<MemoryMailNotifier['behave']>[0] = 'well';
  return {
    outbox,
    behave: (next) => void (how = next),
    port: {
      instance,
      maxAudioBytes,
      noFolders: { reason: 'It only sends.', remedy: 'Connect the mailbox.' },
      async notify({ address }, draft) {
        if (how === 'away') throw new TheirError(instance, 'unavailable', 'does not answer');
        if (how === 'denies') throw new TheirError(instance, 'denied', 'does not know us', { remedy: 'Correct the password.' });
        if (how === 'refuses' || (how === 'refuses sounds' && draft.audio !== null)) throw new TheirError(instance, 'refused', 'takes no such mail');
        outbox.push({ to: address, draft });
        if (how === 'silent') throw new TheirError(instance, 'no-answer', 'took the mail and said nothing');
      },
    },
  };
}
