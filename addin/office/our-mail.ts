import { currentItem } from './item.ts';

/** True when the mail that Outlook shows looks like one of ours about a voicemail, by its Message-ID (docs/voicemail.md). A hint for the tab alone. */
export function looksLikeVoicemail(host: string): boolean {
  const [id, domain] = String(currentItem()?.internetMessageId).split('@');
  return id?.length === 37 && (domain === `${host}>` || domain === 'tieline.local>');
}
