import { posix } from 'node:path';
import type { SourceFile, Violation } from './source-tree.ts';

/** Links and pictures of a document, with their lines; code blocks and code spans left out. */
export function readLinks(markdown: string): { target: string; line: number }[] {
  const links: { target: string; line: number }[] = [];
  let inFence = false;
  for (const [index, raw] of markdown.split('\n').entries()) {
    if (/^\s*(?:```|~~~)/.test(raw)) inFence = !inFence;
    if (inFence) continue;
    const line = raw.replaceAll(/`[^`]*`/g, '');
    for (const found of line.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)) links.push({ target: found[1] ?? '', line: index + 1 });
    const reference = /^\s*\[[^\]]+\]:\s*(\S+)/.exec(line);
    if (reference) links.push({ target: reference[1] ?? '', line: index + 1 });
  }
  return links;
}

/** The anchors that a document offers, made from its headings as GitHub makes them. */
export function readAnchors(markdown: string): Set<string> {
  const anchors = new Set<string>();
  let inFence = false;
  for (const line of markdown.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) inFence = !inFence;
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(line);
    if (inFence || !heading) continue;
    const text = (heading[1] ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const plain = text.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
    let anchor = plain;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${plain}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Relative links that lead nowhere, to a file or to a heading in it. `isThere` answers for files that are no text, such as pictures. */
export function findBrokenLinks(files: readonly SourceFile[], isThere: (path: string) => boolean): Violation[] {
  const documents = new Map(files.filter((file) => file.path.endsWith('.md')).map((file) => [file.path, file.text]));
  const found: Violation[] = [];
  for (const [path, text] of documents) {
    for (const { target, line } of readLinks(text)) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const to = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
      if (to.startsWith('..') || file.startsWith('/')) found.push({ path, line, message: `links out of the project: ${target}` });
      else if (!isThere(to)) found.push({ path, line, message: `links to nothing: ${target}` });
      else if (anchor && documents.has(to) && !readAnchors(documents.get(to) ?? '').has(anchor)) {
        found.push({ path, line, message: `links to a heading that is not there: ${target}` });
      }
    }
  }
  return found;
}
