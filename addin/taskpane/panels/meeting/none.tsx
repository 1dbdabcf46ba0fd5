import { AddRegular } from '@fluentui/react-icons/svg/add';
import { VideoAddRegular } from '@fluentui/react-icons/svg/video-add';
import { Suspense, lazy, useEffect, useRef } from 'react';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import { firstWords } from '../../frame/first-words.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Message } from '../../parts/message.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { Troubles } from './troubles.tsx';
import type { Shown } from './shown-invite.ts';
import type { InviteActions } from './use-invite.ts';

/** What the person has set, below the button and after it: nobody waits for it. */
const Usually = lazy(() => firstWords.then(() => import(/* webpackChunkName: "choices" */ './usually.tsx')).then((all) => ({ default: all.Usually })));

const ShownRow = lazy(() => firstWords.then(() => import(/* webpackChunkName: "people" */ '../shown/shown-row.tsx')).then((all) => ({ default: all.ShownRow })));

/** After *Remove*, focus goes to *Undo*. */
function Removed({ parts, undo, words }: { parts: boolean; undo: () => void; words: MeetingWords }) {
  const { words: pane } = useSurroundings();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector('button')?.focus(), []);
  return (
    <div ref={place}>
      <Message weight="grey" lead={words.removed} text={parts ? words.partsRemoved : ''} actions={[{ label: pane.undo, run: undo }]} />
    </div>
  );
}

/** No conference in this invite. */
export function None({ shown, actions, words }: { shown: Shown; actions: InviteActions; words: MeetingWords }) {
  const isAdding = shown.busy === 'adding';
  return (
    <>
      <div className="panel">
        {shown.removed === undefined ? null : <Removed parts={shown.removed.parts} undo={actions.undo} words={words} />}
        <Empty icon={<VideoAddRegular />} title={words.none.title} text={words.none.text}>
          <Button appearance="primary" icon={<AddRegular />} disabledFocusable={isAdding} onClick={() => actions.add({})}>
            {isAdding ? words.adding : words.none.add}
          </Button>
          <Button disabledFocusable={isAdding} onClick={() => actions.add({ room: 'personal' })}>
            {words.none.personal}
          </Button>
        </Empty>
        <Troubles shown={shown} actions={actions} />
        <Suspense>
          <ShownRow />
          <Usually add={actions.add} isAdding={isAdding} />
        </Suspense>
      </div>
      <footer className="footer quiet">{words.none.footer}</footer>
    </>
  );
}
