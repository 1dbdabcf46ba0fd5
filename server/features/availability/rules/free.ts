import { DateTime } from 'luxon';
import type { Segment } from './timeline.ts';

/** Working hours are in no setting yet: offices everywhere are open then. */
const [opens, closes] = [8, 18];
const halfHour = 30 * 60_000;

/**
 * The first half hour, beginning at a full or half hour from `now` on, in which somebody is available: on a weekday between 8 and 18 in `zone` (IANA). Null when the timeline,
 * or a week, has none. Instants epoch ms, UTC.
 */
export function nextFreeHalfHour(segments: readonly Segment[], now: number, zone: string): { from: number; to: number } | null {
  const last = Math.min(segments.at(-1)?.to ?? now, now + 7 * 24 * 60 * 60_000);
  for (let from = Math.ceil(now / halfHour) * halfHour; from + halfHour <= last; from += halfHour) {
    const start = DateTime.fromMillis(from, { zone });
    if (start.weekday > 5 || start.hour < opens || start.hour >= closes) continue;
    const isFree = segments.every((each) => each.to <= from || each.from >= from + halfHour || each.state.availability === 'available');
    if (isFree) return { from, to: from + halfHour };
  }
  return null;
}
