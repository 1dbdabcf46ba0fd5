import type { Stretch } from './appointment.ts';

/** Time cut into the pieces between all edges, ascending; piece `i` goes from `edges[i]` to `edges[i + 1]`. */
export interface Pieces {
  edges: readonly number[];
  /** Index of the piece that begins at this edge. */
  at(edge: number): number;
}

/** Cuts a window at every edge of the stretches that lies inside it. */
export function cut(window: Stretch, stretches: readonly Stretch[]): Pieces {
  const inside = stretches.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > window.from && edge < window.to);
  const edges = [...new Set([window.from, ...inside, window.to])].toSorted((a, b) => a - b);
  const index = new Map(edges.map((edge, number) => [edge, number]));
  return { edges, at: (edge) => (edge <= window.from ? 0 : edge >= window.to ? edges.length - 1 : (index.get(edge) ?? 0)) };
}

/**
 * For each piece the first of the stretches that covers it; undefined where none does. Each piece is painted once and then skipped, so that 5,000
 * appointments in a week cost no more than their sorting.
 */
export function paint<T extends Stretch>(pieces: Pieces, inOrder: readonly T[]): (T | undefined)[] {
  const count = pieces.edges.length - 1;
  const painted = Array.from<T | undefined>({ length: count }).fill(undefined);
  /** The next piece at or after this one that is still bare. */
  const next = Array.from({ length: count + 1 }, (_, piece) => piece);
  function bare(piece: number): number {
    let end = piece;
    while (next[end] !== end) end = next[end] ?? count;
    for (let at = piece; at !== end; ) {
      const following = next[at] ?? count;
      next[at] = end;
      at = following;
    }
    return end;
  }
  for (const each of inOrder) {
    const last = pieces.at(each.to);
    for (let piece = bare(pieces.at(each.from)); piece < last; piece = bare(piece)) {
      painted[piece] = each;
      next[piece] = piece + 1;
    }
  }
  return painted;
}
