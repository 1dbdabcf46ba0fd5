import type { Socket } from 'node:net';

import type { AsteriskEvent } from '../bus.ts';
import type { Exchange } from '../exchange.ts';
import type { Trouble } from '../faults.ts';
import type { Action, SessionControl } from './action.ts';
import { allows, classText, readMask } from './classes.ts';
import { createOutlet } from './outlet.ts';
import { formatPacket, type Header } from './packet.ts';
import { createReader, type RawMessage } from './reader.ts';
import { createReply } from './reply.ts';
import { readRequest, type Request } from './request.ts';

/** A user of manager.conf. */
export interface AmiUser {
  name: string;
  secret: string;
  read: readonly string[];
  write: readonly string[];
}

export interface SessionParts {
  exchange: Exchange;
  actions: ReadonlyMap<string, Action>;
  users: readonly AmiUser[];
  trouble: Trouble;
  writeTimeoutMs: number;
}

export interface Session {
  /** The user's name once logged in. */
  user(): string | null;
  /** Cut off by a half-open line. */
  dead(): boolean;
  destroy(): void;
}

/** How long Asterisk thinks about a wrong password, and how long it waits for any (manager.c, authtimeout). */
const refusalMs = 1000;
const loginMs = 30_000;

/** One AMI connection: greets, takes one message at a time, and delivers events between them. */
export function startSession(socket: Socket, { exchange, actions, users, trouble, writeTimeoutMs }: SessionParts): Session {
  const { boot, bus, clock, log } = exchange;
  const connection = log.open();
  const outlet = createOutlet(socket, clock, writeTimeoutMs);
  const messages: RawMessage[] = [];
  const pending: string[] = [];
  let user: AmiUser | null = null;
  let mask: readonly string[] = ['all'];
  let working = false;
  let dead = trouble.halfOpen;

  function send(text: string): void {
    dead ||= trouble.halfOpen;
    if (dead || text === '') return;
    log.write('ami', connection, 'out', text);
    outlet.write(text);
  }

  function granted(kind: 'read' | 'write'): readonly string[] {
    return user && !trouble.permissionRefused ? user[kind] : [];
  }

  function hears(classes: readonly string[]): boolean {
    return user !== null && allows(granted('read'), classes) && allows(mask, classes) && !trouble.dropEvents;
  }

  function deliver(): void {
    if (!working && pending.length > 0) send(pending.splice(0).join(''));
  }

  function event({ classes, name, headers }: AsteriskEvent): void {
    if (!hears(classes)) return;
    pending.push(formatPacket([['Event', name], ['Privilege', classText(classes)], ...headers]));
    deliver();
  }

  const control: SessionControl = {
    get user() {
      return user?.name ?? '';
    },
    get write() {
      return granted('write');
    },
    get read() {
      return granted('read');
    },
    setMask: (next) => void (mask = next),
    mask: () => mask,
  };

  async function login(request: Request, answer: (text: string) => void): Promise<void | 'close'> {
    const reply = createReply(request.actionId, answer);
    const found = users.find(({ name }) => name === request.header('Username'));
    if (!found || found.secret !== request.header('Secret')) {
      await clock.sleep(refusalMs);
      reply.error('Authentication failed');
      return 'close';
    }
    user = found;
    cancelLogin();
    mask = readMask(request.header('Events')) ?? mask;
    reply.ack('Authentication accepted');
    if (boot.loaded() && hears(['system'])) {
      const uptime = Math.floor((clock.now() - boot.startedAt()) / 1000);
      answer(formatPacket([['Event', 'FullyBooted'], ['Privilege', 'system,all'], ...bootedHeaders(uptime)]));
    }
  }

  /** Does what a message asks; `answer` collects the reply. */
  async function handle(message: RawMessage, answer: (text: string) => void): Promise<void | 'close'> {
    const request = readRequest(message.lines);
    const reply = createReply(request.actionId, answer);
    if (message.fault === 'line too long') return reply.error('Failed to parse message: line too long');
    if (message.fault) return reply.error('Too many lines in message or allocation failure');
    if (request.action === '') return reply.error('Missing action in request');
    const name = request.action.toLowerCase();
    if (!user && name === 'login') return login(request, answer);
    if (!user && name !== 'logoff') return reply.error('Permission denied');
    const action = actions.get(name);
    if (!action || (action.fromModule && !boot.loaded())) return reply.error(`Invalid/unknown command: ${request.action}. Use Action: ListCommands to show available commands.`);
    if (!allows(granted('write'), action.classes)) return reply.error('Permission denied');
    return action.run(exchange, request, reply, control);
  }

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let message = messages.shift(); message && !socket.destroyed; message = messages.shift()) {
      log.write('ami', connection, 'in', message.lines.join('\n'));
      const texts: string[] = [];
      const after = await handle(message, (text) => void texts.push(text));
      if (trouble.slowMs > 0) await clock.sleep(trouble.slowMs);
      send(texts.join(''));
      if (after === 'close' && !dead) outlet.end();
      send(pending.splice(0).join(''));
    }
    working = false;
  }

  const read = createReader((message) => {
    messages.push(message);
    void work();
  });
  const stop = bus.subscribe(event);
  const cancelLogin = clock.at(clock.now() + loginMs, () => user ?? socket.destroy());
  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    dead ||= trouble.halfOpen;
    if (!dead) read(chunk);
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => {
    stop();
    cancelLogin();
  });
  send('Asterisk Call Manager/11.0.0\r\n');

  return { user: () => user?.name ?? null, dead: () => dead, destroy: () => socket.destroy() };
}

/** What FullyBooted says, after its Privilege. */
export function bootedHeaders(uptimeSeconds: number): Header[] {
  return [['Uptime', uptimeSeconds], ['LastReload', uptimeSeconds], ['Status', 'Fully Booted']];
}
