import type { Begun, Pair, Settled, VoicemailSide } from '../rules/pair.ts';
import { done, type Sides } from '../rules/plan.ts';
import { isOnVoicemail, type Step } from '../rules/tables.ts';

/**
 * Our own deeds whose end was never written down: killed between doing and writing, or the answer was lost. What we set out to do is written before it is done;
 * what of it is so at the next look was done by us, and is settled before it is asked what people did. Pure.
 */

/** The pair as it is settled once these of the begun steps are known to be done. */
export function progressed(pair: Pair, begun: Begun, did: readonly Step[]): Pair {
  const left = begun.steps.filter((step) => !did.includes(step));
  const after = did.reduce<Sides>(done, { voicemail: begun.voicemail, mail: begun.mail });
  const settled = settledAfter(begun, did, after);
  if (left.length === 0) return { ...pair, settled, begun: null, wish: pair.wish === begun.wish ? null : pair.wish };
  return { ...pair, settled, begun: { ...begun, ...after, from: settled, steps: left } };
}

/**
 * When one side has followed in everything, what happened on the other is told, and only what that side has yet to follow is still open. Without a past there
 * is nothing that a part of the steps could be added to.
 */
function settledAfter({ from, steps }: Begun, did: readonly Step[], { voicemail, mail }: Sides): Settled | null {
  const last = { isRead: from?.isRead ?? false, isTrash: from?.isTrash ?? false };
  if (steps.every((step) => did.includes(step))) return { voicemail, ...(mail ?? last) };
  if (from === null || mail === null) return from;
  const followed = (isTheirs: (step: Step) => boolean): boolean => steps.some(isTheirs) && steps.filter(isTheirs).every((step) => did.includes(step));
  const isMailTold = followed(isOnVoicemail);
  return {
    voicemail: voicemailAfter({ from, steps }, did, voicemail, followed((step) => !isOnVoicemail(step))),
    isRead: isMailTold || did.some((step) => step === 'mark e-mail read' || step === 'mark e-mail unread') ? mail.isRead : from.isRead,
    isTrash: isMailTold || did.some((step) => step === 'delete e-mail' || step === 'move e-mail to Inbox') ? mail.isTrash : from.isTrash,
  };
}

/** The voicemail as far as it is told: whether it is deleted, and whether it was heard, are told by different steps on its mail. */
function voicemailAfter({ from, steps }: { from: Settled; steps: readonly Step[] }, did: readonly Step[], after: VoicemailSide, isTold: boolean): VoicemailSide {
  const isOpen = (step: Step): boolean => steps.includes(step) && !did.includes(step);
  const isMoved = did.includes('delete voicemail') || did.includes('move voicemail to Saved');
  // That it was deleted or undeleted is still to be told, whatever else was done to it.
  if (!isMoved && (isOpen('move e-mail to Inbox') || isOpen('delete e-mail'))) return from.voicemail;
  if (isTold || did.some(isOnVoicemail)) return after;
  if (!did.includes('move e-mail to Inbox')) return from.voicemail;
  // That it was undeleted is told, and whether it was heard is not: then it counts as the other, so that the mark is asked for again.
  if (isOpen('mark e-mail unread')) return 'heard';
  return isOpen('mark e-mail read') ? 'unheard' : from.voicemail;
}

/** At the next look at both sides: what of the begun steps is so by now was our own deed. */
export function acknowledged(pair: Pair, now: Sides): Pair {
  const { begun } = pair;
  if (begun === null) return pair;
  if (!isSame(begun.from, pair.settled)) return { ...pair, begun: null };
  return progressed(pair, begun, begun.steps.filter((step) => isReached(step, now)));
}

/** Only what the step itself leads to: of what went further since, nobody knows who did it. */
function isReached(step: Step, { voicemail, mail }: Sides): boolean {
  switch (step) {
    case 'delete e-mail': return mail?.isTrash === true;
    case 'move e-mail to Inbox': return mail?.isTrash === false;
    case 'mark e-mail read': return mail?.isRead === true;
    case 'mark e-mail unread': return mail?.isRead === false;
    case 'delete voicemail': return voicemail === 'deleted' || voicemail === 'gone';
    case 'mark voicemail heard': return voicemail === 'heard';
    case 'mark voicemail unheard': return voicemail === 'unheard';
    case 'move voicemail to Saved': return voicemail === 'heard' || voicemail === 'unheard';
  }
}

function isSame(a: Settled | null, b: Settled | null): boolean {
  return a === b || (a !== null && b !== null && a.voicemail === b.voicemail && a.isRead === b.isRead && a.isTrash === b.isTrash);
}
