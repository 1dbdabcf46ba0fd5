import type { BoxRef, VoicemailAudio, VoicemailMessage } from '../domain/voicemail.ts';

/**
 * What we ask of a phone system's voicemail. Instants epoch ms, UTC. Each call ends within the connector's deadline (seconds; `audio` a minute)
 * and throws TheirError:
 * 'no-answer' the effect is unknown, read before you repeat; 'busy' a phone has the box, nothing was done; 'gone' the box or the message is not there;
 * 'full' no room in the target; 'refused' for good; 'unavailable' also when the system said "done" and a fresh look does not show it.
 */

/** What it can do at this moment. What is false is never called. */
export interface VoicemailCapabilities {
  /** Tells changes and hang-ups as they happen. Without it boxes are looked at again and again. */
  events: boolean;
  /** Sees whether a phone has a box. Without it nothing is written, for a write beside a phone can delete the wrong message (reference: Asterisk). */
  seesPhones: boolean;
  markHeard: boolean;
  markUnheard: boolean;
  remove: boolean;
  /** Removed messages go to a trash from which `restore` brings them back. Without it `remove` is for good. */
  trash: boolean;
  forward: boolean;
  audio: boolean;
  /** Reads the lamp that phones show. */
  lamp: boolean;
}

export interface VoicemailBox extends BoxRef {
  /** Of its owner, as the phone system says: hostile text. */
  name: string;
  /** Mail address in the box's settings, lower case; '' for none. A hint at the owner. */
  address: string;
  /** The phone system itself mails messages from this box. */
  mailsByItself: boolean;
  /** The phone system itself deletes messages after mailing them: such a box is not synchronised until that is mended. */
  deletesByItself: boolean;
  /** No caller can leave a message any more. */
  isFull: boolean;
  /** As the system counts them, the unheard with the urgent ones. */
  unheard: number;
  heard: number;
}

/** What phones show for a box, as last told to them, beside what lies in it. */
export interface VoicemailLamp {
  isLit: boolean;
  unheard: number;
}

export type VoicemailEvent =
  /** Look at this box again: something came, went or moved, or might have. May be late, lost, or told twice. */
  | { type: 'changed'; box: string; at: number }
  /** A phone opened the box: no writes until `freed`. */
  | { type: 'taken'; box: string; at: number }
  /** The last phone left the box; what was done by it shows now. */
  | { type: 'freed'; box: string; at: number }
  /** The connection was new or events were lost: look at everything again. */
  | { type: 'resync'; at: number };

export interface VoicemailStore {
  readonly instance: string;
  readonly capabilities: VoicemailCapabilities;
  /**
   * IANA zone of the clock by which the box's owner lives, where the system names one: the box's own, else its system's. As the boxes were listed last; null where
   * nothing is known. Asks nothing.
   */
  zoneOf?(box: string): string | null;
  /** Every box. A system that has not loaded its boxes yet throws 'unavailable', it does not say that there are none. */
  boxes(): Promise<VoicemailBox[]>;
  /**
   * Everything in a box, each copy of a message for itself, in no promised order. Throws 'gone' when there is no such box: an empty list is an empty box.
   */
  messages(box: string): Promise<VoicemailMessage[]>;
  /** Is a phone in the box now? */
  isTaken(box: string): Promise<boolean>;

  // Writes. All act on every copy of the id in the box, are safe to repeat, refuse with 'busy' while a phone has the box (where seesPhones), and
  // resolve only when a fresh look at the whole box shows the effect and nothing else is missing.

  /** Marks heard or unheard. What is so already is done. Filed messages (Family …) count as heard and stay where they are. */
  setHeard(box: string, id: string, isHeard: boolean): Promise<void>;
  /** Puts it into the trash where there is one, else deletes it for good. What is there or gone already is done. */
  remove(box: string, id: string): Promise<void>;
  /** Brings it back from the trash. Throws 'gone' when it is not there. */
  restore(box: string, id: string, as: 'heard' | 'unheard'): Promise<void>;
  /** Deletes it from the trash for good. What is gone already is done; what lies elsewhere is left alone. */
  purge(box: string, id: string): Promise<void>;
  /**
   * Copies a message, as unheard, into another box. **Not** safe to repeat: after 'no-answer' compare what is in the target. Throws 'full' when
   * the target has no room, even where the system claims success.
   */
  forward(box: string, id: string, target: string): Promise<void>;

  /** The sound of the message with this id, never of one that has taken its place meanwhile. Throws 'gone'. At most `largestSound`, else 'refused'. */
  audio(box: string, id: string): Promise<VoicemailAudio>;
  /** What phones show and what lies in the box. They may differ where files changed behind the system's back. */
  lamp(box: string): Promise<VoicemailLamp>;
  /** Lets phones show what lies in the box. Safe to repeat. */
  refreshLamp(box: string): Promise<void>;
  /** Returns a function that stops it. */
  onEvent(fn: (event: VoicemailEvent) => void): () => void;
}
