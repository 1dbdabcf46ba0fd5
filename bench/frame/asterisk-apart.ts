import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AsteriskAnswer, AsteriskAsk, AsteriskDevice, AsteriskShown, AsteriskUsers } from './asterisk-process.ts';

/** The stand-in in its process. */
export interface AsteriskApart {
  amiPort: number;
  /** How often a presence became another one so far, and what the process has used, s. */
  usage(): Promise<{ changes: number; cpuSeconds: number }>;
  /** When each presence changed last (epoch ms of the machine), and what all are. */
  shown(): Promise<{ toldAt: Map<string, number>; shown: AsteriskShown[] }>;
  /** A phone's device becomes another one; resolves with the moment before it was told, epoch ms of the machine. */
  say(change: AsteriskDevice): Promise<number>;
  close(): Promise<void>;
}

export async function asteriskApart(users: AsteriskUsers): Promise<AsteriskApart> {
  const child = fork(new URL('./asterisk-process.ts', import.meta.url), { execArgv: ['--import=tsx'] });
  async function ask(what: AsteriskAsk | AsteriskUsers): Promise<AsteriskAnswer> {
    const ended = new AbortController();
    const stop = (): void => ended.abort(new Error('the stand-in ended by itself'));
    child.once('exit', stop);
    child.send(what);
    const [answer] = (await once(child, 'message', { signal: ended.signal })) as [AsteriskAnswer];
    child.off('exit', stop);
    return answer;
  }
  const first = await ask(users);
  if (!('port' in first)) throw new Error('the stand-in did not say its port');
  return {
    amiPort: first.port,
    async usage() {
      const told = await ask('count');
      if (!('changes' in told)) throw new Error('the stand-in answered something else');
      return told;
    },
    async shown() {
      const told = await ask('all');
      if (!('shown' in told)) throw new Error('the stand-in answered something else');
      return { toldAt: new Map(told.toldAt), shown: told.shown };
    },
    async say(change) {
      const told = await ask(change);
      if (!('saidAt' in told)) throw new Error('the stand-in answered something else');
      return told.saidAt;
    },
    async close() {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
