import type { Plan } from './rules/plan.ts';

/** What asked for something, as a code: shown in the viewer's language by words/. */
export type Why =
  | Plan['because'][number]
  /** Kept although a rule says otherwise. */
  | 'kept-unheard' | 'kept-no-undo' | 'not-able'
  /** Turns that nobody asked for. */
  | 'new message' | 'old message' | 'adopted' | 'mail missing' | 'mail found' | 'undo time is over' | 'lost by the phone system' | 'mailbox full' | 'mail was not sent: heard' | 'clock of the phone system is wrong' | 'refused';

/** Most important of several reasons: what a person did before what a rule found. */
export function mainReason(because: Plan['because']): Why {
  return because.at(-1) ?? 'start-up';
}
