import type { LabClock } from '../../clock.ts';
import type { Delivery, NotificationFaults, NotificationItem } from './types.ts';
import { createHostHealth, slowHostDelayMs } from './host-health.ts';
import { post } from './post.ts';

/** Any 2xx within 3 s counts as delivered; the answer is waited for up to 10 s, to know how slow the host is. */
const deliveredMs = 3_000;
const waitMs = 10_000;
/** Back-off between attempts, the last value again and again, until 4 h have passed since the change. The steps are not documented. */
const backOffMs = [10_000, 30_000, 60_000, 2 * 60_000, 5 * 60_000, 10 * 60_000];
const giveUpMs = 4 * 3_600_000;

/** Carries notifications to endpoints: gathers what is for one address, posts, tries again. */
export interface Courier {
  send(url: string, item: NotificationItem): void;
  /** What was posted, or not, oldest first; the last 1,000. */
  readonly deliveries: readonly Delivery[];
  /** Notifications that are waiting or on their way. */
  pending(): number;
  /** Posts that are sent and not answered. */
  inFlight(): number;
}

export interface CourierOptions { clock: LabClock; gatherMs: number; ca: string | undefined; faults: NotificationFaults; random: () => number }

const deliveriesKept = 1_000;

export function createCourier({ clock, gatherMs, ca, faults, random }: CourierOptions): Courier {
  const gathered = new Map<string, NotificationItem[]>();
  const deliveries: Delivery[] = [];
  const health = createHostHealth(() => clock.now());
  let underWay = 0;
  let inFlight = 0;

  function note(delivery: Omit<Delivery, 'at'>): void {
    deliveries.push({ ...delivery, at: clock.now() });
    if (deliveries.length > deliveriesKept) deliveries.shift();
  }

  async function attempt(url: string, items: NotificationItem[], since: number, number: number): Promise<void> {
    const { host } = new URL(url);
    if (health.state(host) === 'drop') return note({ url, items: items.length, attempt: number, outcome: 'discarded' });
    inFlight += 1;
    const { outcome, status, tookMs } = await post({ url, contentType: 'application/json; charset=utf-8', body: JSON.stringify({ value: items }), timeoutMs: waitMs, clock, ca });
    inFlight -= 1;
    health.note(host, tookMs);
    const isGood = status >= 200 && status < 300;
    const isAccepted = outcome === 'answered' && isGood && tookMs <= deliveredMs;
    note({ url, items: items.length, attempt: number, outcome: isAccepted ? 'accepted' : outcome !== 'answered' ? outcome : isGood ? 'slow' : 'refused' });
    const wait = backOffMs[number - 1] ?? backOffMs.at(-1) ?? 0;
    if (isAccepted || clock.now() + wait > since + giveUpMs) return;
    schedule(url, items, since, number + 1, wait);
  }

  function schedule(url: string, items: NotificationItem[], since: number, number: number, delayMs: number): void {
    underWay += 1;
    const go = (): void => void attempt(url, items, since, number).finally(() => (underWay -= 1));
    if (delayMs === 0) go();
    else clock.at(clock.now() + delayMs, go);
  }

  function shuffle(items: NotificationItem[]): NotificationItem[][] {
    return items.map((item) => ({ item, rank: random() })).toSorted((a, b) => a.rank - b.rank).map(({ item }) => [item]);
  }

  function flush(url: string): void {
    const items = gathered.get(url) ?? [];
    gathered.delete(url);
    const posts = faults.shuffled ? shuffle(items) : [items];
    const delay = faults.lateMs + (health.state(new URL(url).host) === 'slow' ? slowHostDelayMs : 0);
    for (const each of faults.twice ? [...posts, ...posts] : posts) schedule(url, each, clock.now(), 1, delay);
  }

  return {
    deliveries,
    inFlight: () => inFlight,
    pending: () => underWay + [...gathered.values()].reduce((sum, items) => sum + items.length, 0),
    send(url, item) {
      if (faults.lost > 0 && random() < faults.lost) return note({ url, items: 1, attempt: 0, outcome: 'lost' });
      const waiting = gathered.get(url);
      if (waiting) return void waiting.push(item);
      gathered.set(url, [item]);
      clock.at(clock.now() + gatherMs, () => flush(url));
    },
  };
}
