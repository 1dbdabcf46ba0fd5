import { escapeText } from '../packet.ts';
import type { ActionFamily } from '../action.ts';

const readers = ['call', 'reporting'];

/** Extensions, devices and presence. */
export const stateActions: ActionFamily = [
  {
    name: 'DeviceStateList', synopsis: 'List the current known device states.', classes: readers, fromModule: true,
    run({ devices }, _, reply) {
      const rows = devices.list().map(({ device, state }) => [['Device', device], ['State', state]] as const);
      reply.list({ message: 'Device State Changes will follow', event: 'DeviceStateChange', rows, complete: 'DeviceStateListComplete' });
    },
  },
  {
    name: 'ExtensionState', synopsis: 'Check Extension Status.', classes: readers, fromModule: false,
    run({ hints, boot }, request, reply) {
      const extension = request.header('Exten');
      const context = request.header('Context') || 'default';
      if (extension === '') return reply.error('Extension not specified');
      const hint = boot.loaded() ? hints.find(context, extension) : undefined;
      const unknown = [['Exten', extension], ['Context', context], ['Hint', ''], ['Status', -1], ['StatusText', 'Unknown']] as const;
      reply.plain('Success', [['Message', 'Extension Status'], ...(hint ? hints.status(hint) : unknown)]);
    },
  },
  {
    name: 'ExtensionStateList', synopsis: 'List the current known extension states.', classes: readers, fromModule: false,
    run({ hints, boot }, _, reply) {
      const rows = boot.loaded() ? hints.all.map((hint) => hints.status(hint)) : [];
      reply.list({ message: 'Extension Statuses will follow', event: 'ExtensionStatus', rows, complete: 'ExtensionStateListComplete' });
    },
  },
  {
    name: 'PresenceState', synopsis: 'Check Presence State', classes: readers, fromModule: false,
    run({ presences }, request, reply) {
      const provider = request.header('Provider');
      if (provider === '') return reply.error('No provider specified');
      const { state, subtype, message } = presences.get(provider);
      // Two headers of the name Message, and the text unescaped (tried): PresenceMessage is the one to read.
      reply.plain('Success', [
        ['Message', 'Presence State'], ['State', state],
        ...(subtype === '' ? [] : [['Subtype', subtype] as const]),
        ...(message === '' ? [] : [['Message', message] as const, ['PresenceMessage', message] as const]),
      ]);
    },
  },
  {
    name: 'PresenceStateList', synopsis: 'List the current known presence states.', classes: readers, fromModule: true,
    run({ presences }, _, reply) {
      const rows = presences.list().map(({ presentity, presence }) => [['Presentity', presentity], ['Status', presence.state], ['Subtype', escapeText(presence.subtype)], ['Message', escapeText(presence.message)]] as const);
      reply.list({ message: 'Presence State Changes will follow', event: 'PresenceStateChange', rows, complete: 'PresenceStateListComplete' });
    },
  },
];
