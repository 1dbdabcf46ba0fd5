import type { Channel, Heard, Party } from '../calls/channel.ts';
import type { DeviceState } from '../states/device-states.ts';

/** A phone of the lab, as its owner plugs it in. */
export interface PhoneLine {
  extension: string;
  name: string;
  /** Answers by itself after this many ms of ringing. Without it, somebody must press the key. */
  answerAfterMs?: number;
  /** Further devices in the extension's hint, for example `Custom:dnd-201`. */
  devices?: readonly string[];
}

/** What the phone shows and knows, for the lab page and the tests. */
export interface PhoneView {
  extension: string;
  name: string;
  /** Its own truth, as in DeviceStateChange. */
  state: DeviceState;
  plugged: boolean;
  /** Refuses calls with "busy". */
  busy: boolean;
  /** Two lines of its screen. */
  display: readonly [string, string];
  /** The call it is in or that rings. */
  call: { channel: string; phase: 'calling' | 'ringing' | 'connected'; with: string; onHold: boolean } | null;
  /** The lamp for waiting messages. */
  messageLight: boolean;
  /** What the person says now is recorded. */
  isRecorded: boolean;
  /** Somebody waits for digits: the moment to type a code. */
  askedForDigits: boolean;
  /** Everything that it has heard since the last call began. */
  hears: readonly Heard[];
}

/** The moving parts of one phone. */
export interface Handset {
  readonly line: PhoneLine;
  plugged: boolean;
  busy: boolean;
  channel: Channel | null;
  /** Set while it rings. */
  pickUp: ((how: 'answered' | 'rejected') => void) | null;
  /** Whom the screen names. */
  other: string;
  /** The other side has put it on hold. */
  held: boolean;
  hears: Heard[];
}

export function newHandset(line: PhoneLine): Handset {
  return { line, plugged: true, busy: false, channel: null, pickUp: null, other: '', held: false, hears: [] };
}

/** What a caller is called on a screen; a hidden one is Anonymous. */
export function partyText(party: Party): string {
  return [party.name, party.number].filter(Boolean).join(' ') || 'Anonymous';
}

/** The device state that follows from plug, switch and call. */
export function deviceState(handset: Handset): DeviceState {
  if (!handset.plugged) return 'UNAVAILABLE';
  if (handset.held) return 'ONHOLD';
  switch (handset.channel?.state) {
    case 5:
      return 'RINGING';
    case 4:
    case 6:
      return 'INUSE';
    default:
      return handset.busy ? 'INUSE' : 'NOT_INUSE';
  }
}

function phase(channel: Channel): 'calling' | 'ringing' | 'connected' {
  return channel.state === 6 ? 'connected' : channel.state === 5 ? 'ringing' : 'calling';
}

/** Somebody collects digits and waits for the next one this moment. */
export function isAsked(channel: Channel | null): boolean {
  return channel !== null && channel.collecting && channel.takeDigit !== null;
}

/** A look at the phone. `serving`: the exchange answers its registration. */
export function viewHandset(handset: Handset, { state, serving, messageLight }: { state: DeviceState; serving: boolean; messageLight: boolean }): PhoneView {
  const { line, channel } = handset;
  const call = channel && { channel: channel.name, phase: phase(channel), with: handset.other, onHold: handset.held };
  const first = !handset.plugged || !serving ? 'No service' : `${line.extension} ${line.name}`;
  const second = call ? { calling: `Calling ${call.with}`, ringing: `Call from ${call.with}`, connected: call.onHold ? `${call.with} (on hold)` : call.with }[call.phase] : handset.busy ? 'In a call' : '';
  return {
    extension: line.extension, name: line.name, state, plugged: handset.plugged, busy: handset.busy, display: [first, second], call,
    messageLight, isRecorded: channel?.recording ?? false, askedForDigits: isAsked(channel), hears: handset.hears,
  };
}
