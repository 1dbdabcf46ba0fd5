import { z } from 'zod';

/** A line of the log, read back from what was written. `at`: epoch ms, UTC. */
export interface KeptLine {
  at: number;
  level: 'info' | 'warn' | 'error';
  instance: string | null;
  message: string;
  fields: Record<string, unknown>;
  /** Of the line as it was written. */
  bytes: number;
}

/** Where written lines go. Takes them at once and never waits, fails or logs: the log must not depend on the database. */
export interface LogKeeper {
  write(line: string): void;
  /** From now on lines are stored, with those that came before. */
  storeWith(put: (lines: readonly KeptLine[]) => Promise<void>): void;
  /** Resolves when everything that came was stored or given up. */
  idle(): Promise<void>;
}

/** Lines that wait for the database; of more the oldest are left out, which a line says. */
const mostWaiting = 5_000;
/** In one statement. */
const atOnce = 500;
/** Longer lines are cut: a stack can be long. */
const longestFields = 4_000;

const written = z.looseObject({ level: z.enum(['info', 'warn', 'error', 'fatal']), time: z.string(), msg: z.string() });

export function createLogKeeper(): LogKeeper {
  let waiting: KeptLine[] = [];
  let leftOut = 0;
  let put: ((lines: readonly KeptLine[]) => Promise<void>) | undefined;
  let storing: Promise<void> | undefined;

  /** What fails to be stored waits for the next line: by then the database may be back. */
  async function store(): Promise<void> {
    const to = put;
    if (!to) return;
    while (waiting.length > 0) {
      const lines = waiting.slice(0, atOnce);
      try {
        await to(leftOut === 0 ? lines : [noteOf(leftOut, lines[0]?.at ?? 0), ...lines]);
      } catch {
        // Told to standard output by whoever else needs the database; saying it here would make the next line to store.
        return;
      }
      leftOut = 0;
      waiting = waiting.slice(lines.length);
    }
  }

  function begin(): void {
    storing ??= store().finally(() => (storing = undefined));
  }

  return {
    write(line) {
      const kept = readLine(line);
      if (!kept) return;
      waiting.push(kept);
      if (waiting.length > mostWaiting) leftOut += waiting.splice(0, waiting.length - mostWaiting).length;
      begin();
    },
    storeWith(fn) {
      put = fn;
      begin();
    },
    async idle() {
      await storing;
    },
  };
}

function noteOf(count: number, at: number): KeptLine {
  return { at, level: 'warn', instance: null, message: 'lines of the log could not be kept', fields: { count }, bytes: 0 };
}

/** Null for what is not kept: debugging, and each request of every pane, which the metrics count. */
function readLine(line: string): KeptLine | null {
  const read = written.safeParse(parsed(line));
  if (!read.success) return null;
  const { level, time, msg, ...fields } = read.data;
  if (msg === 'request' && level === 'info') return null;
  const { connector, instance } = fields;
  const about = typeof instance === 'string' ? instance : typeof connector === 'string' ? connector : null;
  const isLong = line.length > longestFields;
  return { at: Date.parse(time), level: level === 'fatal' ? 'error' : level, instance: about, message: msg, fields: isLong ? { cut: line.slice(0, longestFields) } : fields, bytes: Math.min(line.length, longestFields) };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not a line of ours.
    return null;
  }
}
