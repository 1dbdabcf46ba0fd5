import { encode, type Element } from './xml.ts';

/** One piece of a text and what takes its place; offsets in the text before all edits. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Makes all edits at once. They must not overlap. */
export function edit(text: string, edits: readonly Edit[]): string {
  const fromTheEnd = edits.toSorted((a, b) => b.start - a.start);
  return fromTheEnd.reduce((made, { start, end, text: piece }) => made.slice(0, start) + piece + made.slice(end), text);
}

/** The start tag of an element, as it stands. An attribute may hold a `>`. */
function startTag(text: string, { start, end }: Element): string {
  return /^<(?:"[^"]*"|'[^']*'|[^>"'])*>/.exec(text.slice(start, end))?.[0] ?? '';
}

/** An attribute that the element has. */
export function replaceAttribute(text: string, element: Element, name: string, value: string): Edit {
  const match = new RegExp(`(\\s${name}\\s*=\\s*)("[^"]*"|'[^']*')`).exec(startTag(text, element));
  if (!match) throw new Error(`<${element.name}> in line ${element.line} has no ${name}`);
  const start = element.start + match.index + (match[1]?.length ?? 0);
  return { start, end: start + (match[2]?.length ?? 0), text: `"${encode(value)}"` };
}

/** The content of an element that holds text alone. */
export function replaceText(text: string, element: Element, value: string): Edit {
  const tag = startTag(text, element);
  if (tag.endsWith('/>')) return { start: element.start + tag.length - 2, end: element.end, text: `>${encode(value)}</${/^<([\w:.-]+)/.exec(tag)?.[1] ?? element.name}>` };
  return { start: element.start + tag.length, end: text.lastIndexOf('</', element.end), text: encode(value) };
}

/** Takes an element out, with the line that it began. */
export function remove(text: string, { start, end }: Element): Edit {
  const indent = /\n?[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return { start: start - indent, end, text: '' };
}

export function insertBefore({ start }: Element, text: string): Edit {
  return { start, end: start, text };
}
