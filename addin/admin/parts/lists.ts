/** Lists that change, without touching the ones that stand on the screen. */

export function replaced<T>(list: readonly T[], at: number, by: T): readonly T[] {
  return list.map((each, index) => (index === at ? by : each));
}

export function without<T>(list: readonly T[], at: number): readonly T[] {
  return list.filter((_each, index) => index !== at);
}

/** What stands at `from`, put at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = without(list, from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}
