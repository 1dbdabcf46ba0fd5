import type { ListeningWords } from '../../../../../words/listening/en.ts';
import type { Said } from '../../../parts/message.tsx';
import type { DeskState } from './desk.ts';

/** Why a press reached no phone at all. */
export function refusedSaid(refused: DeskState['refused'], words: ListeningWords): Said | undefined {
  if (refused === undefined) return undefined;
  const { trouble } = refused;
  const code = trouble.kind === 'refused' ? trouble.code : undefined;
  if (code === 'no-phone' || code === 'phone-not-yours') return { weight: 'amber', ...words.noPhone };
  if (code === 'too-many-calls') return { weight: 'amber', ...words.tooMany };
  if (trouble.kind === 'refused') return { weight: 'red', lead: words.notDone.lead, text: [trouble.detail, trouble.remedy].filter(Boolean).join(' ') };
  return { weight: 'red', ...words.notDone };
}
