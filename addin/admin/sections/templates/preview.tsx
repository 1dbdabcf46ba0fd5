import { Field, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { PreviewResponse } from '../../../../contract/conference/template.ts';
import { languageOf } from '../../../../words/pick.ts';
import { useSurroundings } from '../../surroundings.tsx';

const looks = ['light', 'dark', 'phone', 'text'] as const;
type Look = (typeof looks)[number];

function isLook(value: string): value is Look {
  return looks.some((look) => look === value);
}

/** As mail programs show it: their own letters and grounds, ours is only the block. */
function pageOf(html: string, look: Look): string {
  const ground = look === 'dark' ? 'color-scheme:dark;background:#1f1f1f;color:#fff' : 'color-scheme:light;background:#fff;color:#000';
  return `<!doctype html><meta charset="utf-8"><body style="margin:8px;font:${look === 'phone' ? '14px' : '11pt'} Aptos,Calibri,sans-serif;${ground}">${html}`;
}

/** The block as it would stand in an invite; nothing in it runs, and links lead nowhere. */
export function Preview({ shown, language, languages, choose }: { shown: PreviewResponse | undefined; language: string; languages: readonly string[]; choose: (language: string) => void }) {
  const { words } = useSurroundings();
  const { preview, previewNote, previewLanguage, previewLook, looks: lookWords, languages: names } = words.templates;
  const [look, setLook] = useState<Look>('light');
  return (
    <section className="preview" aria-label={preview}>
      <h2>{preview}</h2>
      <p>{previewNote}</p>
      <div className="pair">
        <Field label={previewLanguage}>
          <Select value={language} onChange={(_event, { value }) => choose(value)}>
            {languages.map((each) => (
              <option key={each} value={each}>
                {names[languageOf(each)]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={previewLook}>
          <RadioGroup layout="horizontal" value={look} onChange={(_event, { value }) => (isLook(value) ? setLook(value) : undefined)}>
            {looks.map((each) => (
              <Radio key={each} value={each} label={lookWords[each]} />
            ))}
          </RadioGroup>
        </Field>
      </div>
      {look === 'text' ? (
        <pre role="group" tabIndex={0} aria-label={lookWords.text}>
          {shown?.text ?? ''}
        </pre>
      ) : (
        <iframe title={preview} sandbox="" className={look} srcDoc={pageOf(shown?.html ?? '', look)} />
      )}
    </section>
  );
}
