import { Button, Field, Input, Spinner } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { GroupMemberView } from '../../../../contract/people/group.ts';
import { groupRoutes } from '../../../../contract/people/group-routes.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** Who is in a group, and who says so; a sign-in's word is not taken back here. */
export function Members({ group }: { group: string }) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language).teams;
  const [members, setMembers] = useState<readonly GroupMemberView[] | undefined>(undefined);
  const [address, setAddress] = useState('');
  const top = useRef<HTMLHeadingElement>(null);
  const task = useTask();
  const { run } = task;
  useEffect(() => run(async () => setMembers((await get<{ members: GroupMemberView[] }>(transport, groupRoutes.members, 'members', { params: { group } })).members)), [run, transport, group]);
  return (
    <section className="card" aria-label={words.members}>
      <h2 ref={top} tabIndex={-1}>
        {words.members}
      </h2>
      {members === undefined && task.problem === undefined ? <Spinner label={words.loading} /> : null}
      {members?.length === 0 ? <p>{words.noMembers}</p> : null}
      <ul className="findings">
        {members?.map(({ personId, name, address: known, source }) => (
          <li key={`${personId} ${source}`}>
            {name} <bdi className="quiet">{known}</bdi>{' '}
            {source === 'token' ? (
              words.byToken
            ) : (
              <Button
                size="small"
                disabled={task.busy}
                aria-label={words.takeOut(name)}
                onClick={() =>
                  run(async () => {
                    setMembers((await get<{ members: GroupMemberView[] }>(transport, groupRoutes.removeMember, 'members', { params: { group, person: personId } })).members);
                    top.current?.focus();
                  })
                }
              >
                {words.out}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() === '' || task.busy) return;
          run(async () => {
            setMembers((await get<{ members: GroupMemberView[] }>(transport, groupRoutes.addMember, 'members', { params: { group }, body: { address: address.trim() } })).members);
            setAddress('');
          });
        }}
      >
        <Field label={words.address}>
          <Input type="email" value={address} maxLength={320} onChange={(_event, { value }) => setAddress(value)} />
        </Field>
        <Button type="submit" disabledFocusable={task.busy || address.trim() === ''}>
          {words.put}
        </Button>
      </form>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
    </section>
  );
}
