import type { LabClock } from '../../clock.ts';
import type { Applications } from '../calls/applications.ts';
import type { Channel } from '../calls/channel.ts';
import { isAlive } from '../calls/channel.ts';
import type { Channels } from '../calls/channels.ts';
import { anyKey, type Ending, type Media } from '../calls/media.ts';
import { digitWords, timeWords } from '../calls/speech.ts';
import type { Variables } from '../calls/variables.ts';

/** What AGI commands work with. */
export interface AgiParts {
  clock: LabClock;
  applications: Applications;
  channels: Channels;
  media: Media;
  variables: Variables;
  /** Zone of the PBX, IANA, for times said without one. */
  timeZone: string;
}

/** What follows `200 result=`; `failed` makes AGISTATUS FAILURE unless the caller hung up. 'usage' = the words were wrong. */
export type AgiResult = { result: string | number; failed?: boolean } | 'usage';

/** One command. `words` are all words, the command's own included. */
export interface AgiCommand {
  words: readonly string[];
  /** Allowed when the caller has hung up; the others answer 511 then. */
  whenDead: boolean;
  usage: string;
  run(parts: AgiParts, channel: Channel, words: readonly string[]): Promise<AgiResult>;
}

/** 0 for the end, the sign's code for a key, -1 when the caller went or the sound is missing. */
function code(ending: Ending | 'missing'): number {
  return ending === 'timeout' ? 0 : ending === 'gone' || ending === 'missing' ? -1 : ending.digit.charCodeAt(0);
}

function outcome(ending: Ending): AgiResult {
  return { result: code(ending), failed: ending === 'gone' };
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\s*[-+]?\d/.test(text) ? Number.parseInt(text, 10) : null;
}

export const agiCommands: readonly AgiCommand[] = [
  {
    words: ['answer'], whenDead: false, usage: 'Answers channel if not already in answer state.',
    run: async ({ channels }, channel) => {
      channels.setState(channel, 6);
      return isAlive(channel) ? { result: 0 } : { result: -1, failed: true };
    },
  },
  {
    words: ['channel', 'status'], whenDead: false, usage: 'Returns the status of the specified channel.',
    run: async ({ channels }, channel, words) => {
      if (words.length > 3) return 'usage';
      return { result: words[2] === undefined ? channel.state : (channels.find(words[2])?.state ?? -1) };
    },
  },
  {
    words: ['exec'], whenDead: true, usage: 'Executes application with given options.',
    run: async ({ applications }, channel, words) => (words.length < 2 ? 'usage' : { result: await applications.run(channel, words[1] ?? '', words[2] ?? '') }),
  },
  {
    words: ['get', 'data'], whenDead: false, usage: 'Stream the given file, and receive DTMF data.',
    run: async ({ media }, channel, words) => {
      if (words.length < 3) return 'usage';
      const typed = await media.collect(channel, words[2] ?? '', whole(words[3]) ?? 0, whole(words[4]) ?? 1024);
      return { result: typed === -1 ? -1 : `${typed.digits}${typed.timedOut ? ' (timeout)' : ''}` };
    },
  },
  {
    words: ['get', 'full', 'variable'], whenDead: true, usage: 'Gets a channel expression.',
    run: async ({ channels, variables }, channel, words) => {
      if (words.length < 4 || words.length > 5) return 'usage';
      const of = words[4] === undefined ? channel : channels.find(words[4]);
      return { result: of ? `1 (${variables.fill(of, words[3] ?? '')})` : 0 };
    },
  },
  {
    words: ['get', 'variable'], whenDead: true, usage: 'Gets a channel variable.',
    run: async ({ variables }, channel, words) => {
      if (words.length !== 3) return 'usage';
      const value = variables.get(channel, words[2] ?? '');
      return { result: value === null ? 0 : `1 (${value})` };
    },
  },
  {
    words: ['hangup'], whenDead: false, usage: 'Hangup a channel.',
    run: async ({ channels }, channel, words) => {
      if (words.length > 2) return 'usage';
      const whose = words[1] === undefined ? channel : channels.find(words[1]);
      if (whose) channels.hangUp(whose, { cause: 16, by: 'exchange' });
      return { result: whose ? 1 : -1 };
    },
  },
  { words: ['noop'], whenDead: true, usage: 'Does nothing.', run: async () => ({ result: 0 }) },
  {
    words: ['say', 'datetime'], whenDead: false, usage: 'Say a given time, returning early if any of the given DTMF digits are received on the channel.',
    run: async ({ media, timeZone }, channel, words) => {
      const seconds = whole(words[2]);
      if (words.length < 4 || seconds === null) return 'usage';
      const text = timeWords(seconds * 1000, words[4] ?? "ABdY 'digits/at' IMp", words[5] || timeZone);
      return outcome(await media.say(channel, 'time', text, text.split(' ').length, words[3]));
    },
  },
  {
    words: ['say', 'digits'], whenDead: false, usage: 'Say a given digit string, returning early if any of the given DTMF digits are received on the channel.',
    run: async ({ media }, channel, words) => {
      if (words.length !== 4 || whole(words[2]) === null) return 'usage';
      return outcome(await media.say(channel, 'digits', digitWords(words[2] ?? ''), words[2]?.length ?? 1, words[3]));
    },
  },
  {
    words: ['say', 'number'], whenDead: false, usage: 'Say a given number, returning early if any of the given DTMF digits are received on the channel.',
    run: async ({ media }, channel, words) => {
      const number = whole(words[2]);
      if (words.length < 4 || words.length > 5 || number === null) return 'usage';
      return outcome(await media.say(channel, 'number', String(number), String(number).length, words[3]));
    },
  },
  {
    words: ['send', 'text'], whenDead: false, usage: 'Sends the given text on a channel.',
    run: async (_, channel, words) => {
      if (words.length !== 3) return 'usage';
      channel.hear({ kind: 'text', words: words[2] ?? '' });
      return { result: 0 };
    },
  },
  {
    words: ['set', 'autohangup'], whenDead: false, usage: 'Autohangup channel in some time.',
    run: async ({ channels, clock }, channel, words) => {
      const seconds = Number.parseFloat(words[2] ?? '');
      if (words.length !== 3 || Number.isNaN(seconds)) return 'usage';
      if (seconds > 0) channel.gone.addEventListener('abort', clock.at(clock.now() + seconds * 1000, () => channels.hangUp(channel, { cause: 16, by: 'exchange' })), { once: true });
      return { result: 0 };
    },
  },
  {
    words: ['set', 'variable'], whenDead: true, usage: 'Sets a variable to the current channel.',
    run: async ({ variables }, channel, words) => {
      if (words.length !== 4) return 'usage';
      // Success even where the function refuses (tried): only Asterisk's own log tells.
      variables.set(channel, words[2] ?? '', words[3] ?? '');
      return { result: 1 };
    },
  },
  {
    words: ['stream', 'file'], whenDead: false, usage: 'Send the given file, allowing playback to be interrupted by the given digits, if any.',
    run: async ({ clock, media, variables }, channel, words) => {
      if (words.length < 4 || words.length > 5) return 'usage';
      const began = clock.now();
      const ending = await media.play(channel, words[2] ?? '', words[3]);
      if (ending === 'missing') return { result: '-1 endpos=0', failed: true };
      variables.set(channel, 'PLAYBACKSTATUS', ending === 'timeout' ? 'SUCCESS' : 'FAILED');
      const samples = 8 * (ending === 'timeout' ? media.promptMs : clock.now() - began);
      return { result: `${code(ending)} endpos=${samples}`, failed: ending === 'gone' };
    },
  },
  { words: ['verbose'], whenDead: true, usage: 'Logs a message to the asterisk verbose log.', run: async (_, __, words) => (words.length < 2 ? 'usage' : { result: 1 }) },
  {
    words: ['wait', 'for', 'digit'], whenDead: false, usage: 'Waits for a digit to be pressed.',
    run: async ({ media }, channel, words) => {
      const ms = whole(words[3]);
      if (words.length !== 4 || ms === null) return 'usage';
      channel.collecting = true;
      const ending = await media.digit(channel, ms < 0 ? Infinity : ms, anyKey);
      channel.collecting = false;
      return outcome(ending);
    },
  },
];

/** The command that the first words name, in any case. */
export function findCommand(words: readonly string[]): AgiCommand | undefined {
  return agiCommands.find((command) => command.words.every((each, index) => words[index]?.toLowerCase() === each));
}
