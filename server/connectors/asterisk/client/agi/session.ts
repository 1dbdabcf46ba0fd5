import type { Socket } from 'node:net';
import { OurError, TheirError } from '../../../../domain/errors.ts';
import { withDeadline } from '../../../../outbound/deadline.ts';
import type { Clock } from '../../../../ports/clock.ts';
import { encodeCommand } from './encode.ts';
import { createEnvironmentReader } from './environment.ts';
import type { AgiEnvironment } from './environment.ts';
import { createLineReader } from './line-reader.ts';
import { createReplyReader } from './reply.ts';
import type { AgiReply, ReplyReader } from './reply.ts';

/** One call that Asterisk put into our hands. */
export interface AgiSession {
  readonly environment: AgiEnvironment;
  /** Runs one command; one at a time. Throws TheirError 'gone' when the caller has hung up, 'no-answer' when it is late or the connection broke (the call is then given up). */
  command(words: readonly string[], deadlineMs: number): Promise<AgiReply>;
  /** Gives the call back to the dialplan. */
  end(): void;
}

/** Tells the kernel to notice a PBX that vanished during a long conference, milliseconds of silence. */
const keepAliveMs = 60_000;

export interface SessionOptions {
  connector: string;
  clock: Clock;
  socket: Socket;
  /** Until the environment must be complete. */
  environmentMs: number;
}

/** Reads the environment and hands out the session; null for whoever is no Asterisk or too slow. */
export function openSession({ connector, clock, socket, environmentMs }: SessionOptions): Promise<AgiSession | null> {
  const environmentReader = createEnvironmentReader();
  let environment: AgiEnvironment | undefined;
  let waiting: { reader: ReplyReader; resolve: (reply: AgiReply) => void; reject: (error: Error) => void } | undefined;
  let ended: TheirError | undefined;
  let decide: (session: AgiSession | null) => void;
  const opened = new Promise<AgiSession | null>((resolve) => (decide = resolve));
  const cancelPatience = clock.at(clock.now() + environmentMs, () => finish(new TheirError(connector, 'no-answer', 'a caller\'s environment did not arrive')));

  function finish(why: TheirError): void {
    if (ended) return;
    ended = why;
    cancelPatience();
    socket.destroy();
    waiting?.reject(why);
    waiting = undefined;
    decide(null);
  }

  function takeEnvironment(line: string): void {
    const taken = environmentReader.take(line);
    if (taken === 'more') return;
    if (taken === 'refused') return finish(new TheirError(connector, 'unreadable', 'what came in is no AGI environment'));
    environment = taken;
    cancelPatience();
    decide({ environment: taken, command, end: () => finish(gone('we gave the call back')) });
  }

  function take(line: string): void {
    if (ended) return;
    if (!environment) return takeEnvironment(line);
    // Asterisk says HANGUP on a line of its own, in the middle of anything.
    if (line === 'HANGUP') return finish(gone('the caller has hung up'));
    if (!waiting) return finish(new TheirError(connector, 'unreadable', 'an AGI answer that nobody asked for'));
    const reply = waiting.reader.take(line);
    if (reply === 'more') return;
    if (reply === 'unreadable') return finish(new TheirError(connector, 'unreadable', 'an AGI answer that we cannot read'));
    const { resolve } = waiting;
    waiting = undefined;
    resolve(reply);
  }

  function gone(message: string): TheirError {
    return new TheirError(connector, 'gone', message);
  }

  async function command(words: readonly string[], deadlineMs: number): Promise<AgiReply> {
    if (ended) throw ended;
    if (waiting) throw new OurError('two AGI commands at once');
    const line = encodeCommand(words);
    const what = `the AGI command ${words[0] ?? ''}`;
    try {
      const reply = await withDeadline({ clock, connector, what, ms: deadlineMs }, () => new Promise<AgiReply>((resolve, reject) => {
        waiting = { reader: createReplyReader(), resolve, reject };
        socket.write(line);
      }));
      if (reply.code === 511) throw gone('the caller has hung up');
      return reply;
    } catch (error) {
      // After a late answer we no longer know which answer belongs to what.
      if (error instanceof TheirError) finish(error);
      throw error;
    }
  }

  const lines = createLineReader(take);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveMs);
  socket.on('data', (chunk: Buffer) => {
    if (!ended && !lines.push(chunk)) finish(new TheirError(connector, 'unreadable', 'an AGI line is too long'));
  });
  socket.on('error', (error) => finish(new TheirError(connector, 'no-answer', 'the AGI connection broke', { cause: error })));
  socket.on('close', () => finish(gone('Asterisk ended the AGI connection')));
  return opened;
}
