import type { ConferenceRole } from '../domain/conference.ts';

/** Who asks to come in by phone: a number they claim (hostile text), on which PBX. */
export interface PhoneCaller {
  /** Connector instance. */
  instance: string;
  /** Caller id as told by the PBX; may be empty or forged. Counts guesses, and may spare somebody the knocking: whoever has the code and an invited person's number waits for a host only. */
  number: string;
  /** The PBX's own name of this call, for the log. */
  callId: string;
}

/** A caller at the door of a telephone bridge, who waits to be let in. */
export interface Knocker extends PhoneCaller {
  /** What their telephone says; hostile text. */
  name: string;
}

/** Who asks to come in by the link of an invite. Who they are decides, not what they know. */
export interface WebVisitor {
  /** Our own id when they are signed in, else null. */
  personId: string | null;
  /** Mail addresses that the sign-in or the directory proves to be theirs. */
  addresses: readonly string[];
  /** The invite's passcode as typed; null when none was. Asked of those whom nobody vouches for. */
  passcode: string | null;
  /** Network address: only used to count guesses. */
  from: string;
}

/** Why somebody is not let in. */
export type Refusal =
  | 'unknown-code'
  /** Nobody vouches for this visitor, so the invite's passcode is asked for; `mayRetry` false: too many were wrong. */
  | 'passcode-needed'
  | 'wrong-passcode'
  | 'locked-out'
  | 'too-early'
  | 'ended'
  | 'cancelled'
  | 'not-sent'
  | 'full'
  | 'lobby-closed';

export type Verdict =
  | {
      admit: true;
      conferenceId: string;
      role: ConferenceRole;
      /** Name of the room on the bridge: random, carries no secret. */
      room: string;
      /** Waits until a host is there. */
      waitsForHost: boolean;
      /** Nobody invited them by name: a host lets them in, or does not. A telephone bridge lets them wait at `atDoor`. */
      asksToBeLetIn: boolean;
      /** Until when the door is open for newcomers, epoch ms, UTC. */
      until: number;
      /** Everybody leaves when the last host leaves. */
      endsWithHost: boolean;
      maxMembers: number;
      /** The caller's language for prompts, two letters. */
      language: string;
    }
  | {
      admit: false;
      refusal: Refusal;
      /** When the door opens, epoch ms UTC, for too-early. */
      opensAt?: number;
      /** Zone to speak that time in, IANA. */
      timeZone?: string;
      language: string;
      /** May the caller try again in this call? */
      mayRetry: boolean;
    };

/** Whether a bridge that asks before it makes a room may make it. Instants epoch ms, UTC. */
export type RoomVerdict =
  | {
      open: true;
      conferenceId: string;
      /** Mail address of the conference's owner. */
      host: string;
      /** When it has to end at the latest. */
      until: number;
      maxMembers: number;
      /** Somebody is in already. */
      isInUse: boolean;
    }
  | {
      open: false;
      refusal: Refusal;
      opensAt?: number;
      /** What to tell whoever wants in, in the conference's language and zone. */
      message: string;
    };

/** What a bridge or the join page asks of us. Decided by one rule set for all of them. */
export interface Admission {
  /** `code` as typed, digits only. Guesses are counted per caller, per code space and overall. */
  decideByCode(code: string, caller: PhoneCaller): Promise<Verdict>;
  /**
   * Somebody who has to be let in (`asksToBeLetIn`) waits at the door of this room on a bridge that has no such door itself. To be asked every few seconds for as long as they wait, and
   * `leftDoor` when they do not any more; who is not asked for is taken for gone. Null: not decided yet.
   */
  atDoor(room: string, knocker: Knocker): Promise<Verdict | null>;
  leftDoor(room: string, knocker: Knocker): Promise<void>;
  /** Somebody opened the link of this conference. */
  decideForPerson(conferenceId: string, visitor: WebVisitor): Promise<Verdict>;
  /** A bridge asks before it makes this room. What it makes is counted as in use until `roomEnded`, or until it is looked into. */
  decideForRoom(instance: string, room: string): Promise<RoomVerdict>;
  /** The bridge says that the room is over. */
  roomEnded(instance: string, room: string): Promise<void>;
  /** The code by which guests dial into this room; null when there is no such room. */
  codeOfRoom(instance: string, room: string): Promise<string | null>;
}
