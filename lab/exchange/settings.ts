import type { Person } from './types.ts';

/** Out-of-office of a mailbox. Instants epoch ms UTC; start and end stay when the status is no longer `scheduled`, as in Exchange. Messages are HTML. */
export interface AutomaticReplies {
  status: 'disabled' | 'alwaysEnabled' | 'scheduled';
  externalAudience: 'none' | 'contactsOnly' | 'all';
  start: number;
  end: number;
  internalMessage: string;
  externalMessage: string;
}

/** Times of the day `HH:mm:ss`, on the wall of `timeZone` (IANA). */
export interface WorkingHours { days: string[]; startTime: string; endTime: string; timeZone: string }

export interface MailboxSettings { automaticReplies: AutomaticReplies; timeZone: string; workingHours: WorkingHours }

/** What a new mailbox has; the schedule stands at `now` (epoch ms UTC) and is not used. */
export function newSettings({ timeZone }: Person, now: number): MailboxSettings {
  const day = 24 * 3_600_000;
  return {
    automaticReplies: { status: 'disabled', externalAudience: 'all', start: now, end: now + day, internalMessage: '', externalMessage: '' },
    timeZone,
    workingHours: { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], startTime: '08:00:00', endTime: '17:00:00', timeZone },
  };
}
