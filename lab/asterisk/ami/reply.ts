import type { Reply } from './action.ts';
import { formatPacket, type Header } from './packet.ts';

/** Replies to a request with this ActionID, handed as text to `send`. */
export function createReply(actionId: string, send: (text: string) => void): Reply {
  const id: readonly Header[] = actionId === '' ? [] : [['ActionID', actionId]];

  function packet(headers: readonly Header[]): void {
    send(formatPacket(headers));
  }

  return {
    ack: (message) => packet([['Response', 'Success'], ...id, ['Message', message]]),
    error: (message) => packet([['Response', 'Error'], ...id, ['Message', message]]),
    plain: (response, headers) => packet([['Response', response], ...id, ...headers]),
    list({ message, event, rows, complete, idAtEnd = false }) {
      packet([['Response', 'Success'], ...id, ['EventList', 'start'], ['Message', message]]);
      for (const row of rows) packet(idAtEnd ? [['Event', event], ...row, ...id] : [['Event', event], ...id, ...row]);
      packet([['Event', complete], ...id, ['EventList', 'Complete'], ['ListItems', rows.length]]);
    },
  };
}
