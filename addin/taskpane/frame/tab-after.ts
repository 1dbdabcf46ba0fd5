import { tabs } from '../opening.ts';
import type { Tab } from '../opening.ts';

/** Where an arrow key leads from a tab; undefined for other keys. */
export function tabAfter(key: string, from: Tab, rightToLeft: boolean): Tab | undefined {
  const at = tabs.indexOf(from);
  const forward = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const back = rightToLeft ? 'ArrowRight' : 'ArrowLeft';
  if (key === forward) return tabs[(at + 1) % tabs.length];
  if (key === back) return tabs[(at + tabs.length - 1) % tabs.length];
  if (key === 'Home') return tabs[0];
  if (key === 'End') return tabs.at(-1);
  return undefined;
}
