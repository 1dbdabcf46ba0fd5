/** Hours as people of a language tag write them: "2pm" in the United States, "14:00" in Britain and Germany. A tag without a country takes the house's 24 hours. */
export type HourStyle = 12 | 24;

export function hourStyleOf(tag: string): HourStyle {
  if (tag.length === 2) return 24;
  try {
    const { hourCycle } = new Intl.DateTimeFormat(tag, { hour: 'numeric' }).resolvedOptions();
    return hourCycle === 'h12' || hourCycle === 'h11' ? 12 : 24;
  } catch {
    return 24;
  }
}

/** "14:00", or "2pm" and "2:30pm". `hour` 0 to 23. */
export function clockTime(hour: number, minute: number, style: HourStyle): string {
  const minutes = String(minute).padStart(2, '0');
  if (style === 24) return `${String(hour).padStart(2, '0')}:${minutes}`;
  const shown = hour % 12 === 0 ? 12 : hour % 12;
  return `${shown}${minute === 0 ? '' : `:${minutes}`}${hour < 12 ? 'am' : 'pm'}`;
}
