import { useEffect, useState } from 'react';
import type { GroupView } from '../../../contract/people/group.ts';
import { groupRoutes } from '../../../contract/people/group-routes.ts';
import { useSurroundings } from '../surroundings.tsx';
import { get } from './get.ts';
import { useTask } from './use-task.ts';
import type { Task } from './use-task.ts';

/** All groups, the one that counts most first; undefined until the server has told. */
export function useGroups(): { groups: readonly GroupView[] | undefined; task: Task; show: (groups: readonly GroupView[]) => void } {
  const { transport } = useSurroundings();
  const [groups, show] = useState<readonly GroupView[] | undefined>(undefined);
  const task = useTask();
  const { run } = task;
  useEffect(() => run(async () => show((await get<{ groups: GroupView[] }>(transport, groupRoutes.list, 'groups', {})).groups)), [run, transport]);
  return { groups, task, show };
}
