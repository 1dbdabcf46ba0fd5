import { Checkbox, Spinner } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import type { SettingsView } from '../../../../contract/account/settings.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { givenBack, locked, said, sourceOf, valueOf } from './draft.ts';
import type { LayerDraft, SettingKey } from './draft.ts';
import { SettingInput } from './input.tsx';
import { isOffered, OfferedField } from './offered.tsx';
import { shapeOf } from './shape.ts';

interface Given {
  feature: string;
  /** Somebody below this layer may say something. */
  hasBelow: boolean;
  setting: SettingKey;
  view: SettingsView;
  draft: LayerDraft;
  change: (draft: LayerDraft) => void;
}

/** Settings with a form of their own; loaded where they are shown. */
const MappingTable = lazy(async () => ({ default: (await import(/* webpackChunkName: "mapping" */ '../rules/mapping-table.tsx')).MappingTable }));
const GreetingsField = lazy(async () => ({ default: (await import(/* webpackChunkName: "greetings" */ '../rules/greetings-field.tsx')).GreetingsField }));
const RulesField = lazy(async () => ({ default: (await import(/* webpackChunkName: "rule-form" */ '../rules/rules-field.tsx')).RulesField }));

function Plain({ children }: { children: ReactNode }) {
  return <div className="setting">{children}</div>;
}

/** One setting of a layer: inherited or said here, with who says it; locked from above, or for those below. */
export function Setting({ feature, hasBelow, setting: { key, schema }, view, draft, change }: Given) {
  const { language, words: all } = useSurroundings();
  const words = settingWords(language);
  const name = `${feature}.${key}`;
  const label = new Map(Object.entries(words.keys)).get(name) ?? key;
  const shape = shapeOf(schema);
  // One field has the name as its label; several need a legend.
  const isNamed = shape.kind === 'texts';
  const Frame = isNamed ? 'fieldset' : Plain;
  const given = { label, value: valueOf(view, draft, key), isDisabled: view.locked[key] !== undefined, change: (value: unknown) => change(said(draft, key, value)) };
  const above = view.locked[key];
  const isOwn = Object.hasOwn(draft.own, key);
  const source = sourceOf(view, key);
  const from = above !== undefined ? words.lockedBy(above.name ?? words.scopes[above.scope]) : source === undefined || isOwn ? '' : words.from(source.name ?? words.scopes[source.scope]);
  return (
    <Frame>
      {isNamed ? <legend>{label}</legend> : null}
      <Suspense fallback={<Spinner label={all.loading} />}>
        {name === 'availability.rules' ? <RulesField {...given} /> : name === 'availability.greetings' && shape.kind === 'texts' ? <GreetingsField {...given} of={shape.of} /> : isOffered(name) ? <OfferedField {...given} setting={name} /> : shape.kind === 'choices' ? <MappingTable {...given} of={shape.of} /> : <SettingInput {...given} shape={shape} />}
      </Suspense>
      {from === '' ? null : <p className="quiet">{from}</p>}
      {above !== undefined ? null : (
        <div className="actions">
          <Checkbox label={words.saidHere} checked={isOwn} onChange={(_event, { checked }) => change(checked === true ? said(draft, key, valueOf(view, draft, key)) : givenBack(draft, key))} />
          {hasBelow ? <Checkbox label={words.lock} checked={draft.locks.includes(key)} onChange={(_event, { checked }) => change(locked(draft, key, checked === true))} /> : null}
        </div>
      )}
    </Frame>
  );
}
