import type { LabClock } from '../clock.ts';

/** One line that went over a wire, secrets masked. */
export interface WireLine {
  /** Epoch ms, UTC, by the lab's clock. */
  at: number;
  protocol: 'ami' | 'agi';
  /** Number of the connection, from 1, AMI and AGI together. */
  connection: number;
  /** Seen from Asterisk. */
  direction: 'in' | 'out';
  text: string;
}

/** Lines kept; older ones are forgotten. */
const mostLines = 5000;

export interface WireLog {
  readonly lines: readonly WireLine[];
  /** Number for a new connection. */
  open(): number;
  /** Writes down each line of `text`; empty lines are left out. */
  write(protocol: WireLine['protocol'], connection: number, direction: WireLine['direction'], text: string): void;
  clear(): void;
}

/** Headers of AMI whose values nobody needs to see: passwords and the answers to challenges. */
const secret = /^(secret|key|password|pin)(:\s*)(.+)$/i;

/** Keeps what was said over the wires, for the lab page and the tests. `Key:` is masked only in a login, where it is a password. */
export function createWireLog(clock: LabClock, changed: () => void): WireLog {
  let lines: WireLine[] = [];
  let connections = 0;
  return {
    get lines() {
      return lines.slice(-mostLines);
    },
    open: () => (connections += 1),
    write(protocol, connection, direction, text) {
      const login = /^Action:\s*Login\s*$/im.test(text);
      for (const line of text.split(/\r?\n/)) {
        if (line === '') continue;
        const masked = line.replace(secret, (whole, name: string, gap: string) => (name.toLowerCase() === 'key' && !login ? whole : `${name}${gap}****`));
        lines.push({ at: clock.now(), protocol, connection, direction, text: masked });
      }
      // Now and then: a burst of thousands of lines must not copy all that is kept for each.
      if (lines.length >= 2 * mostLines) lines = lines.slice(-mostLines);
      changed();
    },
    clear() {
      lines = [];
      changed();
    },
  };
}
