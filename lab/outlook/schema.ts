import { z } from 'zod';

/** What the page may send: it runs in a browser, so nothing of it is taken on trust. */
const instant = z.number().int();
const namedAddress = z.object({ name: z.string(), address: z.string() });
const pattern = z.object({
  type: z.enum(['daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly']),
  interval: z.number().int().positive(),
  month: z.number().int().optional(),
  dayOfMonth: z.number().int().optional(),
  daysOfWeek: z.array(z.enum(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'])).optional(),
  firstDayOfWeek: z.enum(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']).optional(),
  index: z.enum(['first', 'second', 'third', 'fourth', 'last']).optional(),
});
const range = z.object({
  type: z.enum(['endDate', 'noEnd', 'numbered']),
  startDate: z.string(),
  endDate: z.string().optional(),
  numberOfOccurrences: z.number().int().optional(),
});
const draft = z.object({
  id: z.string().nullable(),
  subject: z.string(),
  body: z.object({ type: z.enum(['html', 'text']), content: z.string() }),
  start: instant,
  end: instant,
  zone: z.string(),
  isAllDay: z.boolean(),
  places: z.array(z.object({ name: z.string(), address: z.string().optional() })),
  attendees: z.array(namedAddress.extend({ type: z.enum(['required', 'optional', 'resource']), response: z.enum(['none', 'organizer', 'tentative', 'accepted', 'declined']) })),
  recurrence: z.object({ pattern, range }).nullable(),
  sensitivity: z.enum(['normal', 'personal', 'private', 'confidential']),
  categories: z.array(z.string()),
  properties: z.record(z.string(), z.string()),
});

const mailbox = z.string().min(1);
const id = z.string().min(1);
const folder = z.enum(['inbox', 'deleteditems']);

export const requests = {
  list: z.object({ mailbox, from: instant, to: instant }),
  read: z.object({ mailbox, id }),
  save: z.object({ mailbox, draft }),
  send: z.object({ mailbox, draft }),
  cancel: z.object({ mailbox, id, comment: z.string() }),
  respond: z.object({ mailbox, id, answer: z.enum(['accepted', 'tentative', 'declined']) }),
  move: z.object({ mailbox, id, start: instant, end: instant }),
  remove: z.object({ mailbox, id }),
  mail: z.object({ mailbox, mail: z.object({ to: z.array(namedAddress), subject: z.string(), body: z.string() }) }),
  mails: z.object({ mailbox, folder }),
  message: z.object({ mailbox, id }),
  'change-message': z.object({ mailbox, id, deed: z.object({ isRead: z.boolean().optional(), moveTo: folder.optional() }) }),
  settings: z.object({ mailbox, settings: z.record(z.string(), z.string()).optional() }),
  token: z.object({ mailbox }),
  'identity-token': z.object({ mailbox }),
  'nested-token': z.object({ mailbox, clientId: z.string(), scope: z.string(), origin: z.url() }),
};
