import { connect, type Socket } from 'node:net';

import { type Channel, isAlive } from '../calls/channel.ts';
import type { WireLog } from '../log.ts';
import { splitCommand } from './arguments.ts';
import { type AgiParts, findCommand } from './commands.ts';
import { agiEnvironment } from './environment.ts';
import { createLineQueue } from './lines.ts';

/** What AGISTATUS says afterwards. SUCCESS also when the service closed the line in mid-call: that alone does not mean that it finished (tried). */
export type AgiStatus = 'SUCCESS' | 'FAILURE' | 'HANGUP' | 'NOTFOUND';

/** How long Asterisk tries to reach an AGI service, ms (MAX_AGI_CONNECT in res_agi.c). */
const connectMs = 2000;
const defaultPort = 4573;

export interface AgiClient {
  /** AGI(url,args…): lets a service lead the call. */
  run(channel: Channel, url: string, args: readonly string[]): Promise<AgiStatus>;
  /** Cuts all conversations, as the end of Asterisk would. */
  crash(): void;
}

/** Asterisk's side of FastAGI. */
export function createAgiClient(parts: AgiParts, log: WireLog, version: string): AgiClient {
  const sockets = new Set<Socket>();

  function open(host: string, port: number): Promise<Socket | null> {
    return new Promise((resolve) => {
      const socket = connect({ host, port, allowHalfOpen: true });
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const cancel = parts.clock.at(parts.clock.now() + connectMs, () => socket.destroy(new Error('no answer')));
      socket.once('connect', () => {
        cancel();
        resolve(socket);
      });
      socket.on('error', () => {
        cancel();
        resolve(null);
      });
    });
  }

  async function run(channel: Channel, url: string, args: readonly string[]): Promise<AgiStatus> {
    const target = /^agi:\/\/([^/:]+)(?::(\d+))?(?:\/(.*))?$/.exec(url);
    if (!target) return 'NOTFOUND';
    const socket = await open(target[1] ?? '', Number(target[2] ?? defaultPort));
    if (!socket) return 'FAILURE';
    const connection = log.open();
    const lines = createLineQueue(socket);
    let status: AgiStatus = 'SUCCESS';
    let dead = false;

    function send(text: string, shown = text): void {
      log.write('agi', connection, 'out', shown);
      if (socket?.writable) socket.write(text);
    }

    /** Turns to the dead mode once, as Asterisk does between two commands. */
    function noticeHangUp(): void {
      if (dead || isAlive(channel)) return;
      dead = true;
      if (status === 'SUCCESS') status = 'HANGUP';
      send('HANGUP\n');
    }

    async function answer(line: string): Promise<void> {
      const words = splitCommand(line);
      const command = findCommand(words);
      if (!command) return send('510 Invalid or unknown command\n');
      if (dead && !command.whenDead) return send('511 Command Not Permitted on a dead channel or intercept routine\n');
      const outcome = await command.run(parts, channel, words);
      if (outcome === 'usage') return send(`520-Invalid command syntax.  Proper usage follows:\n${command.usage}\n520 End of proper usage.\n`);
      if (outcome.failed && isAlive(channel)) status = 'FAILURE';
      const text = `200 result=${outcome.result}\n`;
      send(text, isPin(words) ? text.replace(/=\d+/, '=****') : text);
    }

    send(agiEnvironment(channel, url, target[3] ?? '', version, args));
    for (;;) {
      noticeHangUp();
      const line = await lines.next(dead ? null : channel.gone);
      if (line === 'aborted') continue;
      if (line === null) break;
      log.write('agi', connection, 'in', line.text);
      if (/^failure/i.test(line.text)) {
        status = 'FAILURE';
        break;
      }
      await answer(line.text);
    }
    send('HANGUP\n');
    socket.end();
    socket.resume();
    return status;
  }

  return {
    async run(channel, url, args) {
      const status = await run(channel, url, args);
      parts.variables.set(channel, 'AGISTATUS', status);
      return status;
    },
    crash() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** What was typed after a prompt for a PIN is nobody's business but the service's. */
function isPin(words: readonly string[]): boolean {
  return words[1]?.toLowerCase() === 'data' && /pin/i.test(words[2] ?? '');
}
