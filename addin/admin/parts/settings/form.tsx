import { Button, Spinner } from '@fluentui/react-components';
import { settingWords } from '../../../../words/admin-settings.ts';
import { ProblemBar } from '../problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { isChanged } from './draft.ts';
import { Setting } from './setting.tsx';
import type { Layer } from './use-layer.ts';

/** A form made from the description that the server gives: a setting of a newer server appears by itself. `only`: these keys; else all. */
export function SettingsForm({ layer, only }: { layer: Layer; only?: readonly string[] }) {
  const { language, words: all } = useSurroundings();
  const words = settingWords(language);
  const { view, description, draft, task } = layer;
  if (view === undefined || description === undefined || draft === undefined) return task.problem === undefined ? <Spinner label={all.loading} /> : <ProblemBar {...task.problem} />;
  const keys = description.keys.filter(({ key }) => only === undefined || only.includes(key));
  const hasChanged = isChanged(view, draft);
  return (
    <form
      className="settings"
      onSubmit={(event) => {
        event.preventDefault();
        layer.save();
      }}
    >
      {keys.map((setting) => (
        <Setting key={`${setting.key} ${view.version}`} feature={description.feature} hasBelow={description.layers.length > 1} setting={setting} view={view} draft={draft} change={layer.change} />
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
