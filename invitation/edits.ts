/** Replace `start` to `end` (exclusive) of the source by `insert`. */
export interface Edit {
  start: number;
  end: number;
  insert: string;
}

/** Applies edits that may come in any order; edits that overlap become one. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const ordered = edits.slice().sort(function byPlace(a, b) {
    return a.start - b.start || b.end - a.end;
  });
  let result = '';
  let position = 0;
  for (const edit of ordered) {
    if (edit.start > position) result += source.slice(position, edit.start);
    result += edit.insert;
    position = Math.max(position, edit.end);
  }
  return result + source.slice(position);
}
