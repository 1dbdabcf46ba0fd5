import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import { Button } from '../../parts/button.tsx';

/** At the far end, in red text; it never asks, since *Undo* follows. */
export function RemoveButton({ busy, remove, words, plain = false }: { busy: boolean; remove: () => void; words: MeetingWords; plain?: boolean }) {
  return (
    <Button appearance="transparent" className="danger" icon={plain ? undefined : <DeleteRegular />} disabledFocusable={busy} onClick={remove}>
      {words.remove}
    </Button>
  );
}
