import { Button, Field, Input, Select, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import type { GroupView } from '../../../../contract/group.ts';
import { groupRoutes } from '../../../../contract/group-routes.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { SettingsForm } from '../../parts/settings/form.tsx';
import { useLayer } from '../../parts/settings/use-layer.ts';
import { useGroups } from '../../parts/use-groups.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { GroupForm } from './group-form.tsx';
import { Members } from './members.tsx';
import { Synchronised } from './synchronised.tsx';

/** Features with settings of groups, in the order of the list. */
const features = ['voicemail', 'availability', 'conference'] as const;

/** All settings of one feature, at one layer. */
function FeatureSettings({ feature, group }: { feature: string; group: string | null }) {
  return <SettingsForm layer={useLayer(feature, group)} />;
}

/** Groups with their members, what is synchronised for them, and every setting in layers. */
export function Groups() {
  const { transport, language, words: all } = useSurroundings();
  const words = peopleWords(language).teams;
  const names = settingWords(language).features;
  const { groups, task, show } = useGroups();
  const [chosen, setChosen] = useState<string | null>(null);
  const [feature, setFeature] = useState<(typeof features)[number]>('voicemail');
  const [name, setName] = useState('');
  if (groups === undefined) return task.problem === undefined ? <Spinner label={all.loading} /> : <ProblemBar {...task.problem} />;
  const group = groups.find(({ id }) => id === chosen);
  const put = (changed: GroupView): void => show(groups.map((each) => (each.id === changed.id ? changed : each)));
  function make(): void {
    task.run(async () => {
      const made = await get<{ group: GroupView }>(transport, groupRoutes.make, 'group', { body: { name: name.trim() } });
      show([...(groups ?? []), made.group]);
      setChosen(made.group.id);
      setName('');
    });
  }
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.about}</p>
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
              make();
            }}
          >
            <Field label={words.makeName}>
              <Input value={name} maxLength={120} onChange={(_event, { value }) => setName(value)} />
            </Field>
            <Button type="submit" disabled={task.busy || name.trim() === ''}>
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
                key={`${group.id} ${group.name} ${group.claim ?? ''} ${group.rank}`}
                group={group}
                changed={put}
                removed={(rest) => {
                  show(rest);
                  setChosen(null);
                }}
              />
              <Members group={group.id} />
            </>
          )}
          <Synchronised group={group?.id ?? null} />
          <section className="card" aria-label={words.all}>
            <h2>{words.all}</h2>
            <Field label={words.feature}>
              <Select value={feature} onChange={(_event, { value }) => setFeature(features.find((each) => each === value) ?? 'voicemail')}>
                {features.map((each) => (
                  <option key={each} value={each}>
                    {names[each]}
                  </option>
                ))}
              </Select>
            </Field>
            <FeatureSettings key={feature} feature={feature} group={group?.id ?? null} />
          </section>
        </div>
      </div>
    </>
  );
}
