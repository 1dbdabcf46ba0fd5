import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { GroupView } from '../../../../contract/people/group.ts';
import { groupRoutes } from '../../../../contract/people/group-routes.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

interface Given {
  group: GroupView;
  changed: (group: GroupView) => void;
  removed: (rest: readonly GroupView[]) => void;
}

/** Name, claim and rank of a group; whoever began from an older state is told. */
export function GroupForm({ group, changed, removed }: Given) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language).teams;
  const [name, setName] = useState(group.name);
  const [claim, setClaim] = useState(group.claim ?? '');
  const [rank, setRank] = useState(String(group.rank));
  const [isSure, setSure] = useState(false);
  const task = useTask();
  const params = { group: group.id };
  const wanted = { name: name.trim(), claim: claim.trim() === '' ? null : claim.trim(), rank: Number(rank) };
  const isSame = wanted.name === group.name && wanted.claim === group.claim && wanted.rank === group.rank;
  function save(): void {
    const seen = { name: group.name, claim: group.claim, rank: group.rank };
    task.run(
      async () => changed((await get<{ group: GroupView }>(transport, groupRoutes.change, 'group', { params, body: { ...wanted, seen } })).group),
      (fault) => {
        if (!(fault instanceof TalkFault) || fault.problem?.code !== 'changed-meanwhile') return undefined;
        const reload = (): void => task.run(async () => {
          const { groups } = await get<{ groups: GroupView[] }>(transport, groupRoutes.list, 'groups', {});
          const theirs = groups.find(({ id }) => id === group.id);
          if (theirs !== undefined) changed(theirs);
        });
        return { ...words.conflict, reference: '', actions: [{ label: words.name, run: reload }] };
      },
    );
  }
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={words.name}>
        <Input value={name} maxLength={120} onChange={(_event, { value }) => setName(value)} />
      </Field>
      <Field label={words.claim}>
        <Input value={claim} maxLength={200} onChange={(_event, { value }) => setClaim(value)} />
      </Field>
      <Field label={words.rank}>
        <Input type="number" min={0} max={10_000} value={rank} onChange={(_event, { value }) => setRank(value)} />
      </Field>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <div className="actions">
        <Button type="submit" appearance="primary" disabled={task.busy || isSame || wanted.name === '' || !Number.isInteger(wanted.rank)}>
          {words.save}
        </Button>
        {isSure ? (
          <>
            <Button className="danger" disabled={task.busy} onClick={() => task.run(async () => removed((await get<{ groups: GroupView[] }>(transport, groupRoutes.remove, 'groups', { params })).groups))}>
              {words.removeSure}
            </Button>
            <Button onClick={() => setSure(false)}>{words.cancel}</Button>
          </>
        ) : (
          <Button className="danger" onClick={() => setSure(true)}>
            {words.remove}
          </Button>
        )}
      </div>
    </form>
  );
}
