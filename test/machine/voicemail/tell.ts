import { lots } from './steps.ts';
import type { History } from './history.ts';

/** A history in words, for whoever looks for its mistake. */
export function tell({ system, steps, probe }: History): string {
  return [`system ${system}, probe ${probe}`, ...steps.map(([lot, n]) => `${lots[lot % lots.length] ?? ''} ${n}`)].join(', ');
}
