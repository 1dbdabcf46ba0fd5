import { officeCall } from './call.ts';
import { currentItem } from './item.ts';
import { hasMailbox } from './support.ts';

/**
 * Calls `changed` when people, times, the series or the places of the appointment change. Outlook tells nothing of its
 * text, and an Outlook before Mailbox 1.7 nothing at all.
 *
 * @returns ends it.
 */
export function onInviteChanged(changed: () => void): () => void {
  const item = currentItem();
  let ended = false;
  const hear = (): void => {
    if (!ended) changed();
  };
  const end = (): void => {
    ended = true;
  };
  if (item === undefined || !hasMailbox('1.7')) return end;
  const types = [Office.EventType.RecipientsChanged, Office.EventType.AppointmentTimeChanged, Office.EventType.RecurrenceChanged];
  if (hasMailbox('1.8')) types.push(Office.EventType.EnhancedLocationsChanged);
  for (const type of types) officeCall<void>('item.addHandlerAsync', (done) => item.addHandlerAsync(type, hear, done)).catch(() => undefined);
  // Handlers are not taken away: removing one removes those of every other part of the pane for that event.
  return end;
}
