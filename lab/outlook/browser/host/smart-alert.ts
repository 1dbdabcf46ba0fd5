import type { SendMode } from '../manifest/types.ts';
import type { Outcome } from './commands.ts';

/** What Outlook asks before it sends. `canSendAnyway` false: the user can only go back. */
export interface AlertQuestion {
  reason: 'refused' | 'unavailable' | 'slow' | 'timeout';
  /** The add-in's own words; empty for Outlook's. */
  message: string;
  canSendAnyway: boolean;
  /** The add-in's label for going back; empty for "Don't Send". */
  cancelLabel: string;
  /** A control whose pane opens when the user goes back; null for none. */
  commandId: string | null;
  contextData: string | null;
}

/** Lengths that Outlook cuts at (office-addin.md §2.3). */
const longestMessage = 500;
const longestLabel = 20;

function words(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.slice(0, longest) : '';
}

function contextOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const plain = { message: '', cancelLabel: '', commandId: null, contextData: null };

/** The question that follows from how the send handler ended; null when the item goes out at once. The table is Microsoft's (office-addin.md §2.3). */
export function questionAfter(outcome: Outcome, sendMode: SendMode): AlertQuestion | null {
  if (outcome.kind === 'unavailable') return { ...plain, reason: 'unavailable', canSendAnyway: sendMode !== 'Block' };
  if (outcome.kind === 'timeout') return { ...plain, reason: 'timeout', canSendAnyway: sendMode === 'PromptUser' };
  const { allowEvent, errorMessage, cancelLabel, commandId, contextData, sendModeOverride } = outcome.options;
  if (allowEvent === true) return null;
  // An override can only soften, and has one value.
  const isPrompt = sendMode === 'PromptUser' || String(sendModeOverride).toLowerCase() === 'promptuser';
  return {
    reason: 'refused',
    message: words(errorMessage, longestMessage),
    canSendAnyway: isPrompt,
    cancelLabel: words(cancelLabel, longestLabel),
    commandId: typeof commandId === 'string' ? commandId : null,
    contextData: contextOf(contextData),
  };
}

/** The question after five seconds without an answer. Only PromptUser lets the user go on; the others wait. */
export function questionWhenSlow(sendMode: SendMode): AlertQuestion {
  return { ...plain, reason: 'slow', canSendAnyway: sendMode === 'PromptUser' };
}
