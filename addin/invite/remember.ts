import type { TicketResponse } from '../../contract/conference/conference.ts';
import { readRecord, writeRecord } from '../office/record.ts';

/** Lays the conference and its send ticket where the send handler finds them. Not fatal: without it the reconciler does the rest. */
export async function remember(api: string, id: string, ticket: TicketResponse['ticket'] | undefined): Promise<void> {
  try {
    const before = await readRecord();
    const isSame = before?.id === id;
    if (ticket === undefined && isSame) return;
    await writeRecord({ api, id, ticket: ticket?.value ?? '', ticketExpiresAt: ticket === undefined ? 0 : Date.parse(ticket.expiresAt), told: isSame ? before.told : undefined });
  } catch {
    return;
  }
}
