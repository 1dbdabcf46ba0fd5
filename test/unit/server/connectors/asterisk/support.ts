import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { TurnableClock } from '../../../../../lab/clock.ts';
import { asteriskConfig } from '../../../../../server/connectors/asterisk/index.ts';
import type { AsteriskConfig, AsteriskConfigInput } from '../../../../../server/connectors/asterisk/index.ts';

/** A manager that says exactly what a test wants, byte by byte: for the manners of one answer. lab/asterisk/ is the one that behaves. */
export interface ScriptedManager {
  port: number;
  /** Every action as it came, by name and fields, from all connections. */
  heard: { session: ManagerSession; action: string; fields: Record<string, string> }[];
  sessions: ManagerSession[];
  stop(): Promise<void>;
}

export interface ManagerSession {
  socket: Socket;
  /** Mask of the login. */
  events: string;
  send(text: string): void;
}

/** Text to answer with; null answers nothing. `id` is the line "ActionID: …" with its end. */
export type Answer = (action: string, fields: Record<string, string>, id: string, session: ManagerSession) => string | null;

export const empty = 'Message: No active conferences.\r\n\r\n';

/** What an idle Asterisk 22 answers to the connector's questions. */
export const idle: Answer = (action, _fields, id) => {
  if (action === 'Login') return `Response: Success\r\n${id}Message: Authentication accepted\r\n\r\n`;
  if (action === 'Ping') return `Response: Success\r\n${id}Ping: Pong\r\nTimestamp: 1795243740.000000\r\n\r\n`;
  if (action === 'CoreSettings') return `Response: Success\r\n${id}AMIversion: 11.0.0\r\nAsteriskVersion: 22.10.1\r\n\r\n`;
  if (action.startsWith('Confbridge')) return `Response: Error\r\n${id}${empty}`;
  return `Response: Error\r\n${id}Message: Invalid/unknown command: ${action}. Use Action: ListCommands to show available commands.\r\n\r\n`;
};

export async function scriptedManager(answer: Answer, greeting = 'Asterisk Call Manager/11.0.0\r\n'): Promise<ScriptedManager> {
  const sessions: ManagerSession[] = [];
  const heard: ScriptedManager['heard'] = [];
  const server = createServer((socket) => {
    const session: ManagerSession = { socket, events: '', send: (text) => void socket.write(text) };
    sessions.push(session);
    let pending = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      pending += String(chunk);
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const fields = Object.fromEntries(pending.slice(0, end).split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
        pending = pending.slice(end + 4);
        const action = fields['Action'] ?? '';
        if (action === 'Login') session.events = fields['Events'] ?? '';
        heard.push({ session, action, fields });
        const text = answer(action, fields, `ActionID: ${fields['ActionID'] ?? ''}\r\n`, session);
        if (text !== null) socket.write(text);
      }
    });
    socket.write(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: portOf(server),
    heard,
    sessions,
    async stop() {
      for (const { socket } of sessions) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the scripted manager does not listen');
  return address.port;
}

export const secretEnv = { TIELINE_AMI_SECRET: 'open sesame' };

export function config(amiPort: number, more: Partial<AsteriskConfigInput> = {}): AsteriskConfig {
  return asteriskConfig.parse({
    type: 'asterisk',
    instance: 'pbx',
    ami: { host: '127.0.0.1', port: amiPort, username: 'tieline', secretEnv: 'TIELINE_AMI_SECRET' },
    agi: { port: 0 },
    ...more,
  });
}

/** Polls until it holds; fails the test, with `what`, when it does not within two seconds of the machine's time. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2_000; turn++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`never happened: ${what}`);
}

/** Turns the clock in small steps, leaving sockets time in between, until it holds; fails after `limitMs` of the clock's time. */
export async function turnUntil(clock: TurnableClock, what: string, holds: () => boolean, { stepMs = 50, limitMs = 400_000 } = {}): Promise<void> {
  for (let turned = 0; turned <= limitMs; turned += stepMs) {
    if (holds()) return;
    clock.advance(stepMs);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`never happened: ${what}`);
}

/** Turns the clock until a promise is settled, and gives its outcome. */
export async function turnThrough<T>(clock: TurnableClock, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  void promise.then(() => (isSettled = true), () => (isSettled = true));
  await turnUntil(clock, 'the promise is settled', () => isSettled);
  return promise;
}
