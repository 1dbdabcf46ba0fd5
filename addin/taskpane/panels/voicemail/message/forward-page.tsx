import { useRef, useState } from 'react';
import type { VoicemailForwardView, VoicemailView } from '../../../../../contract/voicemail/voicemail.ts';
import type { Trouble } from '../../../../invite/outcome.ts';
import { troubleOf } from '../../../../invite/trouble.ts';
import { canOpenMail } from '../../../../office/new-mail.ts';
import { voicemailTalk } from '../../../../talk/voicemail.ts';
import { Button } from '../../../parts/button.tsx';
import { Message } from '../../../parts/message.tsx';
import { SecondPage } from '../../../parts/second-page.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { nameOf } from '../shown.ts';
import { forwardByMail } from './by-mail.ts';

/** To whom a message is given, and how: into their voicemail, or by a mail that the person sends. */
export function ForwardPage({ item, close, sent }: { item: VoicemailView; close: () => void; sent: (forward: VoicemailForwardView) => void }) {
  const { server, times, words: pane } = useSurroundings();
  const { listening: words } = useListeningWords();
  const [to, setTo] = useState('');
  // One id for each address: pressed twice over a bad line, one copy is sent.
  const keys = useRef(new Map<string, string>());
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const wanted = to.trim();

  function keyFor(address: string): string {
    const key = keys.current.get(address) ?? crypto.randomUUID();
    keys.current.set(address, key);
    return key;
  }

  function run(work: () => Promise<void>): void {
    setBusy(true);
    setTrouble(undefined);
    work().then(close, (fault: unknown) => setTrouble(troubleOf(fault))).finally(() => setBusy(false));
  }
  const intoBox = (): void => run(async () => sent(await voicemailTalk(server.transport).forward(item.id, keyFor(wanted), wanted)));
  const byMail = (): void => run(() => forwardByMail(item, wanted === '' ? [] : [wanted], words, times));
  const detail = trouble?.kind === 'refused' ? `${trouble.detail} ${trouble.remedy}` : words.notDone.text;

  return (
    <SecondPage back={nameOf(item, words)} title={words.forward} close={close} notice={trouble === undefined ? null : <Message weight="red" lead={words.forwardRefused} text={detail} />}>
      <form
        className="section"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '' && !busy) intoBox();
        }}
      >
        <label htmlFor="forward-to">
          <b>{words.to}</b>
        </label>
        <input id="forward-to" className="pick" type="email" dir="ltr" autoComplete="off" value={to} aria-describedby="forward-hint" onChange={({ target }) => setTo(target.value)} />
        <small id="forward-hint" className="quiet">
          {words.toHint}
        </small>
        <div className="pair">
          <Button type="submit" appearance="primary" disabledFocusable={busy || wanted === ''}>
            {words.intoBox}
          </Button>
          {canOpenMail() ? (
            <Button disabledFocusable={busy} onClick={byMail}>
              {words.byMail}
            </Button>
          ) : null}
        </div>
        <p className="quiet">{busy ? pane.loading.slow : words.forwardText}</p>
      </form>
    </SecondPage>
  );
}
