import { tokenize } from './tokens.ts';

/** Where a new block goes: after everything that is shown. */
export function endOfContent(html: string): number {
  const closing = tokenize(html).filter(function end(token) {
    return token.kind === 'close' && (token.name === 'body' || token.name === 'html');
  });
  const body = closing.filter(function ofBody(token) {
    return token.name === 'body';
  });
  const last = body.concat(closing)[Math.max(0, body.length - 1)];
  if (last === undefined) return html.length;
  return last.start;
}
