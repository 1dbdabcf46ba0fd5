import { EventEmitter, once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

import { type Asterisk, type AsteriskOptions, createAsterisk } from '../../../../lab/asterisk/index.ts';
import { createLabClock, type TurnableClock } from '../../../../lab/clock.ts';

/** A bare connection to AMI: text in, text out, no understanding. */
export interface Wire {
  /** Everything received since the last `take`. */
  readonly text: string;
  readonly ended: boolean;
  send(text: string): void;
  /** One action, LF in the text becoming CRLF. */
  action(text: string): void;
  /** Waits until the text contains this, or matches. */
  until(what: string | RegExp): Promise<void>;
  untilEnd(): Promise<void>;
  /** Hands over what came so far and forgets it. */
  take(): string;
  /** Sends an action and takes everything up to the end of the answer that `last` shows. */
  ask(text: string, last?: string | RegExp): Promise<string>;
  readonly socket: Socket;
}

export async function openWire(port: number): Promise<Wire> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let ended = false;
  const news = new EventEmitter();
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
    news.emit('more');
  });
  socket.on('close', () => {
    ended = true;
    news.emit('more');
  });
  socket.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('error', reject);
  });

  async function holds(condition: () => boolean): Promise<void> {
    while (!condition()) await once(news, 'more');
  }

  async function until(what: string | RegExp): Promise<void> {
    await holds(() => (typeof what === 'string' ? text.includes(what) : what.test(text)) || ended);
    if (typeof what === 'string' ? !text.includes(what) : !what.test(text)) throw new Error(`the connection ended before ${String(what)}; it said ${JSON.stringify(text.slice(-300))}`);
  }

  function take(): string {
    const taken = text;
    text = '';
    return taken;
  }

  function send(more: string): void {
    socket.write(more);
  }

  function action(more: string): void {
    send(`${more.replaceAll('\n', '\r\n')}\r\n\r\n`);
  }

  return {
    socket, send, action, until, take,
    get text() {
      return text;
    },
    get ended() {
      return ended;
    },
    untilEnd: () => holds(() => ended),
    async ask(more, last = '\r\n\r\n') {
      take();
      action(more);
      await until(last);
      return take();
    },
  };
}

export const secret = 's3cret';

/** Users by what they may: everything, what conferences need, calls only without any writing. */
const users: AsteriskOptions['users'] = [
  { name: 'god', secret, read: ['all'], write: ['all'] },
  { name: 'least', secret, read: ['call', 'reporting'], write: ['call', 'reporting', 'originate'] },
  { name: 'watcher', secret, read: ['call'], write: [] },
];

export interface World {
  pbx: Asterisk;
  clock: TurnableClock;
  /** A connection that is logged in and has said so. */
  login(user?: string, events?: string): Promise<Wire>;
  open(): Promise<Wire>;
  /** Turns the (standing) clock on, and lets everything run that is due then. */
  turn(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A stand-in with phones 201 to 204, whose prompts and keys take no time unless told otherwise. */
export async function createWorld(options: Partial<AsteriskOptions> & { clock?: TurnableClock } = {}): Promise<World> {
  const clock = options.clock ?? createLabClock();
  const phones = [{ extension: '201', name: 'Ann' }, { extension: '202', name: 'Bob' }, { extension: '203', name: 'Cy' }, { extension: '204', name: 'Di' }];
  const pbx = await createAsterisk({ agiUrl: 'agi://127.0.0.1:9/conference', users, phones, promptMs: 0, digitMs: 0, firstJoinMs: 0, kickedMs: 0, ...options, clock });
  const wires: Wire[] = [];

  async function open(): Promise<Wire> {
    const wire = await openWire(pbx.amiPort);
    wires.push(wire);
    return wire;
  }

  return {
    pbx, clock, open,
    async turn(ms) {
      const turned = clock.sleep(ms);
      clock.advance(ms);
      await turned;
      await new Promise((resolve) => setImmediate(resolve));
    },
    async login(user = 'god', events) {
      const wire = await open();
      wire.action(`Action: Login\nUsername: ${user}\nSecret: ${secret}${events === undefined ? '' : `\nEvents: ${events}`}`);
      await wire.until('Message: Authentication accepted\r\n\r\n');
      wire.take();
      return wire;
    },
    async close() {
      for (const wire of wires) wire.socket.destroy();
      await pbx.close();
      clock.stop();
    },
  };
}

/** One call in the hands of a scripted AGI service. */
export interface AgiCall {
  /** The opening lines, by name without `agi_`. */
  environment: Record<string, string>;
  /** Says a line and waits for the next line that comes. */
  command(line: string): Promise<string>;
  say(line: string): void;
  /** The next line; null when the line was closed. */
  next(): Promise<string | null>;
  close(): void;
}

export interface AgiService {
  url: string;
  /** Everything that Asterisk sent first, as it came. */
  readonly openings: string[];
  close(): Promise<void>;
}

/** An AGI service that does what `script` says with each call. */
export async function serveAgi(script: (call: AgiCall) => Promise<void>): Promise<AgiService> {
  const sockets = new Set<Socket>();
  const openings: string[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    void converse(socket, script, openings);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `agi://127.0.0.1:${port}/conference`,
    openings,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function converse(socket: Socket, script: (call: AgiCall) => Promise<void>, openings: string[]): Promise<void> {
  let rest = '';
  let ended = false;
  const lines: string[] = [];
  const news = new EventEmitter();
  socket.setEncoding('utf8');
  socket.on('error', () => {});
  socket.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    news.emit('more');
  });
  for (const event of ['end', 'close']) socket.on(event, () => {
    ended = true;
    news.emit('more');
  });

  async function next(): Promise<string | null> {
    for (;;) {
      const line = lines.shift();
      if (line !== undefined || ended) return line ?? null;
      await once(news, 'more');
    }
  }

  const opening: string[] = [];
  for (let line = await next(); line !== null && line !== ''; line = await next()) opening.push(line);
  openings.push(`${opening.join('\n')}\n\n`);
  const environment = Object.fromEntries(opening.map((line) => [line.slice('agi_'.length, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  await script({
    environment, next,
    say: (line) => void socket.write(`${line}\n`),
    async command(line) {
      socket.write(`${line}\n`);
      return (await next()) ?? '(closed)';
    },
    close: () => socket.end(),
  });
}

/** Packets of a text that have this first header, cut into headers by name (the first of a name wins). */
export function packets(text: string, first: string): Record<string, string>[] {
  return text.split('\r\n\r\n').filter((packet) => packet.startsWith(`${first}\r\n`)).map((packet) => {
    const found: Record<string, string> = {};
    for (const line of packet.split('\r\n')) found[line.slice(0, line.indexOf(':'))] ??= line.slice(line.indexOf(':') + 2);
    return found;
  });
}
