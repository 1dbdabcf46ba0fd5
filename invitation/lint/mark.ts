import type { CodeMark } from './types.ts';

/**
 * A prime below 2^12. The mark of a code is its remainder: enough to recognise the code in a text (one number in 4,093
 * is taken for it by chance) and far too little to dial in with: a nine-digit code has 244,000 others with the same mark,
 * and guessing locks out long before. So the send handler can look for the host's code without being told it.
 */
const PRIME = 4093;

/** The mark of a code of any length, digit by digit so that no number grows out of what a number holds. */
export function markOf(code: string): CodeMark {
  let mark = 0;
  for (const digit of code) mark = (mark * 10 + Number(digit)) % PRIME;
  return { length: code.length, mark };
}
