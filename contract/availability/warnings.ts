/** What an administrator should know before saving: a setting that is allowed and hardly meant. */
export type AvailabilityWarning = 'nothing-counts' | 'calendar-off';

interface Asked {
  followsCalendar: boolean;
  mapping: Readonly<Record<string, string>>;
  rules: readonly { makes: string }[];
}

/**
 * Plain code, for the page and the server alike. `nothing-counts`: every appointment is ignored, by the mapping and by each rule, so nobody's phone follows a calendar
 * any more.
 */
export function availabilityWarnings({ followsCalendar, mapping, rules }: Asked): AvailabilityWarning[] {
  if (!followsCalendar) return ['calendar-off'];
  const makes = [...Object.values(mapping), ...rules.map((rule) => rule.makes)].filter((each) => each !== 'mapping');
  return makes.every((each) => each === 'ignore') ? ['nothing-counts'] : [];
}
