import { createContext, runInContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { OfficeDouble } from '../office-double.ts';

/** A request that the handler made. */
export interface Asked {
  address: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

/** What the server does: answers, at once or `afterMs` of the engine's time later, or never does. */
export type Server = (asked: Asked) => { status: number; body?: object; afterMs?: number } | 'never';

/** What a handler gives to `completed`. */
export interface Verdict {
  allowEvent?: boolean;
  errorMessage?: string;
  cancelLabel?: string;
  commandId?: string;
}

/** The script engine of classic Outlook: the language, Office, fetch and timers; no window, no document, no address. */
export interface Engine {
  requests: Asked[];
  /** Runs a handler as Outlook does; resolves with what it gave to `completed`. */
  raise: (name: string) => Promise<Verdict | undefined>;
  /** Timers that wait, by due time in ms. */
  timers: { due: number; run: () => void }[];
  /** Lets the engine's time pass; only asked for where a test is about time. */
  advance: (ms: number) => Promise<void>;
}

let bundled: Promise<string> | undefined;

/** The handler's file as the build makes it, without making it small. */
export function bundle(): Promise<string> {
  bundled ??= build({
    entryPoints: [fileURLToPath(new URL('../../../../addin/launchevent/launchevent.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2015',
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  }).then((result) => result.outputFiles[0]?.text ?? '');
  return bundled;
}

function isRecord(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null;
}

export async function startEngine(double: OfficeDouble, server: Server, more: object = {}): Promise<Engine> {
  const requests: Asked[] = [];
  const timers: { due: number; run: () => void }[] = [];
  let now = 0;
  const engine: Engine = {
    requests,
    timers,
    raise(name) {
      const handler = double.functions.get(name);
      if (handler === undefined) throw new Error(`nobody listens to ${name}`);
      return new Promise((resolve) => handler({ completed: (options?: object) => resolve(options === undefined ? undefined : { ...options }) }));
    },
    async advance(ms) {
      now += ms;
      for (const timer of timers.filter(({ due }) => due <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  const sandbox = {
    Office: double.office,
    OfficeRuntime: double.runtime,
    console,
    setTimeout: (run: () => void, ms: number) => {
      const timer = { due: now + ms, run };
      timers.push(timer);
      return timer;
    },
    clearTimeout: (timer: { due: number; run: () => void }) => {
      const at = timers.indexOf(timer);
      if (at >= 0) timers.splice(at, 1);
    },
    fetch: (address: string, init: { method?: string; headers?: unknown; body?: string }) => {
      const asked: Asked = { address, method: init.method ?? 'GET', headers: isRecord(init.headers) ? { ...init.headers } : {}, body: init.body === undefined ? undefined : JSON.parse(init.body) };
      requests.push(asked);
      const answer = server(asked);
      if (answer === 'never') return new Promise(() => undefined);
      const response = { ok: answer.status < 300, status: answer.status, json: () => Promise.resolve(answer.body ?? {}) };
      const { afterMs } = answer;
      if (afterMs === undefined) return Promise.resolve(response);
      return new Promise((resolve) => timers.push({ due: now + afterMs, run: () => resolve(response) }));
    },
    ...more,
  };
  runInContext(await bundle(), createContext(sandbox));
  return engine;
}
