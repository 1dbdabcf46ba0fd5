import { CallRegular } from '@fluentui/react-icons/svg/call';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import { languageOf, languages } from '../../../../words/pick.ts';
import type { Language } from '../../../../words/pick.ts';
import type { InInvite } from '../../../invite/outcome.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ChoiceRow, Row, Rows } from '../../parts/row.tsx';
import { SecondPage } from '../../parts/second-page.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { dialables } from './numbers.ts';

/** Second pages of this panel. */
export type PageName = 'numbers' | 'language' | 'preview';

interface PageProps {
  close: () => void;
  words: MeetingWords;
}

/** Every number of the bridge. */
function NumbersPage({ invite, close, words }: PageProps & { invite: InInvite }) {
  const { language, words: pane } = useSurroundings();
  return (
    <SecondPage back={pane.tabs.meeting} title={words.numbersTitle} close={close}>
      <Rows>
        {dialables(invite.conference, invite.block.text, language).map(({ country, display }) => (
          <Row key={display} icon={<CallRegular />} title={<bdi dir="ltr">{display}</bdi>} text={country}>
            <CopyButton text={display} label={words.copyNumber(display)} />
          </Row>
        ))}
      </Rows>
    </SecondPage>
  );
}

/** The language of the block; chosen means saved. */
function LanguagePage({ chosen, choose, close, words }: PageProps & { chosen: string; choose: (language: Language) => void }) {
  const { words: pane } = useSurroundings();
  return (
    <SecondPage back={pane.tabs.meeting} title={words.language} close={close}>
      <Rows>
        {languages.map((language) => (
          <ChoiceRow key={language} name="language" icon={<GlobeRegular />} title={words.languages[language]} chosen={languageOf(chosen) === language} choose={() => choose(language)} />
        ))}
      </Rows>
    </SecondPage>
  );
}

/** What guests will read. */
function PreviewPage({ invite, close, words }: PageProps & { invite: InInvite }) {
  const { words: pane } = useSurroundings();
  return (
    <SecondPage back={pane.tabs.meeting} title={words.previewTitle} close={close} still>
      <pre className="preview" lang={invite.conference.language}>
        {invite.block.text.replace(/^-+\n|\n-+$/g, '')}
      </pre>
    </SecondPage>
  );
}

/** The second page of that name. */
export function Page({ name, invite, choose, close, words }: PageProps & { name: PageName; invite: InInvite; choose: (language: Language) => void }) {
  if (name === 'numbers') return <NumbersPage invite={invite} close={close} words={words} />;
  if (name === 'preview') return <PreviewPage invite={invite} close={close} words={words} />;
  return <LanguagePage chosen={invite.conference.language} choose={choose} close={close} words={words} />;
}
