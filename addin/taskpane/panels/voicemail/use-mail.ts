import { useCallback } from 'react';
import { headerKey, mailMessageId } from '../../../office/voicemail-mail.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { voicemailTalk } from '../../../talk/voicemail.ts';
import { useAsked } from '../../parts/use-asked.ts';
import type { Asked } from '../../parts/use-asked.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** What the mail beside the pane is about. */
export type MailVoicemail = { kind: 'none' } | { kind: 'mine'; id: string } | { kind: 'not-yours' };

/**
 * Finds the voicemail of the mail that Outlook shows. Its Message-ID and its header are only hints at which one it is: whether this person may hear it the server says, whoever wrote the mail.
 */
export function useMail(): Asked<MailVoicemail> {
  const { server } = useSurroundings();
  return useAsked(
    useCallback(async (): Promise<MailVoicemail> => {
      const messageId = mailMessageId();
      if (messageId === undefined) return { kind: 'none' };
      const talk = voicemailTalk(server.transport);
      const found = await talk.ofMail(messageId);
      if (found !== null) return { kind: 'mine', id: found.id };
      const key = await headerKey();
      if (key === undefined) return { kind: 'none' };
      try {
        return { kind: 'mine', id: (await talk.one(key)).voicemail.id };
      } catch (fault) {
        if (fault instanceof TalkFault && fault.kind === 'not-found') return { kind: 'not-yours' };
        throw fault;
      }
    }, [server]),
  );
}
