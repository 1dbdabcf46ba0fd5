import { Button, Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { ReissuesResponse } from '../../../../contract/conference/reissue.ts';
import { reissueWords } from '../../../../words/admin-reissue.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** Which conferences, and whether they move. */
export function PreviewForm({ bridges, isBusy, isAtWork, preview }: { bridges: ReissuesResponse['bridges']; isBusy: boolean; isAtWork: boolean; preview: (bridge: string | null, toBridge: string | null) => void }) {
  const words = reissueWords(useSurroundings().language);
  const [bridge, setBridge] = useState('');
  const [to, setTo] = useState('');
  const others = bridges.filter(({ instance, isConnected }) => isConnected && instance !== bridge);
  const goesTo = bridge !== '' && others.some(({ instance }) => instance === to) ? to : '';
  return (
    <form
      className="card"
      aria-label={words.make}
      onSubmit={(event) => {
        event.preventDefault();
        preview(bridge === '' ? null : bridge, goesTo === '' ? null : goesTo);
      }}
    >
      <h2>{words.make}</h2>
      <Field label={words.which}>
        <Select value={bridge} onChange={(_event, { value }) => setBridge(value)}>
          <option value="">{words.all}</option>
          {bridges.map(({ instance, conferences, isConnected }) => (
            <option key={instance} value={instance}>
              {words.bridge(instance, conferences, isConnected)}
            </option>
          ))}
        </Select>
      </Field>
      {bridge === '' || others.length === 0 ? null : (
        <Field label={words.to} hint={words.moveNote}>
          <Select value={goesTo} onChange={(_event, { value }) => setTo(value)}>
            <option value="">{words.stay}</option>
            {others.map(({ instance, conferences }) => (
              <option key={instance} value={instance}>
                {words.bridge(instance, conferences, true)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div className="actions">
        <Button type="submit" appearance="primary" disabled={isBusy || isAtWork}>
          {words.preview}
        </Button>
        {isAtWork ? <span>{words.busy}</span> : null}
      </div>
    </form>
  );
}
