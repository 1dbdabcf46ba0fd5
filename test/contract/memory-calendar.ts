import { DateTime } from 'luxon';
import { createLabClock } from '../../lab/clock.ts';
import { createMemoryCalendar } from '../../server/connectors/memory/index.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import type { CalendarWorld } from './calendar-source.ts';

const joinBase = 'https://tieline.test/j';
const ada = { id: 'mailbox-ada', addresses: ['ada@contoso.test'], displayName: 'Ada Berger' };

/** The reference, with a person. */
export async function memoryCalendarWorld(): Promise<CalendarWorld> {
  const clock = createLabClock({ startAt: Date.UTC(2026, 2, 20, 8), paused: true });
  const marked: WakeKey[] = [];
  const memory = createMemoryCalendar({ instance: 'memory', clock, joinBase, keyword: '@conf', mailboxes: [ada], wake: { mark: async (keys) => void marked.push(...keys) } });
  return {
    source: memory.port,
    address: 'Ada@contoso.test',
    joinBase,
    async write({ subject, startsAt, endsAt, timeZone, html, location = '', attendee, isAllDay = false, isPrivate = false, showAs = 'busy', categories = [], days, isBesides = false }) {
      const first = DateTime.fromMillis(startsAt, { zone: timeZone });
      return memory.events.add(ada.id, {
        subject, startsAt, endsAt, timeZone, location, isAllDay, isPrivate, showAs, categories, isBesides, body: { format: 'html', content: html }, organizer: { name: ada.displayName, address: 'ada@contoso.test' },
        attendees: attendee === undefined ? [] : [{ name: '', address: attendee, kind: 'required', response: 'none' }],
        ...(days === undefined ? {} : { starts: Array.from({ length: days }, (_, n) => first.plus({ days: n }).toMillis()) }),
      });
    },
    async change(id, { html, ...changes }) {
      memory.events.change(ada.id, id, { ...changes, ...(html === undefined ? {} : { body: { format: 'html', content: html } }) });
    },
    makeRigid: async (id) => memory.makeRigid(id),
    mailed: () => null,
    remove: async (id) => memory.events.remove(ada.id, id),
    forget: async () => memory.forget(),
    async cut() {
      memory.setAway(true);
      return async () => memory.setAway(false);
    },
    loseSubscriptions: async () => memory.loseSubscriptions(),
    told: async () => marked.splice(0),
    stop: async () => clock.stop(),
  };
}
