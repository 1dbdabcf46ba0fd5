import { openAppointment, peopleInMail } from '../office/new-appointment.ts';
import type { Server } from '../talk/server.ts';

/**
 * A new invite to everybody in the mail beside the pane, with a conference in it. Outlook cannot hand custom properties
 * to the new window; the link in its text is what the send handler finds.
 */
export async function newInvite(server: Server): Promise<void> {
  const { subject, attendees } = peopleInMail();
  const { conference, block } = await server.client.hold({ idempotencyKey: crypto.randomUUID(), subject: subject.slice(0, 255) });
  try {
    await openAppointment({ subject, attendees, body: block.html, location: conference.joinUrl });
  } catch (fault) {
    await server.client.release(conference.id).catch(() => undefined);
    throw fault;
  }
}
