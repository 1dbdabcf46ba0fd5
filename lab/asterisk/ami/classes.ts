/** The classes that decide what an AMI user may do (write) and hear (read). */

/** In the order in which Asterisk names them in `Priv:` and `Privilege:`. */
const known = ['system', 'call', 'log', 'verbose', 'command', 'agent', 'user', 'config', 'dtmf', 'reporting', 'cdr', 'dialplan', 'originate', 'agi', 'cc', 'aoc', 'test', 'security', 'message'];

/** True when one of `wanted` is granted, or when nothing is wanted. */
export function allows(granted: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === 0 || granted.includes('all') || wanted.some((each) => granted.includes(each));
}

/** Classes as an action's `Priv:` or an event's `Privilege:` shows them. */
export function classText(classes: readonly string[]): string {
  return classes.length === 0 ? '<none>' : [...known.filter((each) => classes.includes(each)), 'all'].join(',');
}

/**
 * An event mask as `Login` and `Events` take it: `on`, `off`, or class names. Unknown names count for nothing, so that `bogus` switches everything
 * off (tried). Null for an empty mask.
 */
export function readMask(mask: string): readonly string[] | null {
  if (mask === '') return null;
  const lower = mask.toLowerCase();
  if (lower === 'on' || lower === 'all') return ['all'];
  if (lower === 'off') return [];
  return lower.split(',').map((each) => each.trim()).filter((each) => known.includes(each));
}
