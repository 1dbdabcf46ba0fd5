import type { Piece } from './tokens.ts';

/** One command: its tag, its name in upper case, and the rest. */
export interface Command { tag: string; name: string; pieces: Piece[] }

export interface Reader {
  push(bytes: Buffer): void;
  /** The next line goes to `fn` instead of being a command: answers to a challenge, the end of IDLE. */
  expectLine(fn: (line: string) => void): void;
}

/** Two words that are one name. */
const compound = /^(UID) (\S+)\s*/i;

/** Cuts the stream into commands. A literal that does not wait (`{5+}`) is read on, one that waits is asked for by `go`. */
export function createReader({ onCommand, go }: { onCommand: (command: Command) => void; go: () => void }): Reader {
  let buffer = Buffer.alloc(0);
  let pieces: Piece[] = [];
  let wanted: number | null = null;
  let line: ((text: string) => void) | null = null;

  function finish(): void {
    const [first = ''] = pieces;
    const [, tag = '', rest = ''] = /^(\S+) ?([\s\S]*)$/.exec(String(first)) ?? [];
    const two = compound.exec(rest);
    const [, one = ''] = /^(\S*)\s*/.exec(rest) ?? [];
    const name = two ? `${two[1]} ${two[2]}` : one;
    const used = two ? two[0].length : (/^\S*\s*/.exec(rest)?.[0].length ?? 0);
    const command = { tag, name: name.toUpperCase(), pieces: [rest.slice(used), ...pieces.slice(1)] };
    pieces = [];
    if (tag !== '') onCommand(command);
  }

  function step(): boolean {
    if (wanted !== null) {
      if (buffer.length < wanted) return false;
      pieces.push(Buffer.from(buffer.subarray(0, wanted)));
      buffer = buffer.subarray(wanted);
      wanted = null;
      return true;
    }
    const end = buffer.indexOf('\r\n');
    if (end < 0) return false;
    const text = buffer.subarray(0, end).toString('utf8');
    buffer = buffer.subarray(end + 2);
    if (line && pieces.length === 0) {
      const taker = line;
      line = null;
      taker(text);
      return true;
    }
    const literal = /~?\{(\d+)(\+?)\}$/.exec(text);
    if (!literal) {
      pieces.push(text);
      finish();
      return true;
    }
    pieces.push(text.slice(0, literal.index));
    wanted = Number(literal[1]);
    if (literal[2] === '') go();
    return true;
  }

  return {
    push(bytes) {
      buffer = Buffer.concat([buffer, bytes]);
      while (step());
    },
    expectLine(fn) {
      line = fn;
    },
  };
}
