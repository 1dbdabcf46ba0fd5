import type { Transport } from '../../../../talk/http.ts';
import { fetchBytes } from '../../../sound/fetch-bytes.ts';

/** Saves a recording, also one that cannot be played; fetched with the person's own token, so that no address of ours opens it by itself. @throws TalkFault */
export async function saveFile(transport: Transport, id: string, name: string): Promise<void> {
  const bytes = await fetchBytes(transport, id, undefined, new AbortController().signal, { download: '1' });
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}
