import { AttachRegular } from '@fluentui/react-icons/svg/attach';
import { MailInboxRegular } from '@fluentui/react-icons/svg/mail-inbox';
import { useCallback, useState } from 'react';
import type { Trouble } from '../../../invite/outcome.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import { saveVoicemailSettings, voicemailSettingsOf } from '../../../talk/voicemail-choices.ts';
import { useChoiceWords } from '../../choice-words.ts';
import { Button } from '../../parts/button.tsx';
import { Message } from '../../parts/message.tsx';
import { Row, Rows } from '../../parts/row.tsx';
import { Toggle } from '../../parts/toggle.tsx';
import { useAsked } from '../../parts/use-asked.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { isLocked, sourceText } from './setting-source.tsx';

const shown = ['mode', 'withAudio', 'transcribe', 'noticeTo', 'noticeWithAudio'];

/** What people choose of their voicemail (A032, A035): in the inbox or not, with the recording or not, written out or not, and where a notice goes; what is one's own can be given back. Not there while the server does not tell it. */
export function VoicemailSection() {
  const { server, announce } = useSurroundings();
  const { choose, myVoicemail: words } = useChoiceWords();
  const { value: view, set, again } = useAsked(useCallback(() => voicemailSettingsOf(server.transport), [server]));
  const [state, setState] = useState<{ isSaving: boolean; refused: Trouble | undefined }>({ isSaving: false, refused: undefined });
  const [address, setAddress] = useState<string>();
  if (view === undefined) return null;

  const { values } = view;
  const told = typeof values['noticeTo'] === 'string' ? values['noticeTo'] : '';
  const mode = values['mode'];
  const own = shown.filter((key) => key in view.own && !isLocked(view, key));
  const save = (change: Record<string, unknown>, inherit: string[] = []): void => {
    if (state.isSaving) return;
    setState({ isSaving: true, refused: undefined });
    saveVoicemailSettings(server.transport, { version: view.version, set: change, inherit }).then(
      (next) => {
        set(next);
        setAddress(undefined);
        setState({ isSaving: false, refused: undefined });
        announce(choose.saved);
      },
      (fault: unknown) => {
        const refused = troubleOf(fault);
        setState({ isSaving: false, refused });
        if (refused.kind === 'changed-elsewhere') again();
      },
    );
  };
  const { refused } = state;
  return (
    <section className="section" aria-labelledby="my-voicemail">
      <h2 id="my-voicemail">{words.title}</h2>
      {refused === undefined ? null : <Message weight={refused.kind === 'changed-elsewhere' ? 'amber' : 'red'} {...(refused.kind === 'changed-elsewhere' ? choose.changedElsewhere : refused.kind === 'unreachable' ? choose.unreachable : words.refused)} />}
      <Rows>
        <Row icon={<MailInboxRegular />} title={<span id="voicemail-inline">{words.inline}</span>} text={`${words.inlineText} ${sourceText(view, 'mode', choose)}.`}>
          <Toggle on={mode !== 'off' && mode !== 'notify-only'} labelledBy="voicemail-inline" disabled={isLocked(view, 'mode')} turn={(on) => save({ mode: on ? 'two-way' : 'notify-only' })} />
        </Row>
        <Row icon={<AttachRegular />} title={<span id="voicemail-attach">{words.attach}</span>} text={sourceText(view, 'withAudio', choose)}>
          <Toggle on={values['withAudio'] === true} labelledBy="voicemail-attach" disabled={isLocked(view, 'withAudio')} turn={(on) => save({ withAudio: on })} />
        </Row>
        <Row icon={<MailInboxRegular />} title={<span id="voicemail-written">{words.written}</span>} text={`${words.writtenText} ${sourceText(view, 'transcribe', choose)}.`}>
          <Toggle on={values['transcribe'] === true} labelledBy="voicemail-written" disabled={isLocked(view, 'transcribe')} turn={(on) => save({ transcribe: on })} />
        </Row>
      </Rows>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (address !== undefined) save({ noticeTo: address.trim() });
        }}
      >
        <label htmlFor="voicemail-notice"><b>{words.notice}</b></label>
        <input id="voicemail-notice" className="pick" type="email" dir="ltr" autoComplete="off" readOnly={isLocked(view, 'noticeTo')} value={address ?? told} aria-describedby="voicemail-notice-hint" onChange={({ target }) => setAddress(target.value)} />
        <small id="voicemail-notice-hint" className="quiet">{`${words.noticeHint} ${sourceText(view, 'noticeTo', choose)}.`}</small>
        {told === '' ? null : (
          <Rows>
            <Row icon={<AttachRegular />} title={<span id="voicemail-notice-attach">{words.attachToNotice}</span>} text={sourceText(view, 'noticeWithAudio', choose)}>
              <Toggle on={values['noticeWithAudio'] === true} labelledBy="voicemail-notice-attach" disabled={isLocked(view, 'noticeWithAudio')} turn={(on) => save({ noticeWithAudio: on })} />
            </Row>
          </Rows>
        )}
        {address === undefined || address.trim() === told ? null : <Button type="submit">{words.save}</Button>}
      </form>
      {own.length === 0 ? null : <Button onClick={() => save({}, own)}>{choose.inherit}</Button>}
    </section>
  );
}
