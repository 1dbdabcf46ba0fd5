import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { VoicemailRegular } from '@fluentui/react-icons/svg/voicemail';
import { useEffect, useState } from 'react';
import { SignedOut } from '../../meeting/signed-out.tsx';
import { Button } from '../../../parts/button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Filter } from '../../../parts/filter.tsx';
import { focusBack } from '../../../parts/focus-back.ts';
import { Message } from '../../../parts/message.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Wait } from '../../../parts/wait.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { countsOf, filtered } from '../shown.ts';
import type { Shown } from '../shown.ts';
import { useFeed } from '../use-feed.ts';
import { InTheWay } from './in-the-way.tsx';
import { Lamp } from './lamp.tsx';
import { MessageRow } from './message-row.tsx';
import { SharedBoxes } from './shared-boxes.tsx';

/** All my messages. `from`: the one that was open before, where focus comes back to. */
export function List({ open, from, filter, setFilter }: { open: (id: string) => void; from: string | undefined; filter: Shown; setFilter: (filter: Shown) => void }) {
  const { times } = useSurroundings();
  const { listening } = useListeningWords();
  const { items, shared, isLive, asOf, trouble, hasOlder, again, older } = useFeed();
  const [opened] = useState(from);
  useEffect(() => {
    if (opened !== undefined) focusBack(opened);
  }, [opened]);

  if (items === undefined && trouble?.kind === 'signed-out') return <SignedOut done={again} />;
  if (items === undefined) return <Panel still={trouble === undefined ? listening.loading : undefined} busy={trouble === undefined}><Wait asked={{ trouble, again }} text={listening.loading} unreached={listening.unreached} /></Panel>;
  const counts = countsOf(items);
  const shown = filtered(items, filter);
  const sharedIds = new Set(filtered(shared.map(({ voicemail }) => voicemail), filter).map(({ id }) => id));
  return (
    <>
      <Panel>
        {isLive ? <InTheWay /> : <Message weight="amber" lead={listening.asOf(times.time(asOf))} text="" />}
        <Filter
          name={listening.filter} value={filter} choose={setFilter}
          options={[{ value: 'all', title: listening.all(counts.all) }, { value: 'unheard', title: listening.unheardOnes(counts.unheard) }, { value: 'deleted', title: listening.deletedOnes(counts.deleted) }]}
        />
        {shown.length + sharedIds.size === 0 ? <Nothing filter={filter} /> : (
          <div className="boxes">
            {shown.length === 0 ? null : (
              <>
                <h3>{listening.mine}</h3>
                <ul className="rows wide-rows">
                  {shown.map((item) => (
                    <MessageRow key={item.id} item={item} open={open} />
                  ))}
                </ul>
              </>
            )}
            <SharedBoxes shared={shared.filter(({ voicemail }) => sharedIds.has(voicemail.id))} open={open} />
          </div>
        )}
        {hasOlder ? <Button onClick={older}>{listening.older}</Button> : null}
      </Panel>
      <Lamp unheard={counts.unheard} />
    </>
  );
}

function Nothing({ filter }: { filter: Shown }) {
  const { listening } = useListeningWords();
  if (filter === 'unheard') return <Empty icon={<CheckmarkRegular />} {...listening.noneUnheard} />;
  if (filter === 'deleted') return <Empty icon={<DeleteRegular />} {...listening.noneDeleted} />;
  return <Empty icon={<VoicemailRegular />} {...listening.none} />;
}
