import type { Runner } from 'mocha';

/** What a mocha process tells the run about one test, as it happens; `end` comes once, after all tests. */
export type TestNews =
  | { type: 'started' | 'idle'; title: string; file: string }
  | { type: 'passed'; title: string; file: string; tookMs: number }
  | { type: 'failed'; title: string; file: string; error: string }
  | { type: 'end' };

/** True for what this reporter sends: the only thing that is ever said over this channel. */
export function isTestNews(message: unknown): message is TestNews {
  return typeof message === 'object' && message !== null && 'type' in message;
}

interface Runnable {
  fullTitle(): string;
  file?: string;
}

/**
 * Mocha's reporter for `npm test`: says everything to the process that started it, and nothing to the screen. (Mocha's own JSON reporter speaks
 * only at the very end, so a test that hangs would take all other results with it.) Mocha asks for a default export that it can call with `new`.
 */
export default function TellParent(runner: Runner): void {
  runner.on('test', (test) => tell({ type: 'started', ...identify(test) }));
  runner.on('pass', (test) => tell({ type: 'passed', ...identify(test), tookMs: test.duration ?? 0 }));
  runner.on('pending', (test) => tell({ type: 'idle', ...identify(test) }));
  runner.on('fail', (test, error) => tell({ type: 'failed', ...identify(test), error: describe(error) }));
  runner.once('end', () => tell({ type: 'end' }));
}

function identify(test: Runnable): { title: string; file: string } {
  return { title: test.fullTitle(), file: test.file ?? '' };
}

function describe(error: unknown): string {
  // In parallel mode errors arrive as plain objects.
  const { message, stack } = Object.assign({ message: String(error), stack: '' }, pick(error));
  return stack.includes(message) ? stack : `${message}\n${stack}`;
}

function pick(error: unknown): { message?: string; stack?: string } {
  if (typeof error !== 'object' || error === null) return {};
  const found: { message?: string; stack?: string } = {};
  if ('message' in error && typeof error.message === 'string') found.message = error.message;
  if ('stack' in error && typeof error.stack === 'string') found.stack = error.stack;
  return found;
}

function tell(news: TestNews): void {
  process.send?.(news);
}
