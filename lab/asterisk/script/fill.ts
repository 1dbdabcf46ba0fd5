import type { Channel } from '../calls/channel.ts';
import type { Variables } from '../calls/variables.ts';

/** Comparisons between two texts: all that the scripts of the lab ask. */
const comparison = /^\s*"([^"]*)"\s*(=|!=)\s*"([^"]*)"\s*$/;

/** `$[ … ]` as 1 or 0. Throws an Error for what the lab cannot compare. */
function compare(expression: string): string {
  const [, left, sign, right] = comparison.exec(expression) ?? [];
  if (sign === undefined) throw new Error(`the lab compares two texts only: $[${expression}]`);
  return (left === right) === (sign === '=') ? '1' : '0';
}

/** A step's data with variables, functions and comparisons filled in, from the inside out. */
export function filled(variables: Variables, channel: Channel, data: string): string {
  let text = data;
  // Bounded, because a value may bring its own name.
  for (let round = 0; round < 10 && /\$[{[]/.test(text); round += 1) text = variables.fill(channel, text).replace(/\$\[([^[\]]*)\]/g, (_, expression: string) => compare(expression));
  return text;
}

/** Asterisk's truth (pbx_checkcondition): a number that is not 0, or any other text that is not empty. */
export function holds(condition: string): boolean {
  const text = condition.trim();
  return /^\d/.test(text) ? Number.parseInt(text, 10) !== 0 : text !== '';
}
