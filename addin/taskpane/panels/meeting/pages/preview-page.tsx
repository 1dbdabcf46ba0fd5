import { SecondPage } from '../../../parts/second-page.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import type { PageProps } from '../page-props.ts';

/** What guests will read. */
export function PreviewPage({ invite, frame, words }: PageProps) {
  const { words: pane } = useSurroundings();
  return (
    <SecondPage back={pane.tabs.meeting} title={words.previewTitle} {...frame} still>
      <pre className="preview" lang={invite.conference.language}>
        {invite.block.text.replace(/^-+\n|\n-+$/g, '')}
      </pre>
    </SecondPage>
  );
}
