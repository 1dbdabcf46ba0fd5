import type { LabClock } from '../../clock.ts';
import type { Bus } from '../bus.ts';
import type { Channel, Heard, Party } from '../calls/channel.ts';
import type { Channels } from '../calls/channels.ts';
import type { Media } from '../calls/media.ts';
import type { DeviceStates } from '../states/device-states.ts';
import { deviceState, type Handset, isAsked, newHandset, partyText, type PhoneLine, type PhoneView, viewHandset } from './handset.ts';
import { createWaits } from './waits.ts';

/** The keys of one phone, for the lab page and the tests. */
export interface Phone {
  readonly extension: string;
  view(): PhoneView;
  /** Takes the handset up and dials. Throws when the phone is in a call, or has no service. */
  dial(number: string): void;
  answer(): void;
  reject(): void;
  hangUp(): void;
  hold(on: boolean): void;
  /** Presses keys one after the other, at the pace of `digitMs`. Keys that nobody waits for are lost, as in a real call. */
  press(digits: string): Promise<void>;
  /** Waits until somebody asks for digits, then presses. Rejects with the signal's reason. */
  enter(digits: string, signal?: AbortSignal): Promise<void>;
  /** Waits until a voicemail records, then says something `seconds` long, which takes no time of the clock. */
  speak(seconds: number, signal?: AbortSignal): Promise<void>;
  /** Waits until the phone has heard these words or this sound since its last call began. */
  heard(what: string | RegExp, signal?: AbortSignal): Promise<Heard>;
  /** Pulls the cable, or plugs it in. */
  plug(plugged: boolean): void;
  setBusy(busy: boolean): void;
}

/** A call on its way to a phone. */
export interface Offer {
  extension: string;
  id?: string;
  linkedId?: string;
  /** Shown on the screen. */
  from: Party;
  /** Who the new leg counts as; the phone's own name and number if empty. */
  caller?: Party;
  context: string;
  timeoutMs: number;
  /** Called when the leg exists, before it rings. */
  began: (channel: Channel) => void;
}

/** What became of an offer. `gone`: the leg was hung up while it rang. */
export type Answer = { outcome: 'answered'; channel: Channel } | { outcome: 'busy' | 'rejected' | 'no answer' | 'unreachable' | 'gone'; channel: Channel | null };

export interface Phones {
  get(extension: string): Phone | undefined;
  list(): Phone[];
  offer(offer: Offer): Promise<Answer>;
  /** Loses its call without a word, as at a kill -9, and is away until `registered`. */
  crash(): void;
  registered(): void;
}

interface Parts {
  clock: LabClock;
  bus: Bus;
  channels: Channels;
  devices: DeviceStates;
  media: Media;
  lines: readonly PhoneLine[];
  digitMs: number;
  /** Whether the lamp for waiting messages is lit. */
  light: (extension: string) => boolean;
  /** Leads an outgoing call through the dialplan. */
  route: (channel: Channel) => void;
}

function begin(handset: Handset, other: string): void {
  Object.assign(handset, { hears: [], other, held: false });
}

function hear(handset: Handset): (heard: Heard) => void {
  return (heard) => void handset.hears.push(heard);
}

function own(handset: Handset): Party {
  return { number: handset.line.extension, name: handset.line.name };
}

export function createPhones(parts: Parts): Phones {
  const { bus, channels, clock, devices, media, digitMs } = parts;
  const handsets = new Map(parts.lines.map((line) => [line.extension, newHandset(line)]));
  const waits = createWaits(bus);
  let serving = true;

  function refresh(): void {
    for (const handset of handsets.values()) {
      if (handset.channel?.gone.aborted) Object.assign(handset, { channel: null, pickUp: null, held: false });
      devices.set(`PJSIP/${handset.line.extension}`, serving ? deviceState(handset) : 'UNAVAILABLE');
    }
  }

  bus.subscribe(({ name }) => {
    if (['Newchannel', 'Newstate', 'Hangup'].includes(name)) refresh();
  });

  function dial(handset: Handset, number: string): void {
    if (!handset.plugged || !serving) throw new Error(`Phone ${handset.line.extension} has no service.`);
    if (handset.channel) throw new Error(`Phone ${handset.line.extension} is in a call.`);
    begin(handset, number);
    handset.channel = channels.create({ phone: handset.line.extension, state: 4, caller: own(handset), dialled: number, context: 'internal', extension: number, hear: hear(handset) });
    refresh();
    if (handset.channel) parts.route(handset.channel);
  }

  async function press(handset: Handset, digits: string): Promise<void> {
    for (const [index, digit] of digits.split('').entries()) {
      if (index > 0 && digitMs > 0) await clock.sleep(digitMs);
      if (handset.channel) media.press(handset.channel, digit);
    }
    bus.changed();
  }

  function peer(handset: Handset): Handset | undefined {
    const bridge = handset.channel?.bridgeId;
    return bridge ? [...handsets.values()].find((each) => each !== handset && each.channel?.bridgeId === bridge) : undefined;
  }

  function phone(handset: Handset): Phone {
    return {
      extension: handset.line.extension,
      view: () => viewHandset(handset, { state: devices.get(`PJSIP/${handset.line.extension}`), serving, messageLight: parts.light(handset.line.extension) }),
      dial: (number) => dial(handset, number),
      answer: () => handset.pickUp?.('answered'),
      reject: () => handset.pickUp?.('rejected'),
      hangUp: () => handset.channel && channels.hangUp(handset.channel, { cause: 16, by: 'phone' }),
      hold(on) {
        const other = peer(handset);
        if (!handset.channel || !other) return;
        // It is the held phone whose device says ONHOLD, not the one where the key was pressed (tried).
        other.held = on;
        channels.publish(handset.channel, ['call'], on ? 'Hold' : 'Unhold', on ? [['MusicClass', '']] : []);
        refresh();
      },
      press: (digits) => press(handset, digits),
      async enter(digits, signal) {
        await waits.until(() => isAsked(handset.channel) || undefined, signal);
        await press(handset, digits);
      },
      async speak(seconds, signal) {
        await waits.until(() => handset.channel?.recording || undefined, signal);
        if (handset.channel) handset.channel.spokenMs += seconds * 1000;
      },
      heard: (what, signal) => waits.until(() => handset.hears.find(({ words, sound }) => (typeof what === 'string' ? words.includes(what) || sound === what : what.test(words) || what.test(sound ?? ''))), signal),
      plug(plugged) {
        handset.plugged = plugged;
        if (!plugged && handset.channel) channels.hangUp(handset.channel, { cause: 27, by: 'exchange' });
        refresh();
        bus.changed();
      },
      setBusy(busy) {
        handset.busy = busy;
        refresh();
        bus.changed();
      },
    };
  }

  async function offer({ extension, id, linkedId, from, caller, context, timeoutMs, began }: Offer): Promise<Answer> {
    const handset = handsets.get(extension);
    if (!handset || !handset.plugged || !serving) return { outcome: 'unreachable', channel: null };
    const refuses = handset.busy || handset.channel !== null;
    if (!refuses) begin(handset, partyText(from));
    const channel = channels.create({ phone: extension, id, linkedId, state: 0, caller: caller ?? own(handset), connected: from, context, extension: '', hear: refuses ? () => {} : hear(handset) });
    if (!channel) return { outcome: 'unreachable', channel: null };
    began(channel);
    if (refuses) return { outcome: 'busy', channel };
    handset.channel = channel;
    channels.setState(channel, 5);
    const how = await new Promise<'answered' | 'rejected' | 'no answer' | 'gone'>((resolve) => {
      handset.pickUp = resolve;
      const cancel = [clock.at(clock.now() + timeoutMs, () => resolve('no answer'))];
      if (handset.line.answerAfterMs !== undefined) cancel.push(clock.at(clock.now() + handset.line.answerAfterMs, () => resolve('answered')));
      channel.gone.addEventListener('abort', () => {
        for (const each of cancel) each();
        resolve('gone');
      }, { once: true });
    });
    handset.pickUp = null;
    if (how !== 'answered') return { outcome: how, channel };
    channels.setState(channel, 6);
    return { outcome: 'answered', channel };
  }

  refresh();
  return {
    offer,
    get: (extension) => {
      const handset = handsets.get(extension);
      return handset && phone(handset);
    },
    list: () => [...handsets.values()].map(phone),
    crash() {
      serving = false;
      for (const handset of handsets.values()) Object.assign(handset, { channel: null, pickUp: null, held: false });
      refresh();
    },
    registered() {
      serving = true;
      refresh();
    },
  };
}
