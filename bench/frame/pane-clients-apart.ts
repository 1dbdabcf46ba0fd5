import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Arrival { topic: string; at: number }

/** Many panes in a process of their own. */
export interface Panes {
  /** `ready`, once each has all its first states. */
  ready(): Promise<string>;
  /** The next so many arrivals of a topic, epoch ms. */
  arrivals(topic: string, count: number): Promise<Arrival[]>;
  /** All streams are lost at once and asked for again, each after a pause of its own: ms until each had all its states, from when it was asked for. */
  reopened(withinMs: number): Promise<number[]>;
  close(): void;
}

/** In a process of their own, so that what the server needs is the server's alone. */
export function openPanes(origin: string, panes: readonly { token: string; topics: string[] }[]): Panes {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('pane-clients.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify({ origin, panes })}\n`);
  async function next(): Promise<string> {
    const { value, done } = await lines.next();
    if (done) throw new Error('the panes have ended');
    return value;
  }
  return {
    ready: next,
    async arrivals(topic, count) {
      child.stdin.write(`${JSON.stringify({ topic, count })}\n`);
      return JSON.parse(await next()) as Arrival[];
    },
    async reopened(reopenWithinMs) {
      child.stdin.write(`${JSON.stringify({ reopenWithinMs })}\n`);
      return JSON.parse(await next()) as number[];
    },
    close: () => child.kill(),
  };
}
