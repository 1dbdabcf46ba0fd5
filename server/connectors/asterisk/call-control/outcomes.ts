import type { CallOutcome } from '../../../ports/call-control.ts';

/** ISDN causes of a leg that was not answered, and what they mean for the person whose phone it is (main/channel.c; 17 and 21 with SIP 486 and 603 by trial). */
export function ownOutcome(cause: number): CallOutcome {
  if (cause === 17 || cause === 21) return 'busy';
  if (cause === 19) return 'no-answer';
  return cause === 3 || cause === 20 || cause === 27 ? 'unreachable' : 'failed';
}

/** What Asterisk says of ringing my own phone; more exact than the cause, which is 0 for some channels (tried). Null where only the cause tells. */
export function ownStatus(status: string): CallOutcome | null {
  if (status === 'BUSY') return 'busy';
  if (status === 'NOANSWER') return 'no-answer';
  return status === 'CHANUNAVAIL' ? 'unreachable' : null;
}

/** DIALSTATUS of the other side (apps/app_dial.c). Null for one that ended because we ended it. */
export function farOutcome(status: string): CallOutcome | null {
  if (status === 'BUSY') return 'far-busy';
  if (status === 'NOANSWER') return 'far-no-answer';
  return status === 'CHANUNAVAIL' || status === 'CONGESTION' ? 'far-unreachable' : null;
}

/** What tieline-play told. */
export function playedOutcome(status: string): CallOutcome {
  if (status === 'SUCCESS') return 'done';
  return status === 'HUNGUP' ? 'interrupted' : 'failed';
}
