import { ConferenceRoomRegular } from '@fluentui/react-icons/svg/conference-room';
import { VideoRegular } from '@fluentui/react-icons/svg/video';
import { useChoiceWords } from '../../../choice-words.ts';
import { ChoiceRow, Rows } from '../../../parts/row.tsx';
import { SecondPage } from '../../../parts/second-page.tsx';
import { Wait } from '../../../parts/wait.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import { useFixed } from '../use-fixed.ts';
import { useOffer } from '../use-offer.ts';
import { typeName, typeText } from '../type-name.ts';
import type { PageProps } from '../page-props.ts';

/** What the conference is held on. */
export function TypePage({ invite, change, frame }: PageProps) {
  const { language, words: pane } = useSurroundings();
  const words = useChoiceWords();
  const asked = useOffer();
  const fixed = useFixed()('bridge');
  const { bridge, participants } = invite.conference;
  const isOccupied = (participants ?? 0) > 0;
  const types = asked.value?.types ?? [];
  return (
    <SecondPage back={pane.tabs.meeting} title={words.typeTitle} {...frame}>
      {asked.value === undefined ? <Wait asked={asked} text={words.typeTitle} /> : null}
      {isOccupied ? <p className="quiet">{words.occupied}</p> : null}
      {types.length === 0 ? null : <Rows>
        {types.map((type) => (
          <ChoiceRow
            key={type.id}
            name="type"
            icon={type.kind === 'video' ? <VideoRegular /> : <ConferenceRoomRegular />}
            title={typeName(type, types, words)}
            text={typeText(type, words, language)}
            chosen={type.id === bridge.instance}
            disabled={isOccupied || fixed !== undefined}
            choose={() => change({ bridge: type.id })}
          />
        ))}
      </Rows>}
      {fixed === undefined ? null : <p className="quiet">{fixed}</p>}
      {types.length === 1 ? <p className="quiet">{words.onlyType}</p> : null}
    </SecondPage>
  );
}
