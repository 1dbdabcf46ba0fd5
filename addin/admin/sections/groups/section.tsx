import { Button, Field, Input, Spinner } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { GroupView } from '../../../../contract/people/group.ts';
import { groupRoutes } from '../../../../contract/people/group-routes.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { FeatureSettings } from '../../parts/settings/feature-settings.tsx';
import { ofGroup } from '../../parts/settings/whose.ts';
import { useDraft } from '../../parts/use-draft.ts';
import { useGroups } from '../../parts/use-groups.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { GroupForm } from './group-form.tsx';
import { Members } from './members.tsx';
import { Synchronised } from './synchronised.tsx';

/** Groups with their members, what is synchronised for them, and every setting in layers. */
export function Groups() {
  const { transport, language, words: all } = useSurroundings();
  const words = peopleWords(language).teams;
  const { groups, task, show } = useGroups();
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useDraft('group to make');
  const [said, setSaid] = useState('');
  const top = useRef<HTMLHeadingElement>(null);
  if (groups === undefined) return task.problem === undefined ? <Spinner label={all.loading} /> : <ProblemBar {...task.problem} />;
  const group = groups.find(({ id }) => id === chosen);
  const put = (changed: GroupView): void => show(groups.map((each) => (each.id === changed.id ? changed : each)));
  function make(): void {
    task.run(async () => {
      const made = await get<{ group: GroupView }>(transport, groupRoutes.make, 'group', { body: { name: name.trim() } });
      show([...(groups ?? []), made.group]);
      setChosen(made.group.id);
      setName(undefined);
      setSaid('');
    });
  }
  return (
    <>
      <h1 ref={top} tabIndex={-1}>
        {words.title}
      </h1>
      <p>{words.about}</p>
      <p role="status">{said}</p>
      <div className="columns">
        <nav className="list" aria-label={words.list}>
          <Button appearance={group === undefined ? 'primary' : 'subtle'} aria-current={group === undefined} onClick={() => setChosen(null)}>
            {words.organisation}
          </Button>
          {groups.map((each) => (
            <Button key={each.id} appearance={each.id === chosen ? 'primary' : 'subtle'} aria-current={each.id === chosen} onClick={() => setChosen(each.id)}>
              {each.name}
            </Button>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() !== '' && !task.busy) make();
            }}
          >
            <Field label={words.makeName}>
              <Input value={name} maxLength={120} onChange={(_event, { value }) => setName(value)} />
            </Field>
            <Button type="submit" disabledFocusable={task.busy || name.trim() === ''}>
              {words.add}
            </Button>
          </form>
          {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
        </nav>
        <div className="stack" key={chosen ?? ''}>
          <h2>{group?.name ?? words.organisation}</h2>
          {group === undefined ? null : (
            <>
              <GroupForm
                group={group}
                changed={put}
                removed={(rest) => {
                  setSaid(words.removed(group.name));
                  show(rest);
                  setChosen(null);
                  top.current?.focus();
                }}
              />
              <Members group={group.id} />
            </>
          )}
          <Synchronised group={group?.id ?? null} />
          <section className="card" aria-label={words.all}>
            <h2>{words.all}</h2>
            <FeatureSettings label={words.feature} whose={ofGroup(group?.id ?? null)} />
          </section>
        </div>
      </div>
    </>
  );
}
