import { spawn } from 'node:child_process';
import { TheirError } from '../../../domain/errors.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { GreetingsConfig } from '../greetings-config.ts';

/** Longest WAV that a voice may give: a minute at 48 kHz. */
const mostBytes = 6 * 1024 * 1024;

/**
 * Runs the voice once. The text goes in as standard input, never as an argument, and no shell is between: a name may hold whatever it likes. A program that is missing, fails,
 * is late or talks too long is told as such.
 */
export function speakWith({ instance, clock, voice }: { instance: string; clock: Clock; voice: NonNullable<GreetingsConfig['voice']> }, text: string, language: string): Promise<Uint8Array> {
  const named = voice.voices[language] ?? language;
  return withDeadline({ clock, connector: instance, what: 'speak a greeting', ms: voice.speakMs }, (signal) => new Promise((resolve, reject) => {
    const child = spawn(voice.command, voice.arguments.map((each) => each.replaceAll('{language}', named)), { stdio: ['pipe', 'pipe', 'ignore'], signal, killSignal: 'SIGKILL' });
    const pieces: Buffer[] = [];
    let bytes = 0;
    const fail = (why: string, cause?: unknown): void => reject(new TheirError(instance, 'unavailable', `speak a greeting: ${why}`, { cause, remedy: `Install ${voice.command}, with a voice for "${named}", or set connectors[].greetings.voice.` }));
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostBytes) return void child.kill('SIGKILL');
      pieces.push(piece);
    });
    // A voice that does not read to the end says so by its exit code.
    child.stdin.on('error', () => child.stdin.destroy());
    child.once('error', (error) => fail('the voice could not be started, or was stopped', error));
    child.once('close', (code) => (code === 0 && bytes > 0 ? resolve(Buffer.concat(pieces)) : fail(bytes > mostBytes ? 'the voice does not end' : `the voice ended with ${code ?? 'a signal'}`)));
    child.stdin.end(text);
  }));
}
