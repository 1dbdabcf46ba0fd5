import { officeCall } from './call.ts';
import { currentItem } from './item.ts';
import { hasMailbox } from './support.ts';

/** The header that our mails carry (docs/voicemail.md): a hint at which voicemail this is, never a right to hear it. */
const KEY_HEADER = /^x-tieline-voicemail:\s*([0-9a-f-]{36})\s*$/im;

/** Message-ID of the mail that Outlook shows in read mode; undefined of everything else. */
export function mailMessageId(): string | undefined {
  const id: unknown = currentItem()?.internetMessageId;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** The lookup key in the mail's headers; undefined where there is none, or an Outlook before Mailbox 1.8 does not tell. */
export async function headerKey(): Promise<string | undefined> {
  const item = currentItem();
  if (item === undefined || !hasMailbox('1.8') || typeof item.getAllInternetHeadersAsync !== 'function') return undefined;
  const headers = await officeCall<string>('getAllInternetHeadersAsync', (done) => item.getAllInternetHeadersAsync(done)).catch(() => '');
  return KEY_HEADER.exec(headers)?.[1];
}
