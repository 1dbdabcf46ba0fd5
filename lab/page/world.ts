/** What the lab page shows of the world behind the curtain: one JSON, sent whole whenever anything in it changes. Instants epoch ms, UTC. Read by the browser, too. */
export interface World {
  clock: { now: number; isPaused: boolean };
  /** The day that the calendar card shows, in its owner's zone. */
  calendar: { timeZone: string; events: CalendarCardEvent[]; mails: number; note: 'watched' | 'lost' | 'late' | 'twice' | 'throttled' };
  bridge: { isConnected: boolean; rooms: { name: string; members: number }[]; lines: WireLine[] };
  phone: PhoneCard;
  /** Number of the newest change in any mailbox: Outlook looks again when it grows. */
  mailChange: number;
  faults: Fault[];
  server: { isUp: boolean; restarts: number };
}

export interface CalendarCardEvent {
  id: string;
  subject: string;
  start: number;
  end: number;
  isDraft: boolean;
  isSeries: boolean;
}

/** One line that went over the wire between Tieline and the PBX; secrets and codes are masked by the stand-in. */
export interface WireLine {
  at: number;
  /** `>` from Tieline, `<` to Tieline. */
  direction: '>' | '<';
  protocol: 'AMI' | 'AGI';
  text: string;
}

export interface PhoneCard {
  extension: string;
  /** What the display shows, newest last. */
  display: string[];
  state: 'idle' | 'ringing' | 'talking' | 'unplugged' | 'busy';
  /** The lamp for waiting messages. */
  isLit: boolean;
}

export interface Fault {
  name: string;
  isOn: boolean;
}

/** What the visitor can do behind the curtain. */
export type Command =
  | { do: 'clock'; turn: 'pause' | 'resume' | 'set'; to?: number }
  | { do: 'clock'; turn: 'advance'; by: number }
  | { do: 'fault'; name: string; on: boolean }
  | { do: 'mend' }
  | { do: 'move'; id: string; start: number }
  | { do: 'delete'; id: string }
  | { do: 'dial'; number: string }
  | { do: 'press'; digits: string }
  | { do: 'answer' }
  | { do: 'leave-message' }
  | { do: 'hang-up' }
  | { do: 'kill-server' }
  | { do: 'start-over' };
