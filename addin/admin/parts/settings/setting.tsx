import { Checkbox, Spinner } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import type { SettingsView } from '../../../../contract/account/settings.ts';
import { settingHint } from '../../../../words/admin-setting-hints.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { givenBack, locked, said, sourceOf, valueOf } from './draft.ts';
import type { LayerDraft, SettingKey } from './draft.ts';
import { SettingInput } from './input.tsx';
import type { FieldGiven } from './input.tsx';
import { isLanguage, isOffered, LanguageField, OfferedField } from './offered.tsx';
import { settingName } from './setting-name.ts';
import { shapeOf } from './shape.ts';
import type { Shape } from './shape.ts';
import { isZone, TimeZoneField } from './time-zone.tsx';

interface Given {
  feature: string;
  /** Somebody below this layer may say something. */
  hasBelow: boolean;
  setting: SettingKey;
  view: SettingsView;
  draft: LayerDraft;
  /** What the server said against the value. */
  refused: string | undefined;
  change: (draft: LayerDraft) => void;
}

/** Settings with a form of their own; loaded where they are shown. */
const MappingTable = lazy(async () => ({ default: (await import(/* webpackChunkName: "mapping" */ '../rules/mapping-table.tsx')).MappingTable }));
const GreetingsField = lazy(async () => ({ default: (await import(/* webpackChunkName: "greetings" */ '../rules/greetings-field.tsx')).GreetingsField }));
const RulesField = lazy(async () => ({ default: (await import(/* webpackChunkName: "rule-form" */ '../rules/rules-field.tsx')).RulesField }));

function Plain({ children }: { children: ReactNode }) {
  return <div className="setting">{children}</div>;
}

/** The field that fits: by what the setting means, else by what it may be. */
function SettingField({ name, shape, given }: { name: string; shape: Shape; given: FieldGiven }) {
  if (name === 'availability.rules') return <RulesField {...given} />;
  if (name === 'availability.greetings' && shape.kind === 'texts') return <GreetingsField {...given} of={shape.of} />;
  if (isOffered(name)) return <OfferedField {...given} setting={name} />;
  if (isLanguage(name)) return <LanguageField {...given} />;
  if (isZone(name)) return <TimeZoneField {...given} />;
  return shape.kind === 'choices' ? <MappingTable {...given} of={shape.of} /> : <SettingInput {...given} shape={shape} />;
}

/** One setting of a layer: inherited or said here, with who says it; locked from above, or for those below. */
export function Setting({ feature, hasBelow, setting: { key, schema }, view, draft, refused, change }: Given) {
  const { language, words: all } = useSurroundings();
  const words = settingWords(language);
  const name = `${feature}.${key}`;
  const label = settingName(words, feature, key);
  const shape = shapeOf(schema);
  // One field has the name as its label; several need a legend.
  const isNamed = shape.kind === 'texts';
  const Frame = isNamed ? 'fieldset' : Plain;
  const above = view.locked[key];
  const given = { label, hint: settingHint(language, name), refused, value: valueOf(view, draft, key), isDisabled: above !== undefined, change: (value: unknown) => change(said(draft, key, value)) };
  const isOwn = Object.hasOwn(draft.own, key);
  const source = sourceOf(view, key);
  const from = above !== undefined ? words.lockedBy(above.name ?? words.scopes[above.scope]) : source === undefined || isOwn ? '' : words.from(source.name ?? words.scopes[source.scope]);
  return (
    <Frame>
      {isNamed ? <legend>{label}</legend> : null}
      <Suspense fallback={<Spinner label={all.loading} />}>
        <SettingField name={name} shape={shape} given={given} />
      </Suspense>
      <div className="whose">
        {from === '' ? null : <span className="quiet">{from}</span>}
        {above !== undefined ? null : (
          <>
            <Checkbox label={words.saidHere} input={{ 'aria-description': label }} checked={isOwn} onChange={(_event, { checked }) => change(checked === true ? said(draft, key, valueOf(view, draft, key)) : givenBack(draft, key))} />
            {hasBelow ? <Checkbox label={words.lock} input={{ 'aria-description': label }} checked={draft.locks.includes(key)} onChange={(_event, { checked }) => change(locked(draft, key, checked === true))} /> : null}
          </>
        )}
      </div>
    </Frame>
  );
}
