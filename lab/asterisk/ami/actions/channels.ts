import { channelHeaders } from '../../calls/channel.ts';
import type { ActionFamily } from '../action.ts';

/** How long a call has lasted, as hh:mm:ss. */
function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((each) => String(each).padStart(2, '0')).join(':');
}

export const channelActions: ActionFamily = [
  {
    name: 'CoreShowChannels', synopsis: 'List currently active channels.', classes: ['system', 'reporting'], fromModule: false,
    run({ channels, clock }, _, reply) {
      const rows = channels.list().map((channel) => [
        ...channelHeaders(channel), ['Application', channel.application], ['ApplicationData', channel.data],
        ['Duration', duration(clock.now() - channel.createdAt)], ['BridgeId', channel.bridgeId],
      ] as const);
      reply.list({ message: 'Channels will follow', event: 'CoreShowChannel', rows, complete: 'CoreShowChannelsComplete' });
    },
  },
  {
    name: 'Hangup', synopsis: 'Hangup channel.', classes: ['system', 'call'], fromModule: false,
    run({ channels }, request, reply) {
      const wanted = request.header('Channel');
      const cause = Number.parseInt(request.header('Cause'), 10) || 0;
      if (wanted === '') return reply.error('No channel specified');
      const pattern = /^\/(.*)\/$/.exec(wanted)?.[1];
      if (pattern === undefined) {
        const channel = channels.find(wanted);
        if (!channel) return reply.error('No such channel');
        reply.ack('Channel Hungup');
        channels.hangUp(channel, { cause, by: 'exchange' });
        return;
      }
      const found = channels.list().filter(({ name }) => new RegExp(pattern, 'i').test(name));
      reply.list({ message: 'Channels hung up will follow', event: 'ChannelHungup', rows: found.map(({ name }) => [['Channel', name]]), complete: 'ChannelsHungupListComplete' });
      for (const channel of found) channels.hangUp(channel, { cause, by: 'exchange' });
    },
  },
];
