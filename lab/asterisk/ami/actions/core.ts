import { asteriskVersion } from '../../exchange.ts';
import type { ActionFamily } from '../action.ts';

const readers = ['system', 'reporting'];

/** Date and time as CoreStatus prints them. Epoch ms, shown in UTC. */
function dateAndTime(instant: number): readonly [string, string] {
  const [date = '', time = ''] = new Date(instant).toISOString().slice(0, 19).split('T');
  return [date, time];
}

/** What Asterisk says about itself. */
export const coreActions: ActionFamily = [
  {
    name: 'CoreSettings', synopsis: 'Show PBX core settings (version etc).', classes: readers, fromModule: false,
    run: (_, __, reply) => reply.plain('Success', [
      ['AMIversion', '11.0.0'], ['AsteriskVersion', asteriskVersion], ['SystemName', ''], ['CoreMaxCalls', 0], ['CoreMaxLoadAvg', '0.000000'], ['CoreRunUser', ''],
      ['CoreRunGroup', ''], ['CoreMaxFilehandles', 0], ['CoreRealTimeEnabled', 'No'], ['CoreCDRenabled', 'Yes'], ['CoreHTTPenabled', 'No'], ['SoundsSearchCustomDir', 'No'],
    ]),
  },
  {
    name: 'CoreStatus', synopsis: 'Show PBX core status variables.', classes: readers, fromModule: false,
    run({ boot, channels }, _, reply) {
      const [date, time] = dateAndTime(boot.startedAt());
      const calls = new Set(channels.list().map(({ linkedId }) => linkedId)).size;
      reply.plain('Success', [
        ['CoreStartupDate', date], ['CoreStartupTime', time], ['CoreReloadDate', date], ['CoreReloadTime', time], ['CoreCurrentCalls', calls],
        ['CoreProcessedCalls', channels.created()],
      ]);
    },
  },
];
