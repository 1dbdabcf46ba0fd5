import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ConfigInput } from '../../server/config/schema.ts';

/** The process that takes what other systems send, kept alive as a service manager would. */
export interface HooksProcess {
  /** Where it listens; null while it is down. */
  address(): string | null;
  /** kill -9, and a new one. Resolves when that one listens. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it over this database. Throws with its last words when it ends instead of listening. */
export async function startHooks(databaseUrl: string, connectors: ConfigInput['connectors'], secrets: Readonly<Record<string, string>>): Promise<HooksProcess> {
  const config: ConfigInput = {
    publicUrl: 'https://tieline.test', listen: { host: '127.0.0.1', port: 0 }, roles: ['hooks'], log: { level: 'warn' },
    signIn: { tenants: [{ id: '11111111-1111-4111-8111-111111111111', audience: '22222222-2222-4222-8222-222222222222' }] }, ...(connectors ? { connectors } : {}),
  };
  const env = { ...process.env, ...secrets, DATABASE_URL: databaseUrl, BENCH_CONFIG: JSON.stringify(config) };
  let child: ChildProcess;
  let address: string | null = null;

  async function begin(): Promise<void> {
    child = fork(fileURLToPath(new URL('hooks-server.ts', import.meta.url)), [], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--import', 'tsx'] });
    let words = '';
    const hear = (chunk: Buffer): void => void (words = (words + chunk.toString()).slice(-2_000));
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const ended = new AbortController();
    const listening = once(child, 'message', { signal: ended.signal }).then(([told]) => String(told), () => null);
    child.once('exit', () => ended.abort());
    address = await listening;
    if (address === null) throw new Error(`the hooks process ended: ${words.trim()}`);
  }

  async function end(how: () => void): Promise<void> {
    address = null;
    const gone = once(child, 'exit');
    how();
    await gone;
  }

  await begin();
  return {
    address: () => address,
    async killAndRestart() {
      await end(() => child.kill('SIGKILL'));
      await begin();
    },
    async stop() {
      // It may have ended by itself.
      if (child.exitCode === null && child.signalCode === null) await end(() => child.disconnect());
    },
  };
}
