/** Words for what Asterisk puts together from single sounds. */

const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

interface WallTime { weekday: string; year: number; month: number; day: number; hour: number; minute: number; second: number }

/** An instant (epoch ms, UTC) as clocks in `zone` (IANA) show it. Throws RangeError for an unknown zone. */
function wallTime(instant: number, zone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, weekday: 'long', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return {
    weekday: part('weekday'), year: Number(part('year')), month: Number(part('month')), day: Number(part('day')),
    hour: Number(part('hour')), minute: Number(part('minute')), second: Number(part('second')),
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function ordinal(day: number): string {
  const ending = day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th';
  return `${day}${ending}`;
}

/** Letters of Asterisk's format for times (say.conf of the sample configuration). Those that are not here say nothing. */
const letters: Record<string, (time: WallTime) => string> = {
  A: (time) => time.weekday,
  a: (time) => time.weekday,
  B: (time) => monthNames[time.month - 1] ?? '',
  b: (time) => monthNames[time.month - 1] ?? '',
  h: (time) => monthNames[time.month - 1] ?? '',
  d: (time) => ordinal(time.day),
  e: (time) => ordinal(time.day),
  Y: (time) => String(time.year),
  I: (time) => String(time.hour % 12 || 12),
  l: (time) => String(time.hour % 12 || 12),
  H: (time) => twoDigits(time.hour),
  k: (time) => String(time.hour),
  M: (time) => `:${twoDigits(time.minute)}`,
  P: (time) => (time.hour < 12 ? 'AM' : 'PM'),
  p: (time) => (time.hour < 12 ? 'AM' : 'PM'),
  R: (time) => `${twoDigits(time.hour)}:${twoDigits(time.minute)}`,
  S: (time) => `:${twoDigits(time.second)}`,
  T: (time) => `${twoDigits(time.hour)}:${twoDigits(time.minute)}:${twoDigits(time.second)}`,
};

/** SAY DATETIME: `format` letter by letter, `'sound'` names in quotes (spoken by their last part). Instant epoch ms, UTC; zone IANA. */
export function timeWords(instant: number, format: string, zone: string): string {
  const time = wallTime(instant, zone);
  const words = [...format.matchAll(/'([^']*)'|([A-Za-z])/g)].map(([, sound, letter]) => (sound === undefined ? (letters[letter ?? '']?.(time) ?? '') : (sound.split('/').at(-1) ?? '')));
  return words.filter(Boolean).join(' ').replaceAll(' :', ':');
}

/** Digits one by one. */
export function digitWords(digits: string): string {
  return digits.split('').join(' ');
}
