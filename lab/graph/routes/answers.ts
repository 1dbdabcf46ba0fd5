import type { Answer } from '../../exchange/index.ts';
import { badRequest } from '../errors.ts';
import { field, listField, textField } from '../json.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { underCalendars } from './calendar-scope.ts';
import { eventOf } from './events.ts';

const accepted: Reply = { status: 202 };

function respond(answer: Answer): MailboxRoute['handle'] {
  return (call) => {
    call.world.exchange.respond(call.mailbox.id, eventOf(call).id, answer, { comment: textField(call.body, 'comment') ?? '', sendResponse: field(call.body, 'sendResponse') !== false });
    return accepted;
  };
}

/** Works on a meeting and on one occurrence; an attendee gets 400. */
function cancel(call: MailboxCall): Reply {
  call.world.exchange.cancel(call.mailbox.id, eventOf(call).id, textField(call.body, 'comment') ?? '');
  return accepted;
}

/** Addresses of a list of recipients. Throws GraphError when one has none. */
export function recipients(list: unknown[]): string[] {
  return list.map((each) => {
    const address = textField(field(each, 'emailAddress'), 'address');
    if (!address) throw badRequest('ErrorInvalidRecipients', 'At least one recipient is not valid.');
    return address;
  });
}

function forward(call: MailboxCall): Reply {
  const to = recipients(listField(call.body, 'toRecipients') ?? []);
  if (to.length === 0) throw badRequest('ErrorInvalidRecipients', 'At least one recipient must be specified.');
  call.world.exchange.forward(call.mailbox.id, eventOf(call).id, to, textField(call.body, 'comment') ?? '');
  return accepted;
}

export const answerRoutes: MailboxRoute[] = [
  ...underCalendars('POST', 'events/{event}/accept', 'Calendars.ReadWrite', respond('accepted')),
  ...underCalendars('POST', 'events/{event}/decline', 'Calendars.ReadWrite', respond('declined')),
  ...underCalendars('POST', 'events/{event}/tentativelyAccept', 'Calendars.ReadWrite', respond('tentativelyAccepted')),
  ...underCalendars('POST', 'events/{event}/cancel', 'Calendars.ReadWrite', cancel),
  ...underCalendars('POST', 'events/{event}/forward', 'Calendars.ReadWrite', forward),
];
