import { CallRegular } from '@fluentui/react-icons/svg/call';
import { useState } from 'react';
import { useChoiceWords } from '../../../choice-words.ts';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { CheckRow, Rows } from '../../../parts/row.tsx';
import { SecondPage } from '../../../parts/second-page.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import { countriesShown, dialables, MOST_SHOWN } from '../numbers.ts';
import type { PageProps } from '../page-props.ts';

/** Every number of the bridge, and which of them stand in the invite. */
export function NumbersPage({ invite, change, frame, words: meeting }: PageProps) {
  const { language, words: pane } = useSurroundings();
  const words = useChoiceWords();
  const [isFull, setIsFull] = useState(false);
  const { conference } = invite;
  const shown = countriesShown(conference);

  function turn(country: string, on: boolean): void {
    setIsFull(on && shown.length >= MOST_SHOWN);
    if (on && shown.length >= MOST_SHOWN) return;
    change({ countries: on ? [...shown, country] : shown.filter((each) => each !== country) });
  }

  return (
    <SecondPage back={pane.tabs.meeting} title={words.numbersTitle} {...frame}>
      <p className="quiet">{words.numbersText}</p>
      <Rows>
        {dialables(conference, invite.block.text, language).map(({ iso, country, display }) => (
          <CheckRow
            key={display}
            icon={<CallRegular />}
            title={<bdi dir="ltr">{display}</bdi>}
            text={country}
            label={words.inInvite(country)}
            on={shown.includes(iso)}
            // The last one stays: an invite to a phone conference without a number helps nobody.
            disabled={shown.length === 1 && shown[0] === iso}
            turn={(on) => turn(iso, on)}
          >
            <CopyButton text={display} label={meeting.copyNumber(display)} />
          </CheckRow>
        ))}
      </Rows>
      {isFull ? <p role="alert">{words.most}</p> : null}
    </SecondPage>
  );
}
