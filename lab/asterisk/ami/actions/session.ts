import type { ActionFamily } from '../action.ts';
import { allows, classText, readMask } from '../classes.ts';
import type { Action } from '../action.ts';

/** Microseconds in the Timestamp of a Pong, as Asterisk prints them. */
function timestamp(now: number): string {
  return `${Math.floor(now / 1000)}.${String(Math.floor(now % 1000) * 1000).padStart(6, '0')}`;
}

/** Actions about the connection itself. `all`: what ListCommands shows. */
export function sessionActions(all: () => readonly Action[]): ActionFamily {
  return [
    {
      name: 'Events', synopsis: 'Control Event Flow.', classes: [], fromModule: false,
      run(_, request, reply, session) {
        const mask = readMask(request.header('EventMask'));
        if (!mask) return reply.error('Invalid event mask');
        session.setMask(mask);
        reply.plain('Success', [['Events', mask.length > 0 ? 'On' : 'Off']]);
      },
    },
    {
      name: 'ListCommands', synopsis: 'List available manager commands.', classes: [], fromModule: false,
      run(_, __, reply, session) {
        const shown = all().filter(({ classes }) => allows(session.write, classes)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
        reply.plain('Success', shown.map(({ name, synopsis, classes }) => [name, `${synopsis}  (Priv: ${classText(classes)})`]));
      },
    },
    {
      // Who is not logged in yet is answered before the table is asked; this is for a second login.
      name: 'Login', synopsis: 'Login Manager.', classes: [], fromModule: false,
      run: (_, __, reply) => reply.ack('Already authenticated'),
    },
    {
      name: 'Logoff', synopsis: 'Logoff Manager.', classes: [], fromModule: false,
      run(_, __, reply) {
        reply.plain('Goodbye', [['Message', 'Thanks for all the fish.']]);
        return 'close';
      },
    },
    {
      name: 'Ping', synopsis: 'Keepalive command.', classes: [], fromModule: false,
      run: ({ clock }, _, reply) => reply.plain('Success', [['Ping', 'Pong'], ['Timestamp', timestamp(clock.now())]]),
    },
    {
      name: 'UserEvent', synopsis: 'Send an arbitrary event.', classes: ['user'], fromModule: false,
      run({ bus }, request, reply) {
        const event = request.header('UserEvent');
        reply.ack('Event Sent');
        // Custom headers go out as they came: even a second `Event:` (tried).
        const more = request.headers.filter(([name]) => !['action', 'userevent'].includes(name.toLowerCase()));
        bus.publish(['user'], 'UserEvent', [['UserEvent', event], ...more]);
      },
    },
  ];
}
