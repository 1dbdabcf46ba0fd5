import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { reissueRoutes } from '../../../../contract/conference/reissue-routes.ts';
import type { ReissueInvite } from '../../../../contract/conference/reissue.ts';
import { reissueWords } from '../../../../words/admin-reissue.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

const AT_ONCE = 50;

/** Invites that were not written, counted by reason; named by wish. */
export function LeftAlone({ id, reasons }: { id: string; reasons: Readonly<Record<string, number>> }) {
  const { transport, language } = useSurroundings();
  const words = reissueWords(language);
  const spoken = new Map(Object.entries(words.reasons));
  const [invites, setInvites] = useState<readonly ReissueInvite[]>([]);
  const task = useTask();
  const load = (): void =>
    task.run(async () => {
      const { invites: more } = await get<{ invites: ReissueInvite[] }>(transport, reissueRoutes.invites, 'invites', { params: { id }, query: { state: 'left', skip: invites.length, limit: AT_ONCE } });
      setInvites([...invites, ...more]);
    });
  return (
    <details>
      <summary>{words.left}</summary>
      <ul className="findings">
        {Object.entries(reasons).map(([reason, count]) => (
          <li key={reason}>{`${count}: ${spoken.get(reason) ?? reason}`}</li>
        ))}
      </ul>
      {invites.length === 0 ? null : (
        <ul className="findings scroll" tabIndex={0} aria-label={words.left}>
          {invites.map(({ conferenceId, eventId, reason }) => (
            <li key={`${conferenceId} ${eventId ?? ''}`}>
              <bdi>{conferenceId}</bdi> <span className="quiet">{spoken.get(reason ?? '') ?? reason}</span>
            </li>
          ))}
        </ul>
      )}
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      {invites.length > 0 && invites.length % AT_ONCE !== 0 ? null : (
        <Button size="small" disabled={task.busy} onClick={load}>
          {invites.length === 0 ? words.show : words.more}
        </Button>
      )}
    </details>
  );
}
