/** Runs `each` over all, so many at a time, in order of beginning. Rejects with the first failure; what was begun goes on to its end. */
export async function sideBySide<T>(width: number, all: readonly T[], each: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  await Promise.all(Array.from({ length: Math.min(width, all.length) }, async () => {
    for (const one of left) await each(one);
  }));
}
