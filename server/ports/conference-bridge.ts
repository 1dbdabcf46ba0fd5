/** What we ask of a conference bridge. Most bridges keep no room before somebody joins, so admission is ours (ports/admission.ts). */

export interface BridgeCapabilities {
  /** Keeps a room before anybody is in it. Default false. */
  preCreate: boolean;
  /** Has telephone dial-in of its own. */
  dialIn: boolean;
  /** Lists who is in. */
  participants: boolean;
  /** Tells joins and leaves as they happen. */
  events: boolean;
  mute: boolean;
  kick: boolean;
  lock: boolean;
  record: boolean;
  /** Can call a number and put it into the room. */
  dialOut: boolean;
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

export type BridgeEvent =
  | { type: 'started'; room: string; at: number }
  | { type: 'joined'; room: string; leg: string; at: number }
  | { type: 'left'; room: string; leg: string; at: number }
  | { type: 'ended'; room: string; at: number }
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
  /** Who is in; empty when nobody is. Throws TheirError. */
  participants(room: string): Promise<BridgeParticipant[]>;
  /** Rooms with somebody in them. Throws TheirError. */
  liveRooms(): Promise<string[]>;
  mute(room: string, leg: string, muted: boolean): Promise<void>;
  kick(room: string, leg: string): Promise<void>;
  lock(room: string, locked: boolean): Promise<void>;
  /** Returns a function that stops it. */
  onEvent(fn: (event: BridgeEvent) => void): () => void;
}
