import { useChoiceWords } from '../../choice-words.ts';
import { SecondPage } from '../../parts/second-page.tsx';
import { Mine } from './mine.tsx';

/** The list from behind the three dots, whatever item Outlook shows. */
export function MinePage({ close }: { close: () => void }) {
  return (
    <SecondPage back="Tieline" title={useChoiceWords().mine.title} close={close}>
      <Mine />
    </SecondPage>
  );
}
