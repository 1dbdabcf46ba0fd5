import { useCallback, useEffect, useState } from 'react';
import type { Route } from '../../../../contract/endpoint.ts';
import { reissueRoutes } from '../../../../contract/conference/reissue-routes.ts';
import type { ReissuesResponse, ReissueView } from '../../../../contract/conference/reissue.ts';
import { get } from '../../parts/get.ts';
import { useTask } from '../../parts/use-task.ts';
import type { Task } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** So often the page asks how far one is that is at work, ms. */
const ASK_MS = 2000;

export interface Reissues {
  /** Undefined until the server has told. */
  all: ReissuesResponse | undefined;
  /** What is asked of the server by a button; what is only looked at disturbs none. */
  task: Pick<Task, 'busy' | 'problem'>;
  preview: (bridge: string | null, toBridge: string | null) => void;
  start: (id: string, eventsPerMinute: number) => void;
  stop: (id: string) => void;
  undo: (id: string, eventsPerMinute: number) => void;
}

/** Reissues, as far as they are; asked again while one is at work. */
export function useReissues(): Reissues {
  const { transport } = useSurroundings();
  const [all, setAll] = useState<ReissuesResponse | undefined>(undefined);
  const task = useTask();
  const looks = useTask();
  const { run } = looks;
  const load = useCallback(() => run(async () => setAll(await get<ReissuesResponse>(transport, reissueRoutes.list, 'reissues', {}))), [run, transport]);
  useEffect(load, [load]);
  const isAtWork = all?.reissues.some(({ state }) => state === 'running') === true;
  useEffect(() => {
    if (!isAtWork) return undefined;
    const timer = setTimeout(load, ASK_MS);
    return () => clearTimeout(timer);
  }, [isAtWork, load, all]);

  function act(route: Route, id: string, body: object): void {
    task.run(async () => {
      const { reissue } = await get<{ reissue: ReissueView }>(transport, route, 'reissue', { params: { id }, body });
      setAll((now) => now && { ...now, reissues: now.reissues.some((each) => each.id === reissue.id) ? now.reissues.map((each) => (each.id === reissue.id ? reissue : each)) : [reissue, ...now.reissues] });
    });
  }

  return {
    all,
    task: { busy: task.busy, problem: task.problem ?? looks.problem },
    preview(bridge, toBridge) {
      const id = crypto.randomUUID();
      act(reissueRoutes.preview, id, { id, bridge, toBridge });
    },
    start: (id, eventsPerMinute) => act(reissueRoutes.start, id, { eventsPerMinute }),
    stop: (id) => act(reissueRoutes.stop, id, {}),
    undo: (id, eventsPerMinute) => act(reissueRoutes.undo, id, { eventsPerMinute }),
  };
}
