import { associate, whenReady } from '../office/events.ts';
import type { RibbonEvent } from '../office/events.ts';
import { onNewAppointmentOrganizer } from './add.ts';
import { onAppointmentOrganizer } from './renew.ts';
import { onAppointmentSend } from './send.ts';

/**
 * What Outlook starts by itself, in one file for two worlds: a hidden page (web, new Outlook, Mac) and the bare script
 * engine of classic Outlook for Windows, which has no window, no document and an old syntax.
 */

/** Nothing to do yet: what changed is read when the invite is sent. The manifest names the event already, because adding one later costs new consent. */
function nothingYet(event: RibbonEvent): void {
  event.completed();
}

associate('onAppointmentSend', onAppointmentSend);
associate('onAppointmentOrganizer', onAppointmentOrganizer);
associate('onNewAppointmentOrganizer', onNewAppointmentOrganizer);
associate('onAppointmentAttendeesChanged', nothingYet);
associate('onAppointmentTimeChanged', nothingYet);
associate('onAppointmentRecurrenceChanged', nothingYet);

/** Pages are counted as up only when they ask for the context; the bare engine does not run what follows, and need not. */
void whenReady();
