import { Button, Spinner } from '@fluentui/react-components';
import { Fragment, lazy, Suspense, useRef, useState } from 'react';
import { settingWords } from '../../../../words/admin-settings.ts';
import { ProblemBar } from '../problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { isChanged, valueOf } from './draft.ts';
import { inParts } from './order.ts';
import { Setting } from './setting.tsx';
import { isWithin, shapeOf } from './shape.ts';
import type { Layer } from './use-layer.ts';

/** Seldom wanted, so it is loaded when it is. */
const Conflict = lazy(async () => ({ default: (await import(/* webpackChunkName: "conflict" */ './conflict.tsx')).Conflict }));

/** A form made from the description that the server gives: a setting of a newer server appears by itself. `only`: these keys; else all, in parts. */
export function SettingsForm({ layer, only }: { layer: Layer; only?: readonly string[] }) {
  const { language, words: all } = useSurroundings();
  const words = settingWords(language);
  const save = useRef<HTMLButtonElement>(null);
  const [isUndone, setUndone] = useState(false);
  const { view, description, draft, task } = layer;
  if (view === undefined || description === undefined || draft === undefined) {
    return task.problem === undefined ? <Spinner label={all.loading} /> : <ProblemBar {...task.problem} />;
  }
  const { feature, layers } = description;
  const parts = only === undefined ? inParts(feature, description.keys) : [{ name: undefined, keys: description.keys.filter(({ key }) => only.includes(key)) }];
  const hasChanged = isChanged(view, draft);
  const hasBelow = layer.whose.scope !== 'person' && layers.length > 1;
  const isSound = description.keys.every(({ key, schema }) => !Object.hasOwn(draft.own, key) || isWithin(shapeOf(schema), valueOf(view, draft, key)));
  const change: Layer['change'] = (changed) => {
    setUndone(false);
    layer.change(changed);
  };
  return (
    <form
      className="settings"
      onSubmit={(event) => {
        event.preventDefault();
        if (hasChanged && isSound) layer.save();
      }}
    >
      {parts.map(({ name, keys }) => (
        <Fragment key={name ?? ''}>
          {name === undefined ? null : <h2>{words.parts[name]}</h2>}
          {keys.map((setting) => (
            <Setting key={`${setting.key} ${view.version} ${isUndone}`} feature={feature} hasBelow={hasBelow} setting={setting} view={view} draft={draft} refused={task.problem?.field === setting.key ? task.problem.lead : undefined} change={change} />
          ))}
        </Fragment>
      ))}
      <div className="actions">
        {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
        {layer.conflict === undefined ? null : (
          <Suspense fallback={<Spinner label={all.loading} />}>
            <Conflict feature={feature} layer={layer} conflict={layer.conflict} settled={() => save.current?.focus()} />
          </Suspense>
        )}
        {/* Never switched off for the browser: whoever saved by keyboard keeps the focus. */}
        <Button ref={save} appearance="primary" type="submit" disabledFocusable={task.busy || !hasChanged || !isSound}>
          {words.save}
        </Button>
        {hasChanged ? (
          <Button
            disabledFocusable={task.busy}
            onClick={() => {
              layer.discard();
              setUndone(true);
              save.current?.focus();
            }}
          >
            {words.discard}
          </Button>
        ) : null}
        <span role="status">{layer.saved && !hasChanged ? words.saved : hasChanged ? words.unsaved : isUndone ? words.discarded : ''}</span>
      </div>
    </form>
  );
}
