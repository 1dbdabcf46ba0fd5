import { TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BridgeEvent, DialOut } from '../../ports/conference-bridge.ts';
import type { AmiPacket } from './client/ami/packet.ts';
import { header } from './client/ami/packet.ts';
import type { DialOutConfig } from './dial-out-config.ts';
import { channelFor } from './dial-out-config.ts';
import type { Hub } from './hub.ts';

type Outcome = Extract<BridgeEvent, { type: 'called' }>['outcome'];

/** Calls that we begin: each rings at most once, and whoever answers is known by the channel's id when the dialplan asks us. */
export interface Calls {
  /** Throws TheirError: 'refused' for a number that no route allows, 'no-answer' when the phone may ring all the same. */
  begin(call: DialOut): Promise<void>;
  /** The call that this channel is, once: it was answered and stands at our door. Null for everybody else's channels. */
  answered(uniqueId: string): DialOut | null;
  /** An event of the manager. */
  hear(packet: AmiPacket): void;
}

/** Asterisk tells the outcome when ringing ends; after this much more time nobody will come, ms. */
const graceMs = 15_000;
/** A key is remembered this long after its call, so that a repeated request does not ring again, ms. */
const rememberMs = 60 * 60_000;
/** Outcomes that came before we knew whose they are. */
const mostEarly = 50;

export function createCalls({ instance, config, clock, hub, tell }: {
  instance: string;
  config: DialOutConfig | undefined;
  clock: Clock;
  hub: Hub;
  tell: (call: DialOut, outcome: Outcome) => void;
}): Calls {
  /** Every key that was ever dialled and not yet forgotten, with when it may be. */
  const dialled = new Map<string, number>();
  const ringing = new Map<string, { call: DialOut; cancelPatience: () => void }>();
  /** Keys by the id of the action that began their call. */
  const keyByAction = new Map<string, string>();
  const early = new Map<string, Outcome>();

  function settle(key: string, outcome: Outcome): DialOut | null {
    const found = ringing.get(key);
    if (!found) return null;
    ringing.delete(key);
    found.cancelPatience();
    for (const [action, each] of keyByAction) if (each === key) keyByAction.delete(action);
    tell(found.call, outcome);
    return found.call;
  }

  async function begin(call: DialOut): Promise<void> {
    const now = clock.now();
    for (const [key, until] of dialled) if (until <= now) dialled.delete(key);
    const channel = channelFor(config, call.number);
    if (!config || channel === null) {
      throw new TheirError(instance, 'refused', 'this number may not be called', { remedy: 'An administrator allows it under dialOut.routes of this PBX.' });
    }
    if (dialled.has(call.key)) return;
    dialled.set(call.key, now + rememberMs);
    const cancelPatience = clock.at(now + config.ringMs + graceMs, () => void settle(call.key, 'no-answer'));
    ringing.set(call.key, { call, cancelPatience });
    try {
      const reply = await hub.call('Originate', {
        Channel: channel, Context: config.context, Exten: 's', Priority: '1', Timeout: String(config.ringMs), Async: 'true', ChannelId: channelId(call.key),
        ...(config.callerId === undefined ? {} : { CallerID: config.callerId }),
      });
      if (!reply.isSuccess) throw new TheirError(instance, 'refused', `Originate failed: ${reply.message}`, { remedy: 'See dialOut.routes and dialOut.context of this PBX, and that its dialplan includes pbx/asterisk/tieline.conf.' });
      const action = header(reply.head, 'ActionID');
      keyByAction.set(action, call.key);
      const known = early.get(action);
      if (known) settle(call.key, known);
    } catch (error) {
      // After a lost answer it may ring all the same: the call stays known, so that whoever answers comes in.
      if (!(error instanceof TheirError && error.fault === 'no-answer')) {
        ringing.delete(call.key);
        cancelPatience();
      }
      throw error;
    }
  }

  return {
    begin,
    answered(uniqueId) {
      const key = /^tieline-([a-z0-9-]{1,64})$/.exec(uniqueId)?.[1];
      return key === undefined ? null : settle(key, 'answered');
    },
    hear(packet) {
      if (packet.name !== 'OriginateResponse' || header(packet, 'Response') !== 'Failure') return;
      // Reason 3: it rang and nobody answered; 0 and others: busy, rejected, not reachable (by trial).
      const outcome = header(packet, 'Reason') === '3' ? 'no-answer' : 'failed';
      const action = header(packet, 'ActionID');
      const key = keyByAction.get(action);
      if (key !== undefined) return void settle(key, outcome);
      early.set(action, outcome);
      for (const old of [...early.keys()].slice(0, -mostEarly)) early.delete(old);
    },
  };
}

/** ChannelId makes the channel's unique id ours (by trial): by it the answered call is recognised when the dialplan asks. */
function channelId(key: string): string {
  return `tieline-${key}`;
}
