import { Checkbox, Field, Input, Select } from '@fluentui/react-components';
import { settingWords } from '../../../../words/admin-settings.ts';
import type { SettingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { Json } from './json.tsx';
import { Lines } from './lines.tsx';
import { isWithin } from './shape.ts';
import type { Shape } from './shape.ts';

/** What each field of a setting gets. */
export interface FieldGiven {
  label: string;
  hint: string | undefined;
  /** What the server said against the value. */
  refused: string | undefined;
  value: unknown;
  isDisabled: boolean;
  change: (value: unknown) => void;
}

/** A field's hint and the complaint about it, as Fluent has them. */
export function said({ hint, refused }: Pick<FieldGiven, 'hint' | 'refused'>, wrong?: string) {
  const complaint = wrong ?? refused;
  return { hint, validationState: complaint === undefined ? 'none' : 'error', validationMessage: complaint } as const;
}

/** Words for a value; a value of a newer server stands for itself. */
function named(words: SettingWords, value: string): string {
  return new Map(Object.entries(words.values)).get(value) ?? value;
}

/** One of some values, each with its name; `nothing` where none may be chosen. */
export function Choice({ given, values, nothing }: { given: FieldGiven; values: readonly (readonly [value: string, name: string])[]; nothing?: string | undefined }) {
  const { label, value, isDisabled, change } = given;
  const chosen = typeof value === 'string' ? value : '';
  // What is not offered any more stands for itself.
  const all = chosen === '' || values.some(([each]) => each === chosen) ? values : [...values, [chosen, chosen] as const];
  return (
    <Field label={label} {...said(given)}>
      <Select disabled={isDisabled} value={chosen} onChange={(_event, data) => change(data.value === '' && nothing !== undefined ? null : data.value)}>
        {nothing === undefined ? null : <option value="">{nothing}</option>}
        {all.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Whole({ given, shape }: { given: FieldGiven; shape: Extract<Shape, { kind: 'number' }> }) {
  const { language } = useSurroundings();
  const words = settingWords(language);
  const { label, hint, refused, value, isDisabled, change } = given;
  const number = new Intl.NumberFormat(language);
  const [least, most] = [number.format(shape.least), number.format(shape.most)];
  const read = (text: string): unknown => (text === '' ? null : Number(text));
  return (
    <Field label={label} {...said({ hint: [words.limits(least, most), hint].join(' '), refused }, isWithin(shape, value) ? undefined : words.outside(least, most))}>
      <Input type="number" disabled={isDisabled} min={shape.least} max={shape.most} step={1} value={typeof value === 'number' && Number.isFinite(value) ? String(value) : ''} onChange={(_event, data) => change(read(data.value))} />
    </Field>
  );
}

/** A field for a value, by its shape. */
export function SettingInput({ shape, ...given }: FieldGiven & { shape: Exclude<Shape, { kind: 'choices' }> }) {
  const { language } = useSurroundings();
  const words = settingWords(language);
  const { label, hint, refused, value, isDisabled, change } = given;
  if (shape.kind === 'yes-no') {
    return (
      <Field {...said({ hint, refused })}>
        <Checkbox label={label} disabled={isDisabled} checked={value === true} onChange={(_event, { checked }) => change(checked === true)} />
      </Field>
    );
  }
  if (shape.kind === 'choice') return <Choice given={given} values={shape.values.map((each) => [each, named(words, each)])} nothing={shape.isOptional ? words.nothing : undefined} />;
  if (shape.kind === 'texts') {
    const now: Record<string, unknown> = { ...(typeof value === 'object' ? value : {}) };
    const textOf = (text: unknown): string => (typeof text === 'string' ? text : '');
    return (
      <div className="pair">
        {shape.of.map((name) => (
          <Field key={name} label={name}>
            <Input disabled={isDisabled} maxLength={200} value={textOf(now[name])} onChange={(_event, data) => change({ ...now, [name]: data.value })} />
          </Field>
        ))}
      </div>
    );
  }
  if (shape.kind === 'number') return <Whole given={given} shape={shape} />;
  if (shape.kind === 'list') {
    return <Lines label={label} hint={[words.onePerLine, hint ?? ''].join('. ').trim()} value={Array.isArray(value) ? value.map(String) : []} refused={refused} isDisabled={isDisabled} change={change} />;
  }
  if (shape.kind === 'text') {
    return (
      <Field label={label} {...said({ hint, refused })}>
        <Input disabled={isDisabled} maxLength={shape.longest} value={typeof value === 'string' ? value : ''} onChange={(_event, data) => change(data.value === '' && shape.isOptional ? null : data.value)} />
      </Field>
    );
  }
  return <Json label={label} value={value} isDisabled={isDisabled} change={change} />;
}
