import type { ActionFamily } from '../action.ts';

/** Functions that reach beyond the PBX: nobody without the class `system` may even ask for them (tried with SHELL). */
const forbidden = /\b(SHELL|EVAL|FILE|CURL_)\(/i;

export const variableActions: ActionFamily = [
  {
    name: 'Getvar', synopsis: 'Gets a channel variable or function value.', classes: ['call', 'reporting'], fromModule: false,
    run({ channels, variables }, request, reply, session) {
      const name = request.header('Variable');
      if (name === '') return reply.error('No variable specified');
      if (forbidden.test(name) && !session.write.some((each) => ['system', 'all'].includes(each))) return reply.error('GetVar Access Forbidden: Variable');
      const channel = request.header('Channel') === '' ? null : channels.find(request.header('Channel'));
      if (channel === undefined) return reply.error('No such channel');
      reply.plain('Success', [['Variable', name], ['Value', variables.get(channel, name) ?? '']]);
    },
  },
  {
    name: 'Setvar', synopsis: 'Sets a channel variable or function value.', classes: ['call'], fromModule: false,
    run({ boot, channels, variables }, request, reply) {
      const name = request.header('Variable');
      if (name === '') return reply.error('No variable specified');
      const channel = request.header('Channel') === '' ? null : channels.find(request.header('Channel'));
      if (channel === undefined) return reply.error('No such channel');
      const value = request.header('Value');
      const known = boot.loaded() || !name.endsWith(')');
      if (!known || !variables.set(channel, name, value, 'from outside')) return reply.error('Variable not set');
      reply.ack('Variable Set');
    },
  },
];
