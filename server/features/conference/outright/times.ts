import { DateTime } from 'luxon';

/** "Mon 23 Nov 2026, 14:00 to 14:45 (Berlin)" in a zone and a language; empty without a time. Instants epoch ms, UTC. */
export function spanText({ startsAt, endsAt }: { startsAt: number | null; endsAt: number | null }, timeZone: string, language: string): string {
  if (startsAt === null || endsAt === null) return '';
  const [from, to] = [DateTime.fromMillis(startsAt, { zone: timeZone }), DateTime.fromMillis(endsAt, { zone: timeZone })];
  const day = (at: DateTime): string => dayText(at.toMillis(), timeZone, language);
  const dash = language === 'de' ? 'bis' : 'to';
  const end = from.hasSame(to, 'day') ? to.toFormat('HH:mm') : `${day(to)}, ${to.toFormat('HH:mm')}`;
  return `${day(from)}, ${from.toFormat('HH:mm')} ${dash} ${end} (${placeOf(timeZone)})`;
}

export function dayText(instant: number, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(instant).replaceAll(/[\u202f\u00a0]/g, ' ');
}

export function clockText(instant: number, timeZone: string): string {
  return DateTime.fromMillis(instant, { zone: timeZone }).toFormat('HH:mm');
}

/** "Berlin" of "Europe/Berlin". */
export function placeOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

/** The instant of a form's date and time in a zone; null when it is none (a wall time that the change to summer time leaves out is moved as clocks are). */
export function instantOfForm(date: string, time: string, timeZone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}(:\d{2})?$/.test(time)) return null;
  const wall = DateTime.fromISO(`${date}T${time}`, { zone: timeZone });
  return wall.isValid ? wall.toMillis() : null;
}
