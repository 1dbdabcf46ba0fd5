import { DocumentTextRegular } from '@fluentui/react-icons/svg/document-text';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import { useChoiceWords } from '../../../choice-words.ts';
import { languageOf, languages } from '../../../../../words/pick.ts';
import { ChoiceRow, Rows } from '../../../parts/row.tsx';
import { SecondPage } from '../../../parts/second-page.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import { useFixed } from '../use-fixed.ts';
import { useOffer } from '../use-offer.ts';
import type { PageProps } from '../page-props.ts';

/** Language and template of the block. Languages that the organisation does not offer are not shown once the server has told. */
export function LanguagePage({ invite, change, frame }: PageProps) {
  const { words: pane } = useSurroundings();
  const words = useChoiceWords();
  const { value: offer } = useOffer();
  const fixed = useFixed();
  const { language, template } = invite.conference;
  const offered = languages.filter((each) => offer === undefined || offer.languages.includes(each) || each === languageOf(language));
  const templates = offer?.templates ?? [];
  return (
    <SecondPage back={pane.tabs.meeting} title={words.language} {...frame}>
      <Rows>
        {offered.map((each) => (
          <ChoiceRow key={each} name="language" icon={<GlobeRegular />} title={words.languages[each]} chosen={languageOf(language) === each} disabled={fixed('language') !== undefined} choose={() => change({ language: each })} />
        ))}
      </Rows>
      {fixed('language') === undefined ? null : <p className="quiet">{fixed('language')}</p>}
      {templates.length === 0 ? null : (
        <>
          <h3>{words.template}</h3>
          <Rows>
            {[{ id: null, name: words.standardTemplate }, ...templates].map(({ id, name }) => (
              <ChoiceRow key={id ?? ''} name="template" icon={<DocumentTextRegular />} title={name} chosen={template === id} disabled={fixed('template') !== undefined} choose={() => change({ template: id })} />
            ))}
          </Rows>
          {fixed('template') === undefined ? null : <p className="quiet">{fixed('template')}</p>}
        </>
      )}
    </SecondPage>
  );
}
