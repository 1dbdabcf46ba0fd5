import { findLinks } from '../links.ts';

/** Where the mail begins that is answered or forwarded; Outlook marks it with this id. */
const REPLY_MARK = 'divRplyFwdMsg';

/** Lower case where that keeps every position: outside ASCII a letter may become two. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, function lower(letters) {
    return letters.toLowerCase();
  });
}

/** Takes quoted mails out; one that never ends goes on to the end. By position and not by pattern, which would cost the square of what a hostile body holds. */
function withoutQuotes(body: string): string {
  const lower = lowerAscii(body);
  let own = '';
  let position = 0;
  for (;;) {
    const start = lower.indexOf('<blockquote', position);
    if (start < 0) return own + body.slice(position);
    own += `${body.slice(position, start)} `;
    position = endOfQuote(lower, start);
  }
}

/** Behind the end tag that belongs to the quote which begins at `start`; quotes stand in one another. */
function endOfQuote(lower: string, start: number): number {
  let depth = 1;
  let position = start + 1;
  while (depth > 0) {
    const close = lower.indexOf('</blockquote', position);
    if (close < 0) return lower.length;
    const inner = lower.slice(position, close).split('<blockquote').length - 1;
    depth += inner - 1;
    position = close + 1;
  }
  const end = lower.indexOf('>', position);
  if (end < 0) return lower.length;
  return end + 1;
}

/** The part of a body that the organizer wrote: without quoted mails, whose links and numbers belong to other meetings. */
export function ownText(body: string): string {
  const mark = body.indexOf(REPLY_MARK);
  if (mark < 0) return withoutQuotes(body);
  return withoutQuotes(body.slice(0, mark));
}

/**
 * How many blocks of ours stand in a body, without taking it apart: each has one address for help. One link may say its
 * address more than once (a text that became a link, a rewriter that keeps the original beside its own); no tag begins in between.
 */
export function countBlocks(body: string): number {
  const own = ownText(body);
  let blocks = 0;
  let lastEnd = -1;
  for (const link of findLinks(own)) {
    if (link.kind !== 'help') continue;
    if (lastEnd < 0 || /[<\n]/.test(own.slice(lastEnd, link.start))) blocks += 1;
    lastEnd = link.end;
  }
  return blocks;
}
