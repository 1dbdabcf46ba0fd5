import type { Header } from '../ami/packet.ts';
import { escapeText } from '../ami/packet.ts';

/** Channel states by Asterisk's numbers. */
export const channelStates = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' } as const;
export type ChannelState = keyof typeof channelStates;

/** A caller as announced. Hostile text. */
export interface Party {
  number: string;
  name: string;
}

/** Something that the person at the phone hears or reads, in the order in which it came. */
export interface Heard {
  /** Epoch ms, UTC. */
  at: number;
  kind: 'sound' | 'digits' | 'number' | 'time' | 'text' | 'tone';
  /** Name of the sound file, for kind `sound`. */
  sound?: string;
  /** The words, as far as the lab knows them. */
  words: string;
}

/** One leg of a call. */
export interface Channel {
  readonly name: string;
  readonly uniqueId: string;
  readonly linkedId: string;
  /** Extension of the phone that this leg belongs to. */
  readonly phone: string;
  readonly createdAt: number;
  state: ChannelState;
  answeredAt: number | null;
  caller: Party;
  connected: Party;
  /** What was dialled, '' for a leg that was called. */
  dialled: string;
  context: string;
  extension: string;
  priority: number;
  application: string;
  data: string;
  bridgeId: string;
  readonly variables: Map<string, string>;
  /** CONFBRIDGE(user,…) and CONFBRIDGE(bridge,…), keys as `user,admin`. */
  readonly conference: Map<string, string>;
  /** Aborts when the call is over. */
  readonly gone: AbortSignal;
  /** Why it is over (ISDN cause), 0 until then. */
  cause: number;
  /** Who takes the next digit; digits that nobody waits for are lost, as in Asterisk (tried: no typing ahead while an AGI service thinks). */
  takeDigit: ((digit: string) => void) | null;
  /** Somebody waits for digits on purpose, a menu or a code: the moment for a person to type. */
  collecting: boolean;
  /** A voicemail records what is said. */
  recording: boolean;
  /** Speech that took no time of the clock, ms: what `speak` of a phone adds to a recording. */
  spokenMs: number;
  /** Digits that came while somebody collects them and has not looked yet. */
  typed: string[];
  hear(heard: Omit<Heard, 'at'>): void;
}

function unknown(text: string): string {
  return text === '' ? '<unknown>' : escapeText(text);
}

/** The part of an event that describes a channel. `prefix` names the other leg in dial events. */
export function channelHeaders(channel: Channel, prefix = ''): Header[] {
  const headers: Header[] = [
    ['Channel', channel.name], ['ChannelState', channel.state], ['ChannelStateDesc', channelStates[channel.state]],
    ['CallerIDNum', unknown(channel.caller.number)], ['CallerIDName', unknown(channel.caller.name)],
    ['ConnectedLineNum', unknown(channel.connected.number)], ['ConnectedLineName', unknown(channel.connected.name)],
    ['Language', 'en'], ['AccountCode', ''], ['Context', channel.context], ['Exten', channel.extension], ['Priority', channel.priority],
    ['Uniqueid', channel.uniqueId], ['Linkedid', channel.linkedId],
  ];
  return prefix === '' ? headers : headers.map(([name, value]) => [prefix + name, value]);
}

/** Whether the call is still on. */
export function isAlive(channel: Channel): boolean {
  return !channel.gone.aborted;
}
