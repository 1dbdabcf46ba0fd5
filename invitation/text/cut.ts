import { at } from '../at.ts';
import type { Edit } from '../edits.ts';
import type { Frame } from '../frames.ts';
import type { Line } from '../lines.ts';

function startOfLineBreak(text: string, end: number): number {
  if (text.charAt(end - 1) === '\n' && text.charAt(end - 2) === '\r') return end - 2;
  if (/[\r\n]/.test(text.charAt(end - 1))) return end - 1;
  return end;
}

function endOfLineBreak(text: string, start: number): number {
  if (text.charAt(start) === '\r' && text.charAt(start + 1) === '\n') return start + 2;
  if (/[\r\n]/.test(text.charAt(start))) return start + 1;
  return start;
}

/** The place of a framed block, with the two line breaks that set it off from the text above. */
export function textSpan(text: string, frame: Frame): { start: number; end: number } {
  const first = at(frame.lines, 0);
  const last = at(frame.lines, frame.lines.length - 1);
  return { start: startOfLineBreak(text, startOfLineBreak(text, first.start)), end: last.end };
}

/** Takes one line out with its line break. */
export function cutTextLine(text: string, line: Line): Edit {
  const end = endOfLineBreak(text, line.end);
  if (end > line.end) return { start: line.start, end, insert: '' };
  return { start: startOfLineBreak(text, line.start), end: line.end, insert: '' };
}

/** The user's lines that stood between our rules, as they were. */
export function keptText(text: string, frame: Frame): string[] {
  const kept: string[] = [];
  frame.lines.forEach(function keep(line, index) {
    if (frame.ours[index] !== true) kept.push(text.slice(line.start, line.end));
  });
  return kept;
}
