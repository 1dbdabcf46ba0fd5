import { z } from 'zod';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { MailDraft } from '../../../ports/mail-store.ts';
import { graphPath } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import type { Transport } from '../client/transport.ts';

/** Slices are smaller than 4 MB and, by the same page, multiples of 320 KiB (learn.microsoft.com/graph/outlook-large-attachments). */
const sliceBytes = 11 * 320 * 1_024;

const session = z.object({ uploadUrl: z.url({ protocol: /^https$/ }) });

/** Lays a sound of more than 3 MB into a message, slice by slice. The address for the slices proves itself and is at another service: our token does not go there. */
export async function uploadAudio({ client, transport, instance }: { client: GraphClient; transport: Transport; instance: string }, mailbox: MailboxRef, messageId: string, audio: NonNullable<MailDraft['audio']>): Promise<void> {
  const what = 'upload the sound of a voicemail';
  const size = audio.bytes.length;
  const { uploadUrl } = await client.call(
    {
      what, method: 'POST', target: { path: graphPath`/users/${mailbox.id}/messages/${messageId}/attachments/createUploadSession` },
      body: { AttachmentItem: { attachmentType: 'file', name: audio.fileName, size, contentType: audio.contentType } },
      right: 'Mail.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always',
    },
    session,
  );
  for (let from = 0; from < size; from += sliceBytes) {
    const slice = audio.bytes.subarray(from, from + sliceBytes);
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(slice.length), 'content-range': `bytes ${from}-${from + slice.length - 1}/${size}` };
    const answer = await client.budgets.run({ workload: 'mailbox', mailbox: mailbox.id }, () => transport.send(what, uploadUrl, { method: 'PUT', headers, body: slice }), { cost: 1 });
    if (!answer.ok) throw new TheirError(instance, faultOf(answer.status), `${what}: HTTP ${answer.status}`);
  }
}

function faultOf(status: number): 'throttled' | 'unavailable' | 'full' | 'refused' {
  if (status === 429) return 'throttled';
  if (status === 507) return 'full';
  return status >= 500 ? 'unavailable' : 'refused';
}
