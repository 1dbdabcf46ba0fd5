import type { ConferenceRole } from '../domain/conference.ts';

/** What we ask of a conference bridge. Most bridges keep no room before somebody joins, so admission is ours (ports/admission.ts). */

export interface BridgeCapabilities {
  /** Keeps a room before anybody is in it. Default false. */
  preCreate: boolean;
  /** Has telephone dial-in of its own. */
  dialIn: boolean;
  /** Lists who is in. */
  participants: boolean;
  /** Its list says who is a host. */
  hosts: boolean;
  /** Tells joins and leaves as they happen. */
  events: boolean;
  mute: boolean;
  kick: boolean;
  lock: boolean;
  /** Can put everybody out at once. */
  end: boolean;
  record: boolean;
  /** Can call a number and put it into the room. */
  dialOut: boolean;
  /** Gives links by which a browser comes in, each good for one person and one room. */
  joinLinks: boolean;
}

/** A room as the bridge needs to know it. Instants epoch ms, UTC. */
export interface BridgeRoom {
  conferenceId: string;
  /** Name on the bridge, [a-z0-9]+. */
  room: string;
  opensAt: number;
  closesAt: number;
  maxMembers: number;
}

export interface BridgeParticipant {
  /** The bridge's name for this leg; given back for mute and kick. */
  leg: string;
  name: string;
  number: string;
  isHost: boolean;
  isMuted: boolean;
  joinedAt: number | null;
}

/** Somebody to be called and led into a room. The caller of `call` has decided that they may come in. */
export interface DialOut {
  room: string;
  /** Made by us for this one call, [a-z0-9-]+, at most 64: the same key never rings twice. */
  key: string;
  /** E.164, or the digits of an extension of the PBX. */
  number: string;
  /** Shown to the others. Hostile text. */
  name: string;
  role: ConferenceRole;
  /** Two letters: what they hear. */
  language: string;
  waitsForHost: boolean;
  /** A host has to let them in, once they have answered (`Admission.atDoor`). */
  asksToBeLetIn: boolean;
  maxMembers: number;
}

/** Who comes in by a link, and until when the link is good. */
export interface JoinPass {
  room: string;
  role: ConferenceRole;
  /** Shown to the others. Hostile text. */
  name: string;
  /** Two letters. */
  language: string;
  /** First and last instant at which the link opens the door, epoch ms, UTC. */
  from: number;
  until: number;
  /** Is not let in before a host lets them. */
  asksToBeLetIn: boolean;
}

export type BridgeEvent =
  | { type: 'started'; room: string; at: number }
  | { type: 'joined'; room: string; leg: string; at: number }
  | { type: 'left'; room: string; leg: string; at: number }
  | { type: 'ended'; room: string; at: number }
  /** What became of a call that `call` began: whoever answered is on the way in, or nobody did. */
  | { type: 'called'; room: string; key: string; outcome: 'answered' | 'no-answer' | 'failed'; at: number }
  /** Somebody was muted, or something else about the people in it is no longer as it was. */
  | { type: 'changed'; room: string; at: number }
  /** The connection was new or events were lost: look at everything again. */
  | { type: 'resync'; at: number };

export interface ConferenceBridge {
  readonly instance: string;
  readonly capabilities: BridgeCapabilities;
  /** Numbers to dial, ISO country and E.164, as configured. */
  readonly dialIn: readonly { country: string; number: string }[];
  /**
   * Makes sure that people can be let into this room: that the bridge answers and its dial-in asks us; on bridges that keep rooms, that the room is there as described.
   * Safe to repeat. Throws TheirError.
   */
  ensure(room: BridgeRoom): Promise<void>;
  /** Ends the room: everybody out, room gone. Safe to repeat; a room that is not there counts as closed. Throws TheirError. */
  close(room: string): Promise<void>;
  /** Everybody out now; whoever may come in can come in again. Safe to repeat; an empty room counts as done. Throws TheirError. */
  end(room: string): Promise<void>;
  /** Who is in; empty when nobody is. Throws TheirError. */
  participants(room: string): Promise<BridgeParticipant[]>;
  /** How many are in; null when the bridge cannot tell and only its events say whether the room is in use. Throws TheirError. */
  occupancy(room: string): Promise<number | null>;
  /** Rooms with somebody in them. Throws TheirError. */
  liveRooms(): Promise<string[]>;
  mute(room: string, leg: string, muted: boolean): Promise<void>;
  kick(room: string, leg: string): Promise<void>;
  lock(room: string, locked: boolean): Promise<void>;
  /** Is the room locked; false for one in which nobody is. Throws TheirError. */
  isLocked(room: string): Promise<boolean>;
  /** Does the configuration allow to call this number (E.164, or an extension's digits)? */
  mayCall(number: string): boolean;
  /**
   * Rings a number, and leads whoever answers into the room. At most once for each key. Resolves as soon as the bridge has taken the call on; what becomes of it
   * is told as `called`. Only where `dialOut` holds. Throws TheirError: 'no-answer' means that the phone may ring all the same, so it is never repeated.
   */
  call(call: DialOut): Promise<void>;
  /** A link that lets this one person into this one room. Only where `joinLinks` holds. Throws TheirError. */
  joinLink(pass: JoinPass): Promise<string>;
  /** Returns a function that stops it. */
  onEvent(fn: (event: BridgeEvent) => void): () => void;
}
