import { Checkbox, Field, Input, Select } from '@fluentui/react-components';
import { settingWords } from '../../../../words/admin-settings.ts';
import type { SettingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { Json } from './json.tsx';
import { Lines } from './lines.tsx';
import type { Shape } from './shape.ts';

interface Given {
  label: string;
  shape: Exclude<Shape, { kind: 'choices' }>;
  value: unknown;
  isDisabled: boolean;
  change: (value: unknown) => void;
}

/** Words for a value; a value of a newer server stands for itself. */
function named(words: SettingWords, value: string): string {
  return new Map(Object.entries(words.values)).get(value) ?? value;
}

function Choice({ label, values, value, isOptional, isDisabled, change }: { label: string; values: readonly string[]; value: unknown; isOptional: boolean; isDisabled: boolean; change: (value: string | null) => void }) {
  const words = settingWords(useSurroundings().language);
  return (
    <Field label={label}>
      <Select disabled={isDisabled} value={typeof value === 'string' ? value : ''} onChange={(_event, chosen) => change(chosen.value === '' && isOptional ? null : chosen.value)}>
        {isOptional ? <option value="">{words.nothing}</option> : null}
        {values.map((each) => (
          <option key={each} value={each}>
            {named(words, each)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** A field for a value, by its shape. */
export function SettingInput({ label, shape, value, isDisabled, change }: Given) {
  const { language } = useSurroundings();
  const words = settingWords(language);
  if (shape.kind === 'yes-no') return <Checkbox label={label} disabled={isDisabled} checked={value === true} onChange={(_event, { checked }) => change(checked === true)} />;
  if (shape.kind === 'choice') return <Choice label={label} values={shape.values} value={value} isOptional={shape.isOptional} isDisabled={isDisabled} change={change} />;
  if (shape.kind === 'texts') {
    const now: Record<string, unknown> = { ...(typeof value === 'object' ? value : {}) };
    const textOf = (said: unknown): string => (typeof said === 'string' ? said : '');
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
  if (shape.kind === 'number') {
    const read = (text: string): unknown => (text === '' && shape.isOptional ? null : Number(text));
    return (
      <Field label={label}>
        <Input type="number" disabled={isDisabled} min={shape.least} max={shape.most} value={typeof value === 'number' && Number.isFinite(value) ? String(value) : ''} onChange={(_event, data) => change(read(data.value))} />
      </Field>
    );
  }
  if (shape.kind === 'list') {
    return <Lines label={label} hint={words.onePerLine} value={Array.isArray(value) ? value.map(String) : []} isDisabled={isDisabled} change={change} />;
  }
  if (shape.kind === 'text') {
    return (
      <Field label={label}>
        <Input disabled={isDisabled} maxLength={shape.longest} value={typeof value === 'string' ? value : ''} onChange={(_event, data) => change(data.value === '' && shape.isOptional ? null : data.value)} />
      </Field>
    );
  }
  return <Json label={label} value={value} isDisabled={isDisabled} change={change} />;
}
