import type { LabClock } from '../../clock.ts';
import type { Bus } from '../bus.ts';
import type { Sounds } from '../sounds.ts';
import { type Channel, isAlive } from './channel.ts';

/** What ended a wait: a digit, the time, or the end of the call. */
export type Ending = { digit: string } | 'timeout' | 'gone';

/** GET DATA's outcome: digits as typed, whether the time ran out, or -1 where the prompt is missing or the caller went. */
export type Typed = { digits: string; timedOut: boolean } | -1;

export interface Media {
  /** Waits up to `ms` for one of `wanted` digits. Other digits are lost. */
  digit(channel: Channel, ms: number, wanted: string): Promise<Ending>;
  /** Plays a sound; one of `escape` digits stops it. 'missing' when there is no such file. */
  play(channel: Channel, sound: string, escape?: string): Promise<Ending | 'missing'>;
  /** Says words that are put together from several files; `pieces` of them. */
  say(channel: Channel, kind: 'digits' | 'number' | 'time', words: string, pieces: number, escape?: string): Promise<Ending>;
  /** Prompt and typed digits, ended by `most` digits, `#` or `timeoutMs` after the prompt or the last digit. 0 = 6 s at first, then 2 s (app.c). */
  collect(channel: Channel, sound: string, timeoutMs: number, most: number): Promise<Typed>;
  /** A key is pressed at the phone. Heard by whoever waits for it, otherwise lost. */
  press(channel: Channel, digit: string): void;
  /** How long a sound lasts, ms. */
  readonly promptMs: number;
}

/** All keys of a phone. */
export const anyKey = '0123456789*#ABCD';

/** Plays to and listens on channels, by the lab's clock. */
export function createMedia(clock: LabClock, bus: Bus, sounds: Sounds, promptMs: number): Media {
  function digit(channel: Channel, ms: number, wanted: string): Promise<Ending> {
    return new Promise((resolve) => {
      if (!isAlive(channel)) return resolve('gone');
      const typed = channel.typed.shift();
      if (typed !== undefined && wanted.includes(typed)) return resolve({ digit: typed });
      if (ms <= 0) return resolve('timeout');
      const cancel = ms === Infinity ? () => {} : clock.at(clock.now() + ms, () => end('timeout'));
      function end(ending: Ending): void {
        cancel();
        channel.gone.removeEventListener('abort', gone);
        channel.takeDigit = null;
        resolve(ending);
      }
      function gone(): void {
        end('gone');
      }
      channel.gone.addEventListener('abort', gone, { once: true });
      channel.takeDigit = (each) => {
        if (wanted.includes(each)) end({ digit: each });
      };
      if (channel.collecting) bus.changed();
    });
  }

  async function play(channel: Channel, sound: string, escape = ''): Promise<Ending | 'missing'> {
    if (!isAlive(channel)) return 'gone';
    const known = sounds.words(sound);
    const words = known instanceof Promise ? await known : known;
    if (!isAlive(channel)) return 'gone';
    if (words === null) return 'missing';
    channel.hear({ kind: 'sound', sound, words });
    return digit(channel, promptMs, escape);
  }

  async function collect(channel: Channel, sound: string, timeoutMs: number, most: number): Promise<Typed> {
    channel.collecting = true;
    try {
      let digits = '';
      let ending = sound === '' ? 'timeout' : await play(channel, sound, anyKey);
      if (ending === 'missing') return -1;
      if (ending === 'timeout') ending = await digit(channel, timeoutMs > 0 ? timeoutMs : timeoutMs < 0 ? Infinity : 6000, anyKey);
      for (;;) {
        if (ending === 'gone') return -1;
        if (ending === 'timeout') return { digits, timedOut: true };
        if (ending.digit === '#') return { digits, timedOut: false };
        digits += ending.digit;
        if (digits.length >= most) return { digits, timedOut: false };
        ending = await digit(channel, timeoutMs > 0 ? timeoutMs : timeoutMs < 0 ? Infinity : 2000, anyKey);
      }
    } finally {
      channel.collecting = false;
      channel.typed = [];
    }
  }

  return {
    digit,
    play,
    collect,
    promptMs,
    press(channel, each) {
      if (channel.takeDigit) channel.takeDigit(each);
      else if (channel.collecting) channel.typed.push(each);
    },
    async say(channel, kind, words, pieces, escape = '') {
      if (!isAlive(channel)) return 'gone';
      channel.hear({ kind, words });
      return digit(channel, promptMs * Math.max(1, pieces), escape);
    },
  };
}
