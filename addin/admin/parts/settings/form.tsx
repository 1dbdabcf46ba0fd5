import { Button, Spinner } from '@fluentui/react-components';
import { Fragment } from 'react';
import { settingWords } from '../../../../words/admin-settings.ts';
import { ProblemBar } from '../problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { isChanged } from './draft.ts';
import { inParts } from './order.ts';
import { Setting } from './setting.tsx';
import type { Layer } from './use-layer.ts';

/** A form made from the description that the server gives: a setting of a newer server appears by itself. `only`: these keys; else all, in parts. */
export function SettingsForm({ layer, only }: { layer: Layer; only?: readonly string[] }) {
  const { language, words: all } = useSurroundings();
  const words = settingWords(language);
  const { view, description, draft, task } = layer;
  if (view === undefined || description === undefined || draft === undefined) return task.problem === undefined ? <Spinner label={all.loading} /> : <ProblemBar {...task.problem} />;
  const { feature, layers } = description;
  const parts = only === undefined ? inParts(feature, description.keys) : [{ name: undefined, keys: description.keys.filter(({ key }) => only.includes(key)) }];
  const hasChanged = isChanged(view, draft);
  const hasBelow = layer.whose.scope !== 'person' && layers.length > 1;
  return (
    <form
      className="settings"
      onSubmit={(event) => {
        event.preventDefault();
        layer.save();
      }}
    >
      {parts.map(({ name, keys }) => (
        <Fragment key={name ?? ''}>
          {name === undefined ? null : <h2>{words.parts[name]}</h2>}
          {keys.map((setting) => (
            <Setting key={`${setting.key} ${view.version}`} feature={feature} hasBelow={hasBelow} setting={setting} view={view} draft={draft} change={layer.change} />
          ))}
        </Fragment>
      ))}
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <div className="actions">
        <Button appearance="primary" type="submit" disabled={task.busy || !hasChanged}>
          {words.save}
        </Button>
        <span role="status">{layer.saved && !hasChanged ? words.saved : hasChanged ? words.unsaved : ''}</span>
      </div>
    </form>
  );
}
