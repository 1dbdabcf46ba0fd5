import type { LabClock } from '../../clock.ts';
import type { Header } from '../ami/packet.ts';
import type { Bus } from '../bus.ts';
import { causeText } from './causes.ts';
import { type Channel, channelHeaders, type ChannelState, type Heard, isAlive, type Party } from './channel.ts';

/** What a new leg starts with. */
export interface NewChannel {
  phone: string;
  /** The phone's own, where it says nothing: `Local/…` legs belong to none. */
  name?: string;
  /** Uniqueid and Linkedid chosen by the caller (`ChannelId` of Originate). */
  id?: string;
  /** Uniqueid of the leg that this one belongs to. */
  linkedId?: string;
  state: ChannelState;
  caller: Party;
  connected?: Party;
  dialled?: string;
  context: string;
  extension: string;
  hear(heard: Heard): void;
}

export interface Channels {
  list(): Channel[];
  /** Legs since the start. */
  created(): number;
  /** By name or Uniqueid, as AMI takes both. */
  find(nameOrId: string): Channel | undefined;
  /** Null when the wanted id is taken, where Asterisk refuses the channel (tried). */
  create(wanted: NewChannel): Channel | null;
  setState(channel: Channel, state: ChannelState): void;
  /** Moves on in the dialplan: the application shows in CoreShowChannels, and a Newexten goes out. */
  step(channel: Channel, application: string, data: string): void;
  publish(channel: Channel, classes: readonly string[], event: string, more?: readonly Header[]): void;
  /** Ends a leg. `by`: the phone hung up, or the exchange did. `sipCode` shows as TechCause, when the phone refused. */
  hangUp(channel: Channel, options: { cause: number; by: 'phone' | 'exchange'; sipCode?: number }): void;
  /** kill -9: all legs end without a word. */
  crash(): void;
}

export function createChannels(clock: LabClock, bus: Bus): Channels {
  const live = new Map<Channel, AbortController>();
  let counter = 0;
  let serial = 0;

  function publish(channel: Channel, classes: readonly string[], event: string, more: readonly Header[] = []): void {
    bus.publish(classes, event, [...channelHeaders(channel), ...more]);
  }

  function create(wanted: NewChannel): Channel | null {
    const uniqueId = wanted.id || `${Math.floor(clock.now() / 1000)}.${counter++}`;
    if ([...live.keys()].some((each) => each.uniqueId === uniqueId)) return null;
    const end = new AbortController();
    const channel: Channel = {
      name: `${wanted.name ?? `PJSIP/${wanted.phone}`}-${(serial++).toString(16).padStart(8, '0')}`,
      uniqueId, linkedId: wanted.linkedId ?? uniqueId, phone: wanted.phone, createdAt: clock.now(), state: wanted.state, answeredAt: null,
      caller: wanted.caller, connected: wanted.connected ?? { number: '', name: '' }, dialled: wanted.dialled ?? '',
      context: wanted.context, extension: wanted.extension, priority: 1, application: '', data: '', bridgeId: '',
      variables: new Map(), conference: new Map(), gone: end.signal, cause: 0, takeDigit: null, collecting: false, recording: false, spokenMs: 0, typed: [],
      hear: (heard) => {
        wanted.hear({ ...heard, at: clock.now() });
        bus.changed();
      },
    };
    live.set(channel, end);
    publish(channel, ['call'], 'Newchannel');
    return channel;
  }

  return {
    create,
    publish,
    list: () => [...live.keys()],
    created: () => serial,
    find: (nameOrId) => [...live.keys()].find((each) => each.name.toLowerCase() === nameOrId.toLowerCase() || each.uniqueId === nameOrId),
    setState(channel, state) {
      if (channel.state === state || !isAlive(channel)) return;
      channel.state = state;
      if (state === 6) channel.answeredAt = clock.now();
      publish(channel, ['call'], 'Newstate');
    },
    step(channel, application, data) {
      channel.application = application;
      channel.data = data;
      publish(channel, ['dialplan'], 'Newexten', [['Extension', channel.extension], ['Application', application], ['AppData', data]]);
    },
    hangUp(channel, { cause, by, sipCode }) {
      const end = live.get(channel);
      if (!end || !isAlive(channel)) return;
      channel.cause = cause;
      if (sipCode === undefined) publish(channel, ['call'], by === 'phone' ? 'HangupRequest' : 'SoftHangupRequest', [['Cause', cause]]);
      end.abort();
      live.delete(channel);
      const more: Header[] = [['Cause', cause], ['Cause-txt', causeText(cause)]];
      publish(channel, ['call'], 'Hangup', sipCode === undefined ? more : [...more, ['TechCause', sipCode]]);
    },
    crash() {
      const ended = [...live];
      live.clear();
      for (const [, end] of ended) end.abort();
      counter = 0;
      serial = 0;
      bus.changed();
    },
  };
}
