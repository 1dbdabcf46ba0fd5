import { at } from './at.ts';

/** Replace `start` to `end` (exclusive) of the source by `insert`. */
export interface Edit {
  start: number;
  end: number;
  insert: string;
}

/** Applies edits that may come in any order; edits that overlap become one. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const ordered: Edit[] = [];
  for (const edit of edits) {
    let place = ordered.length;
    while (place > 0 && at(ordered, place - 1).start > edit.start) place -= 1;
    ordered.splice(place, 0, edit);
  }
  let result = '';
  let position = 0;
  for (const edit of ordered) {
    if (edit.start > position) result += source.slice(position, edit.start);
    result += edit.insert;
    position = Math.max(position, edit.end);
  }
  return result + source.slice(position);
}
