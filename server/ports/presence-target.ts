import type { LineRef } from '../domain/line.ts';

/**
 * A phone system that is told what the owner of a line is: what its phones and desk panels show, and how it routes calls. And what it tells of phones.
 * Instants epoch ms, UTC. Each call ends within the connector's deadline and throws TheirError.
 */

/** What a line shows. */
export interface ShownState {
  /** Decides the routing. */
  availability: 'available' | 'away' | 'busy' | 'doNotDisturb';
  /** Finer name of it: "meeting", "outOfOffice". */
  face: string;
  /** "In a meeting until 14:00", for displays. Hostile text: it may hold a title. */
  text: string;
}

export type PhoneEvent =
  /** A device ("PJSIP/201") took or ended a call. May be told twice. */
  | { type: 'device'; device: string; isBusy: boolean; at: number }
  /** Somebody used the phone's own do-not-disturb key. */
  | { type: 'do-not-disturb'; extension: string; isOn: boolean; at: number }
  /** The connection was new: what phones do must be read again, and what lines show be told again. */
  | { type: 'resync'; at: number };

export interface PresenceTarget {
  readonly instance: string;
  /** In which its people live (IANA), where it says so. */
  readonly timeZone?: string;
  /** Tells what the line shows. Safe to repeat; the newest stands. */
  show(line: LineRef, shown: ShownState): Promise<void>;
  /** The line is nobody's any more: it shows nothing, and calls go as if it had never been told anything. Safe to repeat. */
  forget(line: LineRef): Promise<void>;
  /** Devices that are in a call, of all that the system knows. */
  devices(): Promise<{ device: string; isBusy: boolean }[]>;
  /** Keys whose state is known: for those that were pressed while nobody listened. */
  doNotDisturbKeys(): Promise<{ extension: string; isOn: boolean }[]>;
  /** Returns a function that stops it. */
  onEvent(fn: (event: PhoneEvent) => void): () => void;
}
