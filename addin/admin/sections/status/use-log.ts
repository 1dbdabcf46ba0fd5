import { useEffect, useRef, useState } from 'react';
import { operationsRoutes } from '../../../../contract/operations/operations-routes.ts';
import type { LogLine, LogResponse } from '../../../../contract/operations/operations.ts';
import { get } from '../../parts/get.ts';
import { useTask } from '../../parts/use-task.ts';
import type { Task } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** So often new lines are asked for, ms. */
const ASK_MS = 2000;
/** Lines on the screen; of more the oldest go, and come back with "Older". */
const MOST = 500;
const AT_ONCE = 100;

export type Level = LogLine['level'];

/** The log, the newest first: filled as it grows while it `follows`, and backwards by wish. */
export function useLog(level: Level, follows: boolean): { lines: readonly LogLine[]; names: Readonly<Record<string, string>>; used: number; oldest: string | null; older: () => void; task: Task } {
  const { transport } = useSurroundings();
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [size, setSize] = useState<{ used: number; oldest: string | null }>({ used: 0, oldest: null });
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const task = useTask();
  const { run, follow } = task;
  const newest = useRef<number | undefined>(undefined);

  useEffect(() => {
    newest.current = undefined;
    setLines([]);
    let ask = run;
    const look = (): void =>
      ask(async () => {
        const after = newest.current;
        const found = await get<LogResponse>(transport, operationsRoutes.log, 'lines', { query: { level, limit: AT_ONCE, ...(after === undefined ? {} : { after }) } });
        setSize({ used: found.usedMegabytes, oldest: found.oldest });
        setNames((now) => ({ ...now, ...found.names }));
        const fresh = found.lines;
        // Another look may have brought them meanwhile.
        setLines((now) => [...fresh.filter(({ seq }) => seq > (now[0]?.seq ?? 0)), ...now].slice(0, MOST));
        newest.current = Math.max(newest.current ?? 0, ...fresh.map(({ seq }) => seq));
      });
    look();
    ask = follow;
    if (!follows) return undefined;
    const timer = setInterval(look, ASK_MS);
    return () => clearInterval(timer);
  }, [run, follow, transport, level, follows]);

  function older(): void {
    const before = lines.at(-1)?.seq;
    if (before === undefined) return;
    run(async () => {
      const found = await get<LogResponse>(transport, operationsRoutes.log, 'lines', { query: { level, limit: AT_ONCE, before } });
      setNames((now) => ({ ...now, ...found.names }));
      setLines((now) => [...now, ...found.lines]);
    });
  }

  return { lines, names, ...size, older, task };
}
