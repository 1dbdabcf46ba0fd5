import type { Trouble } from '../../../../invite/outcome.ts';
import { troubleOf } from '../../../../invite/trouble.ts';
import type { Waveform } from '../../../../talk/voicemail.ts';
import type { ListeningWords } from '../../../../../words/listening/en.ts';
import type { PlayingWords } from '../../../../../words/playing/en.ts';
import type { Said } from '../../../parts/message.tsx';
import { lengthOf } from '../shown.ts';

export interface SoundGiven {
  words: ListeningWords;
  playing: PlayingWords;
  onPhone: () => void;
  /** Missing where the sound may not be saved. */
  save: (() => void) | undefined;
  callBack: (() => void) | undefined;
  again: () => void;
  tryAgain: string;
}

/** What keeps a recording from being heard here, or cuts it short. `shape` and `trouble` of the waveform, `fault` of the player. */
export function soundSaid(shape: Waveform | undefined, trouble: Trouble | undefined, fault: unknown, given: SoundGiven): Said | undefined {
  const { words, playing, onPhone, save, callBack, again, tryAgain } = given;
  const phone = { label: playing.recordingDamaged.button, run: onPhone };
  const file = save === undefined ? [] : [{ label: playing.recordingDamaged.save, run: save }];
  const problem = fault === undefined ? trouble : (troubleUnlessMedia(fault) ?? trouble);
  const code = problem?.kind === 'refused' ? problem.code : undefined;
  if (code === 'voicemail-silent') return { weight: 'amber', ...words.silent, actions: [phone] };
  if (code === 'sound-empty') return { weight: 'amber', ...words.empty, actions: callBack === undefined ? [] : [{ label: words.callBack, run: callBack }] };
  if (code === 'sound-unreadable') return { weight: 'amber', ...words.unreadable, actions: [phone, ...file] };
  if (isMediaFault(fault)) return { weight: 'amber', ...words.unplayable, actions: [phone, ...file] };
  if (fault !== undefined) return { weight: 'red', ...words.away, actions: [{ label: tryAgain, run: again }] };
  if (shape?.isWhole === false) return { weight: 'amber', lead: playing.recordingDamaged.lead(lengthOf(shape.durationSeconds)), text: playing.recordingDamaged.text, actions: [phone, ...file] };
  return undefined;
}

/** The browser itself did not play it. */
function isMediaFault(fault: unknown): boolean {
  return fault instanceof DOMException && fault.name === 'NotSupportedError';
}

function troubleUnlessMedia(fault: unknown): Trouble | undefined {
  return isMediaFault(fault) ? undefined : troubleOf(fault);
}
