import type { Bus } from '../bus.ts';
import type { Answer, Phones } from '../phones/phones.ts';
import { bridgeLegs } from './bridge.ts';
import { type Channel, channelHeaders, isAlive } from './channel.ts';
import type { Channels } from './channels.ts';
import type { Variables } from './variables.ts';

export interface DialParts { bus: Bus; channels: Channels; phones: Phones; variables: Variables }

/** How long a phone rings when the caller names no time, ms. */
const ringMs = 30_000;

/** DIALSTATUS and DialEnd's word for each outcome, and the cause with which the called leg ends. */
export const dialOutcomes: Record<Exclude<Answer['outcome'], 'answered'>, { status: string; cause: number; sipCode?: number }> = {
  busy: { status: 'BUSY', cause: 17, sipCode: 486 },
  rejected: { status: 'BUSY', cause: 17, sipCode: 486 },
  'no answer': { status: 'NOANSWER', cause: 19 },
  unreachable: { status: 'CHANUNAVAIL', cause: 20 },
  gone: { status: 'CANCEL', cause: 16 },
};

/** Tells what happens to a leg that is being called. `caller` is null for a call that Originate begins. */
export function publishDial(bus: Bus, event: 'DialBegin' | 'DialState' | 'DialEnd', caller: Channel | null, called: Channel, detail: readonly [string, string]): void {
  bus.publish(['call'], event, [...(caller ? channelHeaders(caller) : []), ...channelHeaders(called, 'Dest'), detail]);
}

/** Dial(PJSIP/<extension>): rings the phone, joins both until one hangs up. Resolves to 0 where the dialplan goes on, -1 where the call is over. */
export async function dialPhone({ bus, channels, phones, variables }: DialParts, channel: Channel, extension: string): Promise<number> {
  channels.step(channel, 'Dial', `PJSIP/${extension},${ringMs / 1000}`);
  let called: Channel | null = null;
  channel.gone.addEventListener('abort', () => called && channels.hangUp(called, { cause: 16, by: 'exchange' }), { once: true });
  const answer = await phones.offer({
    extension, linkedId: channel.linkedId, from: channel.caller, context: channel.context, timeoutMs: ringMs,
    began: (leg) => {
      called = leg;
      publishDial(bus, 'DialBegin', channel, leg, ['DialString', extension]);
      channel.hear({ kind: 'tone', words: '(ringing)' });
    },
  });
  if (answer.outcome !== 'answered') {
    const { status, cause, sipCode } = dialOutcomes[answer.outcome];
    variables.set(channel, 'DIALSTATUS', status);
    if (answer.channel) {
      publishDial(bus, 'DialEnd', channel, answer.channel, ['DialStatus', status]);
      channels.hangUp(answer.channel, { cause, by: 'exchange', sipCode });
    }
    return isAlive(channel) ? 0 : -1;
  }
  publishDial(bus, 'DialEnd', channel, answer.channel, ['DialStatus', 'ANSWER']);
  variables.set(channel, 'DIALSTATUS', 'ANSWER');
  channel.connected = answer.channel.caller;
  channels.setState(channel, 6);
  await bridgeLegs(bus, channels, channel, answer.channel);
  return -1;
}
