import { availabilitySettings } from '../../../../../contract/availability/availability.ts';
import type { Appointment } from '../../../../../server/features/availability/rules/appointment.ts';
import type { Policy } from '../../../../../server/features/availability/rules/policy.ts';
import type { Facts } from '../../../../../server/features/availability/rules/timeline.ts';

/** What everybody has who set nothing: the very settings that are shipped, so that the seed's tables are proved of them. */
export const seedPolicy: Policy = availabilitySettings.standard;

/** Instants of Saturday 28 November 2026, "09:30" Berlin time, epoch ms. */
export function at(time: string, day = '2026-11-28'): number {
  return Date.parse(`${day}T${time}:00+01:00`);
}

export const midnight = { from: at('00:00'), to: at('00:00', '2026-11-29') };

/** A meeting from 10 to 11 with two others, which the owner made. */
export function meeting(change: Partial<Appointment> = {}): Appointment {
  const startsAt = change.startsAt ?? at('10:00');
  return {
    id: 'meeting', seriesKey: change.id ?? 'meeting', originalStart: startsAt, startsAt, endsAt: at('11:00'), days: null, showAs: 'busy', subject: 'Budget', location: 'Room 4.12',
    categories: [], organizer: 'anna@example.com', attendees: 2, response: 'organizer', isPrivate: false, isCancelled: false, ...change,
  };
}

export function policy(change: Partial<Policy> = {}): Policy {
  return { ...seedPolicy, ...change };
}

export function facts(change: Partial<Facts> = {}): Facts {
  return { zone: 'Europe/Berlin', appointments: [], riding: [], outOfOffice: null, manual: null, policy: seedPolicy, ...change };
}
