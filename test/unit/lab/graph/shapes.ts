import { bob, members } from '../../../support/lab-mail.ts';
import type { WireReply } from '../../../support/lab-mail.ts';

/** Monday, 23 March 2026, 9 to 10 in Berlin, with Bob. */
export const event = {
  subject: 'Plan',
  start: { dateTime: '2026-03-23T09:00:00', timeZone: 'W. Europe Standard Time' },
  end: { dateTime: '2026-03-23T10:00:00', timeZone: 'W. Europe Standard Time' },
  body: { contentType: 'HTML', content: '<p>Hello</p>' },
  attendees: [{ type: 'Required', emailAddress: { address: bob } }],
};

export function idOf(reply: WireReply): string {
  return String(members(reply)['id']);
}

/** The members of each entry of `value`. */
export function items(reply: WireReply): Record<string, unknown>[] {
  const { value } = members(reply);
  if (!Array.isArray(value)) throw new Error(`No collection: ${reply.text.slice(0, 200)}`);
  return value.map((each: unknown) => (typeof each === 'object' && each !== null ? Object.fromEntries(Object.entries(each)) : {}));
}

/** The code of a refusal. */
export function codeOf(reply: WireReply): string {
  return /"error":\{"code":"([^"]*)"/.exec(reply.text)?.[1] ?? '';
}
