import { Button, Field, Input, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { ProblemBar } from '../../parts/problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { isOrganisation } from './calls.ts';
import { Editor } from './editor.tsx';
import { useTemplates } from './use-templates.ts';

/** Templates of the invite text (M9): the organisation's, and those that inherit from it. */
export function Templates() {
  const { words: all } = useSurroundings();
  const words = all.templates;
  const { shown, pick, change, make, save, remove } = useTemplates();
  const [name, setName] = useState('');
  const { draft } = shown;
  if (shown.all === undefined || draft === undefined) {
    return shown.problem === undefined ? <Spinner label={all.loading} /> : <ProblemBar {...shown.problem} actions={[{ label: all.away.button, run: () => location.reload() }]} />;
  }
  const { templates, languages } = shown.all;
  const template = templates.find(({ id }) => id === draft.id);
  return (
    <>
      <h1>{words.title}</h1>
      <p>
        {words.about} <a href="#groups">{all.sections.groups}</a>
      </p>
      <div className="columns">
        <nav className="list" aria-label={words.list}>
          {templates.map((each) => (
            <Button key={each.id} appearance={each.id === draft.id ? 'primary' : 'subtle'} aria-current={each.id === draft.id} onClick={() => pick(each.id)}>
              {isOrganisation(each.id) ? words.organisation : each.name}
              {Object.hasOwn(shown.aside, each.id) ? <span className="quiet">({words.unsaved})</span> : null}
            </Button>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              make(name.trim());
              setName('');
            }}
          >
            <Field label={words.makeName}>
              <Input value={name} maxLength={60} onChange={(_event, { value }) => setName(value)} />
            </Field>
            <Button type="submit" disabled={shown.busy || name.trim() === ''}>
              {words.add}
            </Button>
          </form>
        </nav>
        {template === undefined ? null : (
          <Editor
            key={draft.id}
            template={template}
            lockedAbove={templates.find(({ id }) => isOrganisation(id))?.locked ?? []}
            languages={languages}
            draft={draft}
            change={change}
            save={() => save(draft)}
            remove={() => remove(draft.id)}
            busy={shown.busy}
            saved={shown.saved}
            problem={shown.problem}
          />
        )}
      </div>
    </>
  );
}
