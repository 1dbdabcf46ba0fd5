import { useEffect, useState } from 'react';
import type { PhoneSystemSounds } from '../../../../contract/availability/admin.ts';
import { availabilityAdminRoutes } from '../../../../contract/availability/admin-routes.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { get } from '../get.ts';
import { useTask } from '../use-task.ts';
import type { Task } from '../use-task.ts';

/** Sounds of the phone systems, asked once somebody wants to choose one: some take seconds to list them. */
export function useSounds(isWanted: boolean): { systems: readonly PhoneSystemSounds[] | undefined; task: Task } {
  const { transport } = useSurroundings();
  const [systems, setSystems] = useState<readonly PhoneSystemSounds[] | undefined>(undefined);
  const task = useTask();
  const { run } = task;
  useEffect(() => {
    if (isWanted) run(async () => setSystems((await get<{ phoneSystems: PhoneSystemSounds[] }>(transport, availabilityAdminRoutes.sounds, 'phoneSystems', {})).phoneSystems));
  }, [isWanted, run, transport]);
  return { systems, task };
}
