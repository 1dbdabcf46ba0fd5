import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useRef } from 'react';
import type { TemplateContent } from '../../../../contract/conference/template.ts';
import { useSurroundings } from '../../surroundings.tsx';

type Logo = TemplateContent['logo'];
type Kind = 'none' | 'words' | 'picture';

const fresh = { text: '', imageUrl: '', width: 0, height: 0 };
const freshPicture = { imageUrl: 'https://', width: 160, height: 40 };

type Said = Exclude<NonNullable<Logo>, 'off'>;

function kindOf(logo: Logo): Kind {
  if (logo === null || logo === 'off') return 'none';
  return logo.imageUrl === '' ? 'words' : 'picture';
}

/** What stands above the invite text. */
export function LogoFields({ logo, change }: { logo: Logo; change: (logo: NonNullable<Logo>) => void }) {
  const words = useSurroundings().words.templates;
  const kind = kindOf(logo);
  // Whoever looks how it is without gets back what they had written.
  const last = useRef<Said>(fresh);
  const picture = useRef<Pick<Said, 'imageUrl' | 'width' | 'height'>>(freshPicture);
  const said = logo === null || logo === 'off' ? last.current : logo;
  const choose = (next: string): void => {
    last.current = said;
    if (said.imageUrl !== '') picture.current = { imageUrl: said.imageUrl, width: said.width, height: said.height };
    if (next === 'none') change('off');
    else change({ ...said, ...(next === 'words' ? { imageUrl: '', width: 0, height: 0 } : picture.current) });
  };
  const number = (text: string): number => Math.max(0, Math.round(Number(text)) || 0);
  return (
    <>
      <Field label={words.logoKind}>
        <RadioGroup layout="horizontal" value={kind} onChange={(_event, { value }) => choose(value)}>
          <Radio value="none" label={words.logoNone} />
          <Radio value="words" label={words.logoWords} />
          <Radio value="picture" label={words.logoPicture} />
        </RadioGroup>
      </Field>
      {kind === 'none' ? null : (
        <Field label={words.logoText}>
          <Input required value={said.text} maxLength={72} onChange={(_event, { value }) => change({ ...said, text: value })} />
        </Field>
      )}
      {kind === 'picture' ? (
        <>
          <Field label={words.logoUrl}>
            <Input type="url" value={said.imageUrl} maxLength={500} onChange={(_event, { value }) => change({ ...said, imageUrl: value === '' ? 'https://' : value })} />
          </Field>
          <div className="pair">
            <Field label={words.logoWidth}>
              <Input inputMode="numeric" value={String(said.width)} onChange={(_event, { value }) => change({ ...said, width: Math.min(320, number(value)) })} />
            </Field>
            <Field label={words.logoHeight}>
              <Input inputMode="numeric" value={String(said.height)} onChange={(_event, { value }) => change({ ...said, height: Math.min(120, number(value)) })} />
            </Field>
          </div>
        </>
      ) : null}
    </>
  );
}
