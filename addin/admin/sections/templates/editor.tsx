import { Button, Checkbox, Field, Input, Textarea } from '@fluentui/react-components';
import { Fragment, useState } from 'react';
import type { TemplateContent, TemplatePart, TemplateView } from '../../../../contract/conference/template.ts';
import { languageOf } from '../../../../words/pick.ts';
import type { Problem } from '../../parts/problem.tsx';
import { ProblemBar } from '../../parts/problem.tsx';
import { RemoveTwice } from '../../parts/remove-twice.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { isOrganisation } from './calls.ts';
import { differs, toggled } from './draft.ts';
import type { Draft } from './draft.ts';
import { Findings } from './findings.tsx';
import { LogoFields } from './logo.tsx';
import { Part } from './part.tsx';
import { Preview } from './preview.tsx';
import { usePreview } from './use-preview.ts';

const hideable = ['passcode', 'phone', 'more-numbers', 'host'] as const;

interface Given {
  template: TemplateView;
  /** Parts that the organisation's template locks. */
  lockedAbove: readonly TemplatePart[];
  languages: readonly string[];
  draft: Draft;
  change: (draft: Draft) => void;
  save: () => void;
  remove: () => void;
  busy: boolean;
  saved: boolean;
  problem: Problem | undefined;
}

/** One template: its parts on the one side, what they come to on the other. */
export function Editor({ template, lockedAbove, languages, draft, change, save, remove, busy, saved, problem }: Given) {
  const { words: all, language } = useSurroundings();
  const words = all.templates;
  const [previewed, setPreviewed] = useState(languages.includes(language) ? language : (languages[0] ?? 'en'));
  const shown = usePreview(draft, previewed);
  const { content } = draft;
  const say = (said: Partial<TemplateContent>): void => change({ ...draft, content: { ...content, ...said } });
  const findings = shown?.findings ?? [];
  const changed = differs(draft, template);
  const part = (name: TemplatePart) => ({ name, draft, change, isLocked: !isOrganisation(draft.id) && lockedAbove.includes(name) });
  const when = template.updatedAt === null ? words.never : words.savedBy(template.updatedBy ?? '', new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(template.updatedAt)));
  return (
    <div className="editor">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && changed && findings.length === 0) save();
        }}
      >
        {isOrganisation(draft.id) ? null : (
          <Field label={words.name}>
            <Input required value={draft.name} maxLength={60} onChange={(_event, { value }) => change({ ...draft, name: value })} />
          </Field>
        )}
        <Part {...part('languages')}>
          <p>{words.languagesHint}</p>
          {languages.map((each) => (
            <Checkbox key={each} label={words.languages[languageOf(each)]} checked={content.languages?.includes(each) ?? false} onChange={(_event, { checked }) => say({ languages: toggled(content.languages ?? [], each, checked === true, languages) })} />
          ))}
        </Part>
        <Part {...part('logo')}>
          <LogoFields logo={content.logo} change={(logo) => say({ logo })} />
          <Findings findings={findings} part="logo" />
        </Part>
        <Part {...part('legal')}>
          <p>{words.legalHint}</p>
          {languages.map((each) => (
            <Fragment key={each}>
              <Field label={words.legalIn(words.languages[languageOf(each)])}>
                <Textarea resize="vertical" rows={3} value={content.legal?.[each] ?? ''} maxLength={2000} onChange={(_event, { value }) => say({ legal: { ...content.legal, [each]: value } })} />
              </Field>
              <Findings findings={findings} part="legal" of={each} />
            </Fragment>
          ))}
        </Part>
        <Part {...part('hide')}>
          {hideable.map((each) => (
            <Checkbox key={each} label={words.hide[each]} checked={content.hide?.includes(each) ?? false} onChange={(_event, { checked }) => say({ hide: toggled(content.hide ?? [], each, checked === true, hideable) })} />
          ))}
        </Part>
        {problem === undefined ? null : <ProblemBar {...problem} />}
        <div className="actions">
          <Button appearance="primary" type="submit" disabledFocusable={busy || !changed || findings.length > 0}>
            {words.save}
          </Button>
          <span role="status">{findings.length > 0 ? words.findings(findings.length) : saved && !changed ? words.saved : changed ? words.unsaved : when}</span>
          {isOrganisation(draft.id) ? null : <RemoveTwice words={words} remove={remove} busy={busy} />}
        </div>
      </form>
      <Preview shown={shown} language={previewed} languages={languages} choose={setPreviewed} />
    </div>
  );
}
