import { TheirError } from '../../../../domain/errors.ts';
import type { AgiReply } from './reply.ts';
import type { AgiSession } from './session.ts';

/** The commands of AGI that a conversation needs. Each throws TheirError 'gone' when the caller has hung up. */
export interface Call {
  answer(): Promise<void>;
  /** Plays a sound. False when Asterisk has no such file. */
  play(sound: string): Promise<boolean>;
  /** Plays a sound and takes digits until # or silence. Null when Asterisk has no such file. */
  askDigits(sound: string, entryMs: number, mostDigits: number): Promise<string | null>;
  /** `instant` epoch ms UTC, said in `zone` (IANA). */
  sayTime(instant: number, format: string, zone: string): Promise<void>;
  set(variable: string, value: string): Promise<void>;
  /** Does nothing for so long, or until a key is pressed. */
  pause(ms: number): Promise<void>;
  /** Runs a dialplan application. False when Asterisk has no such application. */
  run(application: string, argument: string, deadlineMs: number): Promise<boolean>;
  hangUp(): Promise<void>;
}

/** A sound that does not exist and a caller who hung up give the same answer, -1: only the next command tells (510 and 511 count as gone). */
export function createCall(session: AgiSession, { connector, stepMs }: { connector: string; stepMs: number }): Call {
  function ask(...words: string[]): Promise<AgiReply> {
    return askWithin(stepMs, ...words);
  }

  async function askWithin(deadlineMs: number, ...words: string[]): Promise<AgiReply> {
    const reply = await session.command(words, deadlineMs);
    if (reply.code !== 200) throw new TheirError(connector, 'refused', `Asterisk refused the AGI command ${words[0] ?? ''} (${reply.code})`);
    return reply;
  }

  async function mustBeThere(): Promise<void> {
    const reply = await ask('CHANNEL', 'STATUS');
    if (reply.result === '-1') throw new TheirError(connector, 'gone', 'the caller has hung up');
  }

  return {
    async answer() {
      if ((await ask('ANSWER')).result === '-1') throw new TheirError(connector, 'gone', 'the caller has hung up');
    },
    async play(sound) {
      const reply = await ask('STREAM', 'FILE', sound, '');
      if (reply.result !== '-1') return true;
      await mustBeThere();
      return false;
    },
    async askDigits(sound, entryMs, mostDigits) {
      // Each digit begins the silence anew.
      const reply = await askWithin(stepMs + entryMs * mostDigits, 'GET', 'DATA', sound, String(entryMs), String(mostDigits));
      if (reply.result !== '-1') return reply.result;
      await mustBeThere();
      return null;
    },
    async sayTime(instant, format, zone) {
      const reply = await ask('SAY', 'DATETIME', String(Math.floor(instant / 1000)), '', format, zone);
      if (reply.result === '-1') await mustBeThere();
    },
    async set(variable, value) {
      const reply = await ask('SET', 'VARIABLE', variable, value);
      if (reply.result !== '1') throw new TheirError(connector, 'refused', `Asterisk did not set ${variable}`);
    },
    async pause(ms) {
      if ((await askWithin(stepMs + ms, 'WAIT', 'FOR', 'DIGIT', String(ms))).result === '-1') await mustBeThere();
    },
    async run(application, argument, deadlineMs) {
      const reply = await session.command(['EXEC', application, argument], deadlineMs);
      if (reply.code !== 200) throw new TheirError(connector, 'refused', `Asterisk refused to run ${application} (${reply.code})`);
      return reply.result !== '-2';
    },
    async hangUp() {
      await ask('HANGUP');
    },
  };
}
