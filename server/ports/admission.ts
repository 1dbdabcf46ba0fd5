import type { ConferenceRole } from '../domain/conference.ts';

/** Who asks to come in by phone: a number they claim (hostile text), on which PBX. */
export interface PhoneCaller {
  /** Connector instance. */
  instance: string;
  /** Caller id as told by the PBX; may be empty or forged: only used to count guesses. */
  number: string;
  /** The PBX's own name of this call, for the log. */
  callId: string;
}

/** Why somebody is not let in. */
export type Refusal =
  | 'unknown-code'
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

/** What a bridge or the join page asks of us. Decided by one rule set for all of them. */
export interface Admission {
  /** `code` as typed, digits only. Guesses are counted per caller, per code space and overall. */
  decideByCode(code: string, caller: PhoneCaller): Promise<Verdict>;
}
