/** Wall time in a zone, by the browser's own tables. Zones are IANA names; instants epoch ms UTC. `month` counts from 1. */
export interface WallTime { year: number; month: number; day: number; hour: number; minute: number }

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  formats.set(zone, made);
  return made;
}

export function wallTime(instant: number, zone: string): WallTime {
  const parts = Object.fromEntries(format(zone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return { year, month, day, hour, minute };
}

function asUtc({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** Minutes that the zone is ahead of UTC at `instant`. */
export function offsetMinutes(instant: number, zone: string): number {
  return Math.round((asUtc(wallTime(instant, zone)) - Math.floor(instant / 60_000) * 60_000) / 60_000);
}

/** The instant at which the zone's wall shows `wall`. A time that a change of clocks skips moves ahead; of a time that comes twice it is the first. */
export function instantOf(wall: WallTime, zone: string): number {
  const utc = asUtc(wall);
  const candidates = [utc - 86_400_000, utc + 86_400_000].map((near) => utc - offsetMinutes(near, zone) * 60_000);
  const exact = candidates.filter((instant) => asUtc(wallTime(instant, zone)) === utc);
  return exact.length > 0 ? Math.min(...exact) : (candidates[0] ?? utc);
}

/** `yyyy-MM-dd` of a wall time. */
export function isoDate({ year, month, day }: WallTime): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export interface ZoneRange { start: string; end: string; offset: string }

/** The zone's offsets from `from` to `to` as Office.js wants them: strings, milliseconds and minutes. */
export function offsetRanges(zone: string, from: number, to: number): ZoneRange[] {
  const ranges: { start: number; offset: number }[] = [];
  // Clock changes lie months apart; a step of a day and a search to the minute finds each.
  for (let day = from; day < to; day += 86_400_000) {
    const offset = offsetMinutes(day, zone);
    if (ranges.at(-1)?.offset === offset) continue;
    ranges.push({ start: ranges.length === 0 ? from : changeBetween(day - 86_400_000, day, zone), offset });
  }
  return ranges.map(({ start, offset }, index) => ({ start: String(start), end: String(ranges[index + 1]?.start ?? to), offset: String(offset) }));
}

function changeBetween(before: number, after: number, zone: string): number {
  const old = offsetMinutes(before, zone);
  let [low, high] = [before, after];
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 120_000) * 60_000;
    if (middle <= low || middle >= high) break;
    if (offsetMinutes(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}
