import { createLabClock } from '../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../lab/clock.ts';
import { createExchange } from '../../../../lab/exchange/index.ts';
import type { Draft, Exchange, MailKind } from '../../../../lab/exchange/index.ts';

export const ada = 'ada@contoso.test';
export const bob = 'bob@contoso.test';
export const outsider = 'olga@elsewhere.test';

/** Two mailboxes and a clock that stands still at 20 March 2026, 08:00 UTC. */
export function twoPeople(): { exchange: Exchange; clock: TurnableClock } {
  const clock = createLabClock({ startAt: Date.parse('2026-03-20T08:00:00Z'), paused: true });
  const people = [{ name: 'Ada Berger', address: ada, timeZone: 'W. Europe Standard Time' }, { name: 'Bob Hill', address: bob, timeZone: 'Europe/London' }];
  return { clock, exchange: createExchange({ clock, domain: 'contoso.test', people }) };
}

export const meeting: Draft = {
  subject: 'Plan', start: Date.parse('2026-03-23T08:00:00Z'), end: Date.parse('2026-03-23T09:00:00Z'), zone: 'Europe/Berlin', body: { type: 'html', content: '<p>Hello</p>' },
  attendees: [{ address: bob }, { address: outsider }],
};

export const weekly: Draft = {
  ...meeting, recurrence: { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] }, range: { type: 'numbered', startDate: '2026-03-23', numberOfOccurrences: 4 } },
};

/** Mails since `from`, as `kind recipient`. */
export function mailsSince({ mails }: Exchange, from = 0): string[] {
  return mails.slice(from).map(({ kind, to }: { kind: MailKind; to: string }) => `${kind} ${to}`);
}
