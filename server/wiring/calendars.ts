import { createCalendars, type Calendars } from '../calendars/index.ts';
import { hour, type Feature, type World } from './feature.ts';

/** The watch over calendars that all features share. Made before them: they ask it for mailboxes and hear from it. */
export function makeCalendars({ clock, config, connectors, log, store }: Pick<World, 'clock' | 'config' | 'connectors' | 'log' | 'store'>): Calendars {
  return createCalendars({
    clock, log, store,
    sources: connectors.flatMap((each) => each.calendarSource ?? []),
    gatherMs: 1_000,
    sweepMs: config.conference.sweepHours * hour,
    effect: (_name, run) => run(),
  });
}

/** The work of watching. */
export function calendarsFeature({ calendars, tenantId }: World): Feature {
  return { endpoints: [], workHandlers: calendars.workHandlers, resume: () => calendars.resume(tenantId) };
}
