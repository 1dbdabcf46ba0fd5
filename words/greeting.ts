import { pick } from './pick.ts';

/** What a caller hears before they may leave a message. Spoken, so days and months are whole words. */
interface GreetingWords {
  greeting(said: { name: string; is: string; until: string | null }): string;
  /** What somebody is, after their name. Never a title. */
  is: Readonly<Record<'meeting' | 'busy' | 'away' | 'outOfOffice' | 'vacation' | 'doNotDisturb' | 'custom' | 'available', string>>;
  today(time: string): string;
  later(day: string, time: string): string;
  /** Of the whole day: nobody waits until midnight for somebody. */
  midnight(day: string): string;
}

const en: GreetingWords = {
  greeting: ({ name, is, until }) => `Hello. ${name} ${is}${until === null ? '' : ` until ${until}`}. Please leave a message after the tone.`,
  is: {
    meeting: 'is in a meeting', busy: 'is busy', away: 'is away', outOfOffice: 'is out of the office', vacation: 'is on vacation', doNotDisturb: 'cannot take calls', custom: 'cannot take calls', available: 'cannot come to the phone',
  },
  today: (time) => time,
  later: (day, time) => `${day}, ${time}`,
  midnight: (day) => day,
};

const de: GreetingWords = {
  greeting: ({ name, is, until }) => `Guten Tag. ${name} ${is}${until === null ? '' : `, bis ${until}`}. Bitte sprechen Sie nach dem Ton.`,
  is: {
    meeting: 'ist in einer Besprechung', busy: 'ist beschäftigt', away: 'ist abwesend', outOfOffice: 'ist nicht im Haus', vacation: 'ist im Urlaub', doNotDisturb: 'nimmt gerade keine Anrufe an', custom: 'nimmt gerade keine Anrufe an',
    available: 'ist gerade nicht am Telefon',
  },
  today: (time) => `${time} Uhr`,
  later: (day, time) => `${day}, ${time} Uhr`,
  midnight: (day) => day,
};

/** Languages that greetings are spoken in. */
export const greetingLanguages = ['en', 'de'] as const;

/**
 * Letters, digits and the signs that belong to names, one line: no direction marks, no brackets that a voice takes for sounds ("[[" in espeak), no markup, no quotes of any language.
 * A name that nothing is left of gives null.
 */
export function speakable(text: string): string | null {
  const plain = text.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N} .,'’-]+/gu, ' ').replaceAll(/\s+/gu, ' ').trim().slice(0, 80);
  return /[\p{L}\p{N}]/u.test(plain) ? plain : null;
}

/**
 * "Hello. Anna Berger is out of the office until Monday, 30 November, 09:00. Please leave a message after the tone." From face and instant alone: what a meeting is called is not
 * among what this is given, so it cannot be spoken.
 * @param until epoch ms, UTC; null when nothing in sight ends it.
 */
export function greetingText({ name, face, until }: { name: string; face: keyof GreetingWords['is']; until: number | null }, now: number, { language, timeZone }: { language: string; timeZone: string }): string {
  const words = pick({ en, de }, language);
  const tag = language.slice(0, 2) === 'de' ? 'de' : 'en-GB';
  const told = (at: number, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(tag, { timeZone, ...options }).format(at);
  const day = (at: number): string => told(at, { weekday: 'long', day: 'numeric', month: 'long' });
  const time = (at: number): string => told(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const untilText = (at: number): string => (time(at) === '00:00' ? words.midnight(day(at)) : day(at) === day(now) ? words.today(time(at)) : words.later(day(at), time(at)));
  return words.greeting({ name: speakable(name) ?? (tag === 'de' ? 'Ihr Gesprächspartner' : 'The person you have called'), is: words.is[face], until: until === null ? null : untilText(until) });
}
