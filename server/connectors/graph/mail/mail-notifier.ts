import { z } from 'zod';
import type { MailNotifier } from '../../../ports/mail-notifier.ts';
import { graphPath } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { largestInline, noticeBody } from './message.ts';

/**
 * Sends from one mailbox, for people whose own the app may not write to. Taken is not delivered: Graph answers 202 whatever becomes of it. Nothing is left among the
 * sent items, which nobody would tidy.
 */
export function createMailNotifier({ instance, client, sendFrom }: { instance: string; client: GraphClient; sendFrom: string }): MailNotifier {
  return {
    instance,
    maxAudioBytes: largestInline,
    noFolders: { reason: 'Mails are only sent to people whose mailboxes this app may not write to.', remedy: 'Give the app the right Mail.ReadWrite for these mailboxes, or let a rule of theirs move what has the header X-Tieline-Voicemail.' },
    async notify(to, draft) {
      await client.call(
        {
          what: 'send a mail', method: 'POST', target: { path: graphPath`/users/${sendFrom}/sendMail` }, body: { message: noticeBody(draft, to), saveToSentItems: false }, right: 'Mail.Send',
          budget: { workload: 'mailbox', mailbox: sendFrom }, repeat: 'if-refused',
        },
        z.unknown(),
      );
    },
  };
}
