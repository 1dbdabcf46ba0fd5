import { CalendarAddRegular } from '@fluentui/react-icons/svg/calendar-add';
import { ConferenceRoomRegular } from '@fluentui/react-icons/svg/conference-room';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import { VideoRegular } from '@fluentui/react-icons/svg/video';
import { useChoiceWords } from '../../choice-words.ts';
import { languageOf } from '../../../../words/pick.ts';
import { ActionRow, PageRow, Row, Rows } from '../../parts/row.tsx';
import { Toggle } from '../../parts/toggle.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { readSettings } from '../settings/read-settings.ts';
import { isLocked } from '../settings/setting-source.tsx';
import { useSettings } from '../settings/use-settings.ts';
import { typeName, typeText } from './type-name.ts';
import { useOffer } from './use-offer.ts';
import type { InviteActions } from './use-invite.ts';

/** What is added when the button is pressed; or, when the ribbon asked *Choose type…*, the types to choose among. With the server away it is not there: the button says what is wrong. */
export function Usually({ add, isAdding }: { add: InviteActions['add']; isAdding: boolean }) {
  const { language, opening, openSettings } = useSurroundings();
  const words = useChoiceWords();
  const { value: view, change } = useSettings();
  const { value: offer } = useOffer();
  const types = offer?.types ?? [];

  if (opening.asked === 'type' && types.length > 0) {
    return (
      <>
        <h3>{words.typeTitle}</h3>
        <Rows>
          {types.map((type) => (
            <ActionRow
              key={type.id}
              icon={type.kind === 'video' ? <VideoRegular /> : <ConferenceRoomRegular />}
              title={typeName(type, types, words)}
              text={typeText(type, words, language)}
              run={() => {
                if (!isAdding) add({ bridge: type.id });
              }}
            />
          ))}
        </Rows>
      </>
    );
  }
  if (view === undefined) return null;
  const values = readSettings(view.values);
  const type = types.find(({ id }) => id === values.bridge) ?? types[0];
  return (
    <>
      <h3>{words.choose.usual}</h3>
      <Rows>
        {type === undefined ? null : (
          <PageRow icon={type.kind === 'video' ? <VideoRegular /> : <ConferenceRoomRegular />} title={typeName(type, types, words)} text={`${words.choose.type} · ${values.room === 'personal' ? words.personalRoom : words.newRoom}`} page="usual-type" open={openSettings} />
        )}
        <PageRow icon={<GlobeRegular />} title={values.language === null ? words.choose.ownLanguage : words.languages[languageOf(values.language)]} text={words.language} page="usual-language" open={openSettings} />
        <Row icon={<CalendarAddRegular />} title={<span id="usual-every">{words.choose.every}</span>}>
          <Toggle on={values.insert === 'every'} labelledBy="usual-every" disabled={isLocked(view, 'insert')} turn={(on) => change('insert', on ? 'every' : 'button')} />
        </Row>
      </Rows>
    </>
  );
}
