import type { ReactNode } from 'react';
import { ChoiceRow, Rows } from '../../parts/row.tsx';

/** One setting with a few values: a heading, who says so, and a row for each value. */
export function ChoiceSection<Value extends string | null>({ name, title, source, locked, value, options, choose }: {
  name: string;
  title: string;
  source: string;
  locked: boolean;
  value: Value;
  options: readonly { value: Value; title: string; text?: string; icon: ReactNode }[];
  choose: (value: Value) => void;
}) {
  return (
    <fieldset className="section">
      <legend>{title}</legend>
      <Rows>
        {options.map((option) => (
          <ChoiceRow
            key={option.value ?? ''}
            name={name}
            icon={option.icon}
            title={option.title}
            {...(option.text === undefined ? {} : { text: option.text })}
            chosen={option.value === value}
            disabled={locked}
            choose={() => choose(option.value)}
          />
        ))}
      </Rows>
      <p className="quiet">{source}</p>
    </fieldset>
  );
}
