import { CalendarAddRegular } from '@fluentui/react-icons/svg/calendar-add';
import { ConferenceRoomRegular } from '@fluentui/react-icons/svg/conference-room';
import { DocumentTextRegular } from '@fluentui/react-icons/svg/document-text';
import { DoorRegular } from '@fluentui/react-icons/svg/door';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { VideoRegular } from '@fluentui/react-icons/svg/video';
import { VideoAddRegular } from '@fluentui/react-icons/svg/video-add';
import { useEffect } from 'react';
import type { ConferenceSettings } from '../../../../contract/conference/settings.ts';
import { useChoiceWords } from '../../choice-words.ts';
import { languageOf } from '../../../../words/pick.ts';
import { Button } from '../../parts/button.tsx';
import { Message } from '../../parts/message.tsx';
import { Row, Rows } from '../../parts/row.tsx';
import { SecondPage } from '../../parts/second-page.tsx';
import { Toggle } from '../../parts/toggle.tsx';
import { Wait } from '../../parts/wait.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { typeName, typeText } from '../meeting/type-name.ts';
import { useOffer } from '../meeting/use-offer.ts';
import { ChoiceSection } from './choice-section.tsx';
import { readSettings } from './read-settings.ts';
import { isLocked, sourceText } from './setting-source.tsx';
import { useSettings } from './use-settings.ts';
import { VoicemailSection } from './voicemail-section.tsx';

/** How my conferences begin. Written when it is changed; each value says who set it, and what is one's own can be given back. */
export function Settings({ close }: { close: () => void }) {
  const { language, announce } = useSurroundings();
  const words = useChoiceWords();
  const { choose } = words;
  const mine = useSettings();
  const { value: offer } = useOffer();
  const { value: view, saving, saved, refused, change } = mine;
  useEffect(() => {
    if (saved) announce(choose.saved);
  }, [saved, announce, choose]);

  const wait = saving ? choose.saving : saved ? choose.saved : undefined;
  const frame = { back: 'Tieline', title: choose.title, close, wait };
  if (view === undefined) return <SecondPage {...frame} still={mine.trouble === undefined}><Wait asked={mine} text={choose.loading} unreached={choose.unreachable.text} /></SecondPage>;

  const values = readSettings(view.values);
  const own = Object.keys(view.own).filter((key): key is keyof ConferenceSettings => key in values && !isLocked(view, key));
  const section = <Key extends keyof ConferenceSettings>(key: Key) => ({
    name: key, source: sourceText(view, key, choose), locked: isLocked(view, key), value: values[key], choose: (value: ConferenceSettings[Key]) => change(key, value),
  });
  const types = offer?.types ?? [];
  const templates = offer?.templates ?? [];
  return (
    <SecondPage {...frame}>
      {refused === undefined ? null : <Message weight={refused.kind === 'changed-elsewhere' ? 'amber' : 'red'} {...(refused.kind === 'changed-elsewhere' ? choose.changedElsewhere : refused.kind === 'unreachable' ? choose.unreachable : choose.unsaved)} />}
      <p className="quiet">{choose.text}</p>
      <Rows>
        <Row icon={<CalendarAddRegular />} title={<span id="every">{choose.every}</span>} text={`${choose.everyText} ${sourceText(view, 'insert', choose)}.`}>
          <Toggle on={values.insert === 'every'} labelledBy="every" disabled={isLocked(view, 'insert')} turn={(on) => change('insert', on ? 'every' : 'button')} />
        </Row>
        <Row icon={<DoorRegular />} title={<span id="lobby-default">{words.lobby}</span>} text={sourceText(view, 'lobby', choose)}>
          <Toggle on={values.lobby} labelledBy="lobby-default" disabled={isLocked(view, 'lobby')} turn={(on) => change('lobby', on)} />
        </Row>
      </Rows>
      <ChoiceSection
        {...section('room')} title={choose.room}
        options={[{ value: 'fresh', title: choose.fresh, text: choose.freshText, icon: <VideoAddRegular /> }, { value: 'personal', title: choose.personal, text: choose.personalText, icon: <PersonRegular /> }]}
      />
      {types.length < 2 ? null : (
        <ChoiceSection<string | null>
          {...section('bridge')} title={choose.type}
          options={[
            { value: null, title: choose.anyType, icon: <ConferenceRoomRegular /> },
            ...types.map((type) => ({ value: type.id, title: typeName(type, types, words), text: typeText(type, words, language), icon: type.kind === 'video' ? <VideoRegular /> : <ConferenceRoomRegular /> })),
          ]}
        />
      )}
      <ChoiceSection<string | null>
        {...section('language')} title={choose.language}
        options={[
          { value: null, title: choose.ownLanguage, icon: <GlobeRegular /> },
          ...(offer?.languages ?? []).map((each) => ({ value: each, title: languageOf(each) === each ? words.languages[languageOf(each)] : each, icon: <GlobeRegular /> })),
        ]}
      />
      {templates.length === 0 ? null : (
        <ChoiceSection<string | null>
          {...section('template')} title={words.template}
          options={[{ value: null, title: words.standardTemplate, icon: <DocumentTextRegular /> }, ...templates.map(({ id, name }) => ({ value: id, title: name, icon: <DocumentTextRegular /> }))]}
        />
      )}
      <VoicemailSection />
      {own.length === 0 ? null : <Button onClick={() => mine.inherit(own)}>{choose.inherit}</Button>}
    </SecondPage>
  );
}
