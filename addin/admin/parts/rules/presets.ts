import type { Rule } from './rule.ts';

export type PresetName = 'cancelled' | 'declined' | 'unanswered' | 'private' | 'all-day' | 'focus-time' | 'home-office' | 'large-meeting';

/**
 * Rules that many want, to begin with. Calendars have no field for focus time: Viva Insights books it as an appointment of that title with nobody else in it, in the person's language
 * (English and German here).
 */
export const presets: Readonly<Record<PresetName, Omit<Rule, 'id'>>> = {
  cancelled: { when: { isCancelled: true }, makes: 'ignore' },
  declined: { when: { responseIs: ['declined'] }, makes: 'ignore' },
  unanswered: { when: { responseIs: ['none'] }, makes: 'ignore' },
  private: { when: { isPrivate: true }, makes: 'busy' },
  'all-day': { when: { isAllDay: true }, makes: 'ignore' },
  'focus-time': { when: { all: [{ subjectHas: ['focus time', 'fokuszeit'] }, { not: { attendeesAtLeast: 1 } }] }, makes: 'doNotDisturb' },
  'home-office': { when: { any: [{ subjectHas: ['home office', 'homeoffice'] }, { locationHas: ['home office', 'homeoffice'] }] }, makes: 'available' },
  'large-meeting': { when: { attendeesAtLeast: 20 }, makes: 'doNotDisturb' },
};
