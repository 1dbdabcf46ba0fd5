import { Field, Textarea } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** A value as JSON; what cannot be read stays on the screen and is not taken. */
export function Json({ label, value, isDisabled, change }: { label: string; value: unknown; isDisabled: boolean; change: (value: unknown) => void }) {
  const words = settingWords(useSurroundings().language);
  const [text, setText] = useState(() => JSON.stringify(value, null, 1));
  const [isBroken, setBroken] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const say = (isWrong: boolean): void => {
    setBroken(isWrong);
    area.current?.setCustomValidity(isWrong ? words.notJson : '');
  };
  const type = (typed: string): void => {
    setText(typed);
    try {
      change(JSON.parse(typed));
      say(false);
    } catch {
      // Half typed; the field says so, and the form is not sent: it would save what stood here before.
      say(true);
    }
  };
  return (
    <Field label={label} validationState={isBroken ? 'error' : 'none'} validationMessage={isBroken ? words.notJson : undefined}>
      <Textarea ref={area} className="code" resize="vertical" rows={6} disabled={isDisabled} value={text} onChange={(_event, data) => type(data.value)} />
    </Field>
  );
}
