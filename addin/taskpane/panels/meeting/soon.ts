const MINUTE_MS = 60_000;
const SOON_MIN = 60;

/** "in 8 min", "open now"; nothing for a meeting that is far away or over. */
export function soon(startsAt: number, endsAt: number, now: number): { minutes: number } | 'now' | undefined {
  if (now >= startsAt && now < endsAt) return 'now';
  const minutes = Math.ceil((startsAt - now) / MINUTE_MS);
  return minutes > 0 && minutes <= SOON_MIN ? { minutes } : undefined;
}
