import type { SummaryRow } from './rows.ts';

/** One step of a change, by the folder that a message is in. */
export interface Step {
  folder: string;
  /** Where to; null removes for good. */
  to: string | null;
}

/** What was there and is not any more, Deleted left out because only Asterisk itself decides what stays in there. Ids, one for each copy that is missing. */
export function lostBetween(before: readonly SummaryRow[], after: readonly SummaryRow[]): string[] {
  const left = new Map<string, number>();
  for (const { folder, id } of after) if (folder !== 'Deleted') left.set(id, (left.get(id) ?? 0) + 1);
  return before.filter(({ folder }) => folder !== 'Deleted').map(({ id }) => id).filter((id) => {
    const copies = left.get(id) ?? 0;
    left.set(id, copies - 1);
    return copies <= 0;
  });
}

/** Folders of a box in which the message lies, each copy for itself. */
export function foldersOf(rows: readonly SummaryRow[], id: string): string[] {
  return rows.filter((row) => row.id === id).map(({ folder }) => folder);
}

/** Whether it was left as urgent: then unheard means Urgent, not INBOX. */
export function unheardFolder(rows: readonly SummaryRow[], id: string): 'INBOX' | 'Urgent' {
  return rows.some((row) => row.id === id && row.flag === 'Urgent') ? 'Urgent' : 'INBOX';
}

/** Steps for each copy that lies in one of `from`. */
export function stepsFrom(rows: readonly SummaryRow[], id: string, from: (folder: string) => boolean, to: string | null): Step[] {
  return foldersOf(rows, id).filter(from).map((folder) => ({ folder, to }));
}
