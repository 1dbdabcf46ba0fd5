import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { InfoRegular } from '@fluentui/react-icons/svg/info';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import { useState } from 'react';
import { useSurroundings } from '../surroundings.tsx';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';

/** Red: you must act. Amber: it works, with a limit. Grey: information. */
export type Weight = 'red' | 'amber' | 'grey';

const icons = { red: ErrorCircleFilled, amber: WarningFilled, grey: InfoRegular };

/** What a message says and offers (ux.md section 6). */
export interface Said {
  weight: Weight;
  /** Complete in itself: it may be all that is read aloud. */
  lead: string;
  text: string;
  actions?: readonly { label: string; run: () => void }[];
  /** Code, time, reference: behind *Details*. */
  details?: readonly (readonly [string, string])[];
}

export function Message({ weight, lead, text, actions = [], details = [] }: Said) {
  const { words, messages } = useSurroundings();
  const [open, setOpen] = useState(false);
  const Icon = icons[weight];
  const told = details.filter(([, value]) => value !== '');
  return (
    <div className={`message ${weight}`} role={weight === 'red' ? 'alert' : 'status'}>
      <Icon className="sign" aria-hidden="true" />
      <div>
        <p>
          <b>{lead}</b> {text}
        </p>
        {actions.length === 0 && told.length === 0 ? null : (
          <p className="actions">
            {actions.map(({ label, run }) => (
              <Button key={label} size="small" onClick={run}>
                {label}
              </Button>
            ))}
            {told.length === 0 ? null : (
              <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
                {words.details}
              </Button>
            )}
          </p>
        )}
        {open ? (
          <>
            <dl>
              {told.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <Button size="small" onClick={() => void copyText(told.map((pair) => pair.join(': ')).join('\n'))}>
              {messages.detailsOf.copy}
            </Button>
          </>
        ) : null}
      </div>
    </div>
  );
}
