import type { LabClock } from '../clock.ts';

/** What went over the wire between Prosody and the site's service, newest last; for the lab page and for tests that failed. */
export interface WireLog {
  readonly lines: readonly { at: number; direction: '>' | '<'; text: string }[];
  say(direction: '>' | '<', text: string): void;
}

const kept = 200;

export function createWireLog(clock: LabClock): WireLog {
  const lines: { at: number; direction: '>' | '<'; text: string }[] = [];
  return {
    lines,
    say(direction, text) {
      lines.push({ at: clock.now(), direction, text: text.slice(0, 500) });
      if (lines.length > kept) lines.shift();
    },
  };
}
