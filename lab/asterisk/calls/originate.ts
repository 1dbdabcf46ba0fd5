import type { Header } from '../ami/packet.ts';
import type { Bus } from '../bus.ts';
import type { Phones } from '../phones/phones.ts';
import type { Applications } from './applications.ts';
import type { Channel, Party } from './channel.ts';
import type { Channels } from './channels.ts';
import { dialOutcomes, publishDial } from './dial.ts';
import type { Variables } from './variables.ts';

/** A call that somebody outside wants to begin. */
export interface Origination {
  /** `PJSIP/201`. Other technologies are not in the lab and fail at once. */
  channel: string;
  /** ChannelId: becomes Uniqueid and Linkedid. */
  id: string;
  timeoutMs: number;
  /** CallerID; becomes the identity of the called phone's leg, which surprises people (tried). */
  caller: Party | null;
  variables: readonly (readonly [name: string, value: string])[];
  next: { application: string; data: string } | { context: string; extension: string; priority: number };
}

export interface Originated {
  ok: boolean;
  /** 4 answered, 3 rang out, 0 anything else (tried). */
  reason: number;
  channel: Channel | null;
}

export interface Originate {
  (wanted: Origination): Promise<Originated>;
}

export interface OriginateParts {
  bus: Bus;
  channels: Channels;
  phones: Phones;
  variables: Variables;
  applications: Applications;
  /** Leads the answered call on through the dialplan. */
  route: (channel: Channel) => void;
}

/** Rings a phone and, once it answers, leads it on. Resolves when the first leg has answered or failed. */
export function createOriginate({ bus, channels, phones, variables, applications, route }: OriginateParts): Originate {
  async function lead(channel: Channel, next: Origination['next']): Promise<void> {
    if ('application' in next) {
      await applications.run(channel, next.application, next.data);
      channels.hangUp(channel, { cause: 16, by: 'exchange' });
      return;
    }
    channel.context = next.context;
    channel.extension = next.extension;
    channel.priority = next.priority;
    route(channel);
  }

  return async (wanted) => {
    const extension = /^PJSIP\/([^/]+)$/i.exec(wanted.channel)?.[1];
    if (!extension) return { ok: false, reason: 0, channel: null };
    const answer = await phones.offer({
      extension, id: wanted.id, from: wanted.caller ?? { number: '', name: '' }, caller: wanted.caller ?? undefined, context: 'internal', timeoutMs: wanted.timeoutMs,
      began: (leg) => {
        for (const [name, value] of wanted.variables) variables.set(leg, name, value);
        publishDial(bus, 'DialBegin', null, leg, ['DialString', extension]);
      },
    });
    if (answer.outcome !== 'answered') {
      const { status, cause, sipCode } = dialOutcomes[answer.outcome];
      if (answer.channel) {
        publishDial(bus, 'DialEnd', null, answer.channel, ['DialStatus', status]);
        channels.hangUp(answer.channel, { cause, by: 'exchange', sipCode });
      }
      return { ok: false, reason: answer.outcome === 'no answer' ? 3 : 0, channel: null };
    }
    publishDial(bus, 'DialEnd', null, answer.channel, ['DialStatus', 'ANSWER']);
    void lead(answer.channel, wanted.next);
    return { ok: true, reason: 4, channel: answer.channel };
  };
}

/** The event that tells the asker of an asynchronous Originate what became of the first leg. */
export function originateResponse(wanted: Origination, actionId: string, { ok, reason, channel }: Originated): Header[] {
  const where: Header[] = 'application' in wanted.next
    ? [['Application', wanted.next.application], ['Data', wanted.next.data]]
    : [['Context', wanted.next.context], ['Exten', wanted.next.extension]];
  return [
    ...(actionId === '' ? [] : [['ActionID', actionId] satisfies Header]),
    ['Response', ok ? 'Success' : 'Failure'], ['Channel', channel?.name ?? wanted.channel], ...where, ['Reason', reason],
    // Tried on 22.10.1: a failed call carries the ChannelId that was asked for; without one it says <unknown>.
    ['Uniqueid', channel?.uniqueId ?? (wanted.id || '<unknown>')],
    ['CallerIDNum', wanted.caller?.number || '<unknown>'], ['CallerIDName', wanted.caller?.name || '<unknown>'],
  ];
}
