import { Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';

/** Texts, one on each line. What is typed stays as typed; empty lines and spaces around are not taken. */
export function Lines({ label, hint, value, refused, isDisabled = false, rows = 3, change }: { label: string; hint?: string; refused?: string | undefined; value: readonly string[]; isDisabled?: boolean; rows?: number; change: (value: string[]) => void }) {
  const [typed, setTyped] = useState(() => value.join('\n'));
  const read = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  // Another value than what stands here: it was given back, or somebody else's was loaded.
  const shown = read(typed).join('\n') === value.join('\n') ? typed : value.join('\n');
  return (
    <Field label={label} hint={hint} validationState={refused === undefined ? 'none' : 'error'} validationMessage={refused}>
      <Textarea
        resize="vertical"
        rows={rows}
        disabled={isDisabled}
        value={shown}
        onChange={(_event, data) => {
          setTyped(data.value);
          change(read(data.value));
        }}
      />
    </Field>
  );
}
