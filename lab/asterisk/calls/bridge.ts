import { randomUUID } from 'node:crypto';

import type { Header } from '../ami/packet.ts';
import type { Bus } from '../bus.ts';
import { type Channel, channelHeaders } from './channel.ts';
import type { Channels } from './channels.ts';

/** Joins two legs until one of them ends, then ends the other. Resolves when both are over. */
export async function bridgeLegs(bus: Bus, channels: Channels, first: Channel, second: Channel): Promise<void> {
  const id = randomUUID();
  const inside = new Set<Channel>();

  function headers(): Header[] {
    return [['BridgeUniqueid', id], ['BridgeType', 'basic'], ['BridgeTechnology', 'simple_bridge'], ['BridgeCreator', '<unknown>'], ['BridgeName', '<unknown>'], ['BridgeNumChannels', inside.size], ['BridgeVideoSourceMode', 'none']];
  }

  bus.publish(['call'], 'BridgeCreate', headers());
  for (const channel of [second, first]) {
    inside.add(channel);
    channel.bridgeId = id;
    bus.publish(['call'], 'BridgeEnter', [...headers(), ...channelHeaders(channel)]);
  }
  await Promise.race([ended(first), ended(second)]);
  for (const channel of [first, second]) {
    inside.delete(channel);
    channel.bridgeId = '';
    bus.publish(['call'], 'BridgeLeave', [...headers(), ...channelHeaders(channel)]);
  }
  bus.publish(['call'], 'BridgeDestroy', headers());
  for (const channel of [first, second]) channels.hangUp(channel, { cause: 16, by: 'exchange' });
}

/** Resolves when the leg is over. */
export function ended(channel: Channel): Promise<void> {
  return new Promise((resolve) => {
    if (channel.gone.aborted) resolve();
    else channel.gone.addEventListener('abort', () => resolve(), { once: true });
  });
}
