import { MailRegular } from '@fluentui/react-icons/svg/mail';
import { useEffect, useRef, useState } from 'react';
import type { ExchangeLinkAskedView } from '../../../../contract/account/exchange-link.ts';
import { linkAccountWords, type LinkAccountWords } from '../../../../words/link-account.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import { ownAddress, ownName } from '../../../office/context.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { askForCode, confirmCode } from '../../../talk/link.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Message } from '../../parts/message.tsx';
import type { Said } from '../../parts/message.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { saidOf } from './trouble-said.ts';

/** The first time on an Exchange server of one's own: a code is mailed to the address that Outlook shows, and typed here. */
export function LinkAccount({ done }: { done: () => void }) {
  const { language, messages, server, announce } = useSurroundings();
  const words = linkAccountWords(language);
  const address = ownAddress();
  const [asked, setAsked] = useState<ExchangeLinkAskedView | undefined>(undefined);
  const [code, setCode] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<Said | undefined>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const way = asked?.way;
  useEffect(() => {
    // Whoever has just asked for a code types it next.
    if (way !== 'mail') return;
    announce(words.sentTitle);
    field.current?.focus();
  }, [way, announce, words]);

  function run(deed: () => Promise<void>): void {
    if (isBusy) return;
    setIsBusy(true);
    setFailed(undefined);
    deed()
      .catch((fault: unknown) => {
        const again = (): void => run(deed);
        setFailed(ofLinking(fault, words) ?? saidOf(troubleOf(fault), { messages, language, server: new URL(server.origin).host, again, add: again, unreached: messages.unreachable.elsewhere }));
      })
      .finally(() => setIsBusy(false));
  }
  const send = (): void => run(async () => setAsked(await askForCode(server.transport, address, ownName())));
  const link = (): void => run(async () => {
    await confirmCode(server.transport, code);
    done();
  });

  const title = way === undefined ? words.title : way === 'mail' ? words.sentTitle : words.waitTitle;
  const text = way === undefined ? words.text(address) : way === 'mail' ? words.sentText(address) : words.waitText(address);
  return (
    <div className="panel">
      <Empty icon={<MailRegular />} title={title} text={text}>
        {way === undefined ? (
          <Button appearance="primary" disabledFocusable={isBusy} onClick={send}>
            {words.send}
          </Button>
        ) : null}
        {way === 'administrator' ? (
          <Button appearance="primary" onClick={done}>
            {words.look}
          </Button>
        ) : null}
      </Empty>
      {way === 'mail' ? (
        <form
          className="section"
          onSubmit={(event) => {
            event.preventDefault();
            link();
          }}
        >
          <label htmlFor="link-code">
            <b>{words.label}</b>
          </label>
          <input id="link-code" ref={field} className="pick" inputMode="numeric" autoComplete="one-time-code" dir="ltr" value={code} onChange={({ target }) => setCode(target.value)} />
          <Button type="submit" appearance="primary" disabledFocusable={isBusy || code.trim() === ''}>
            {words.link}
          </Button>
          <Button disabledFocusable={isBusy} onClick={send}>
            {words.again}
          </Button>
        </form>
      ) : null}
      {failed === undefined ? null : <Message {...failed} />}
    </div>
  );
}

/** Refusals that belong to linking; undefined for those that anything can meet. */
function ofLinking(fault: unknown, { faults }: LinkAccountWords): Said | undefined {
  const code = fault instanceof TalkFault ? fault.problem?.code : undefined;
  const known: Readonly<Record<string, { lead: string; text: string }>> = faults;
  const said = code === undefined ? undefined : known[code];
  return said && { weight: 'red', ...said };
}
