import type { CallView, OwnPhone } from '../../../../../contract/people/calls.ts';
import type { ListeningWords } from '../../../../../words/listening/en.ts';
import type { PlayingWords } from '../../../../../words/playing/en.ts';
import type { Said } from '../../../parts/message.tsx';
import type { Wish } from './desk.ts';

export interface CallGiven {
  words: ListeningWords;
  playing: PlayingWords;
  phones: readonly OwnPhone[];
  /** Plays the message on this computer; missing when the call is none of a message. */
  playHere?: () => void;
  ring: (wish: Wish) => void;
  hangUp: () => void;
}

/** How a call goes, or how it ended: what happened, what it means, what to do (ux.md section 6). Nothing of one that two people have talked in. */
export function callSaid(call: CallView, given: CallGiven): Said | undefined {
  if (call.state !== 'ended') return goingSaid(call, given);
  return call.voicemailId === null ? callEnded(call, given) : messageEnded(call, given);
}

function goingSaid({ state, phone, number, voicemailId }: CallView, { words, hangUp }: CallGiven): Said {
  const isMessage = voicemailId !== null;
  const said = (lead: string, text: string, label = words.stop): Said => ({ weight: 'grey', lead, text, actions: [{ label, run: hangUp }] });
  if (state === 'waiting') return said(words.asks(phone), '');
  if (state === 'ringing') return said(words.ringing(phone), isMessage ? words.ringingMessage : words.ringingCall(number));
  if (isMessage) return said(words.playingOn(phone), words.playingOnText);
  return state === 'connected' ? said(words.talking(number), '', words.hangUp) : said(words.calling(number), words.callingText(phone), words.hangUp);
}

type Action = NonNullable<Said['actions']>[number];

/** Every other phone of mine, by its extension. */
function otherPhones({ phone }: CallView, { phones, words, ring }: CallGiven, wish: Wish): Action[] {
  return phones.filter(({ extension }) => extension !== phone).map(({ pbx, extension }) => ({ label: words.otherPhone(extension), run: () => ring({ ...wish, phone: { pbx, extension } }) }));
}

function messageEnded(call: CallView, given: CallGiven): Said {
  const { words, playing, playHere } = given;
  const { phone, outcome, voicemailId } = call;
  const here: Action[] = playHere === undefined ? [] : [{ label: words.playHere, run: playHere }];
  const others = otherPhones(call, given, { voicemailId: voicemailId ?? undefined });
  const actions = [...here, ...others];
  switch (outcome) {
    case 'done': return { weight: 'grey', lead: words.playedOn(phone), text: '' };
    case 'unreachable': return { weight: 'red', lead: playing.deskPhoneGone.lead(phone), text: playing.deskPhoneGone.text, actions };
    case 'busy': return { weight: 'amber', lead: words.phoneBusy(phone), text: words.unheardStill, actions };
    case 'no-answer': return { weight: 'amber', lead: words.phoneSilent(phone), text: words.unheardStill, actions };
    case 'interrupted': return { weight: 'grey', lead: words.phoneStopped(phone), text: words.phoneStoppedText, actions: here };
    default: return { weight: 'amber', ...ended(outcome, words), actions };
  }
}

function callEnded(call: CallView, given: CallGiven): Said | undefined {
  const { words, ring } = given;
  const { phone, number, outcome } = call;
  const again: Action[] = [{ label: words.callAgain, run: () => ring({ number }) }];
  const others = otherPhones(call, given, { number });
  switch (outcome) {
    case 'done': return undefined;
    case 'unreachable': return { weight: 'red', lead: words.callMissing(phone), text: words.callMissingText, actions: others };
    case 'busy': return { weight: 'amber', lead: words.phoneBusy(phone), text: words.nobodyCalled, actions: [...again, ...others] };
    case 'no-answer': return { weight: 'amber', lead: words.phoneSilent(phone), text: words.nobodyCalled, actions: [...again, ...others] };
    case 'interrupted': return { weight: 'grey', lead: words.callStopped, text: '' };
    case 'far-busy': return { weight: 'grey', lead: words.farBusy(number), text: '', actions: again };
    case 'far-no-answer': return { weight: 'grey', lead: words.farSilent(number), text: '', actions: again };
    case 'far-unreachable': return { weight: 'amber', lead: words.farAway(number), text: '', actions: again };
    default: return { weight: 'amber', ...ended(outcome, words), actions: again };
  }
}

/** A newer server may know ends that this pane does not. */
function ended(outcome: CallView['outcome'], { ends }: ListeningWords): { lead: string; text: string } {
  const known: Partial<Record<string, { lead: string; text: string }>> = ends;
  return known[outcome ?? 'unknown'] ?? ends.unknown;
}
