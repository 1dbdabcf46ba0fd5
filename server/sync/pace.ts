/** Items of a backlog, most urgent first, cut to what one round may do. The rest waits for the next round. Lower `rank` is more urgent. */
export function withinBudget<T>(items: readonly T[], rank: (item: T) => number, budget: number): { now: T[]; later: number } {
  const ordered = items.toSorted((a, b) => rank(a) - rank(b));
  return { now: ordered.slice(0, budget), later: Math.max(0, ordered.length - budget) };
}

/**
 * Instants at which a crowd may begin, `perSecond` of them each second from `now` on, in the given order: after an outage nobody asks for everything at
 * once, and what is woken meanwhile by an event comes before the crowd. Epoch ms.
 */
export function spread<T>(items: readonly T[], now: number, perSecond: number): { item: T; at: number }[] {
  return items.map((item, index) => ({ item, at: now + Math.floor((index * 1000) / perSecond) }));
}
