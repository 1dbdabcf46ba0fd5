import { z } from 'zod';

/** How far one folder was read. Numbers as text, because they may have 64 bits. */
const position = z.object({ path: z.string().min(1).max(1_024), uidValidity: z.string().regex(/^\d{1,20}$/), modseq: z.string().regex(/^\d{1,20}$/) });

const shape = z.object({ epoch: z.string().max(64), seq: z.number().int().min(0), positions: z.array(position).max(8) });

export type Position = z.output<typeof position>;
export type Cursor = z.output<typeof shape>;

/** Null for text that is no cursor of ours: then all is read anew. */
export function readCursor(text: string): Cursor | null {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify(cursor);
}
