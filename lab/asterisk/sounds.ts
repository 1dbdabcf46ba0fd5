import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabClock } from '../clock.ts';

/**
 * Sounds of a stock Asterisk that a conference service may want, with the words that they speak: names from core-sounds-en 1.6.1, the set that the
 * installer and Debian bring. A name that is not here is not there, as in the real one.
 */
const stock: Record<string, string> = {
  'all-circuits-busy-now': 'All circuits are busy now.',
  'auth-thankyou': 'Thank you.',
  beep: '(beep)',
  beeperr: '(error beep)',
  cancelled: 'Cancelled.',
  'cannot-complete-as-dialed': 'Your call cannot be completed as dialed.',
  'check-number-dial-again': 'Please check the number and dial again.',
  'conf-adminmenu': 'Please press 1 to mute or unmute yourself, 2 to lock or unlock the conference, 3 to eject the last user.',
  'conf-enteringno': 'You are entering conference number',
  'conf-errormenu': 'Invalid choice.',
  'conf-extended': 'The conference has been extended.',
  'conf-full': 'The conference is full.',
  'conf-getconfno': 'Please enter your conference number followed by the pound key.',
  'conf-getpin': 'Please enter the conference pin number.',
  'conf-hasjoin': 'is now in the conference.',
  'conf-hasleft': 'has left the conference.',
  'conf-invalid': 'That is not a valid conference number. Please try again.',
  'conf-invalidpin': 'That pin is invalid for this conference.',
  'conf-kicked': 'You have been kicked from this conference.',
  'conf-leaderhasleft': 'The leader has left the conference.',
  'conf-locked': 'This conference is locked!',
  'conf-lockednow': 'The conference is now locked.',
  'conf-muted': 'You are now muted.',
  'conf-now-muted': 'The conference is now muted.',
  'conf-now-recording': 'The conference is now being recorded.',
  'conf-now-unmuted': 'The conference is now unmuted.',
  'conf-onlyone': 'There is currently one other participant in the conference.',
  'conf-onlyperson': 'You are currently the only person in this conference.',
  'conf-otherinparty': 'other participants in the conference',
  'conf-placeintoconf': 'You will now be placed into the conference.',
  'conf-thereare': 'There are currently',
  'conf-unlockednow': 'The conference is now unlocked.',
  'conf-unmuted': 'You are now unmuted.',
  'conf-usermenu': 'Please press 1 to mute or unmute yourself.',
  'conf-waitforleader': 'The conference will begin when the leader arrives.',
  'confbridge-conf-begin': 'The conference will now begin.',
  'confbridge-conf-end': 'The conference has ended.',
  'confbridge-invalid': 'You have entered an invalid option.',
  'confbridge-join': '(join tone)',
  'confbridge-leave': '(leave tone)',
  'confbridge-lock-no-join': 'The conference is currently locked and cannot be joined.',
  'confbridge-locked': 'The conference is now locked.',
  'confbridge-muted': 'You are now muted.',
  'confbridge-only-participant': 'You are currently the only participant in this conference.',
  'confbridge-pin': 'Please enter your personal identification number followed by the pound or hash key.',
  'confbridge-pin-bad': 'You have entered too many invalid personal identification numbers.',
  'confbridge-removed': 'You have been removed from this conference.',
  'confbridge-unlocked': 'The conference is now unlocked.',
  'confbridge-unmuted': 'You are now unmuted.',
  'digits/at': 'at',
  'digits/today': 'today',
  'digits/tomorrow': 'tomorrow',
  'feature-not-avail-line': 'Feature not available on this line.',
  goodbye: 'Goodbye.',
  hello: 'Hello.',
  'hello-world': 'Hello world.',
  'im-sorry': 'I am sorry.',
  invalid: 'I am sorry, that is not a valid extension. Please try again.',
  'number-not-answering': 'The number is not answering.',
  'one-moment-please': 'One moment please.',
  'pbx-invalid': 'I am sorry, that is not a valid extension. Please try again.',
  'please-try-again': 'Please try again.',
  'please-try-call-later': 'Please try your call again later.',
  'pls-wait-connect-call': 'Please wait while I connect your call.',
  'silence/1': '(1 second of silence)',
  'silence/2': '(2 seconds of silence)',
  sorry: 'Sorry.',
  'sorry-youre-having-problems': 'Sorry you are having problems.',
  'ss-noservice': 'The number you have dialed is not in service. Please check the number and try again.',
  transfer: 'Please hold while I try that extension.',
  'tt-somethingwrong': 'Something is terribly wrong.',
  'vm-changeto': 'Change to which folder?',
  'vm-delete': 'Press 7 to delete this message, 9 to save it, 6 for the next one.',
  'vm-deleted': 'Message deleted.',
  'vm-goodbye': 'Goodbye.',
  'vm-incorrect': 'Login incorrect.',
  'vm-intro': 'Please leave your message after the tone. When done, hang up or press the pound key.',
  'vm-isonphone': 'is on the phone.',
  'vm-isunavail': 'is unavailable.',
  'vm-login': 'Mailbox?',
  'vm-mailboxfull': 'Sorry, but the user\'s mailbox can\'t accept more messages.',
  'vm-nobodyavail': 'Nobody is available to take your call.',
  'vm-nomore': 'No more messages.',
  'vm-onefor': 'Press 1 for messages, 2 to change folders, pound to exit.',
  'vm-password': 'Password?',
  'vm-pls-try-again': 'Please try again.',
  'vm-received': 'Message received',
  'vm-savefolder': 'Which folder should I save the message to?',
  'vm-sorry': 'I am sorry, I did not understand your response.',
  'vm-theperson': 'The person at extension',
  'vm-undeleted': 'Message undeleted.',
  'vm-youhave': 'You have',
};

/** A sound as Asterisk's index of its folders has it. */
export interface IndexedSound {
  /** Below the folder `language`, without ending. */
  id: string;
  /** Name of a folder directly below `sounds`: each is taken for a language. */
  language: string;
  format: string;
  /** What it says, where a text file beside it tells. */
  text?: string;
}

export interface Sounds {
  /** What lies below folders of sounds; files beside these folders are in no index. */
  index(): Promise<IndexedSound[]>;
  /** The words of a sound; null when this Asterisk has no such file, which fails a prompt as it does in the real one. */
  words(name: string): string | null | Promise<string | null>;
}

/** How long res_http_media_cache waits for a sound (res_curl's default is longer; a caller does not wait so long), ms. */
const fetchMs = 5_000;

/**
 * The stock sounds, what the administrator laid beside them, and files in `folder` (astdatadir's sounds), which may come while this runs. Names without ending, as dialplan and AGI
 * use them; an address of http or https is fetched once, as res_http_media_cache does. What is in a file nobody here can hear: its words are its size.
 */
export function createSounds(clock: LabClock, more: Readonly<Record<string, string>>, folder: string | null): Sounds {
  const all = new Map([...Object.entries(stock), ...Object.entries(more)]);
  const cache = new Map<string, string>();

  async function fetched(address: string): Promise<string | null> {
    const late = new AbortController();
    const cancel = clock.at(clock.now() + fetchMs, () => late.abort());
    try {
      const answer = await fetch(address, { signal: late.signal });
      if (!answer.ok) return null;
      const words = `(a sound of ${(await answer.arrayBuffer()).byteLength} bytes)`;
      cache.set(address, words);
      return words;
    } catch {
      // As the real one: what cannot be fetched is not there.
      return null;
    } finally {
      cancel();
    }
  }

  async function inFolder(name: string): Promise<string | null> {
    if (folder === null || name.includes('..')) return null;
    const found = await stat(join(folder, `${name}.wav`)).catch(() => null);
    return found?.isFile() === true ? `(a sound of ${found.size} bytes)` : null;
  }

  async function below(path: string): Promise<string[]> {
    const entries = folder === null ? [] : await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
    const deeper = await Promise.all(entries.filter((entry) => entry.isDirectory()).map((entry) => below(join(path, entry.name))));
    return [...deeper.flat(), ...entries.filter((entry) => entry.name.endsWith('.wav')).map((entry) => join(path, entry.name.slice(0, -'.wav'.length)))];
  }

  return {
    async index() {
      const laid = [...Object.keys(more), ...(await below(''))].filter((name) => name.includes('/'));
      return [
        ...Object.entries(stock).map(([id, text]) => ({ id, language: 'en', format: 'gsm', text })),
        ...laid.map((name) => ({ id: name.slice(name.indexOf('/') + 1), language: name.slice(0, name.indexOf('/')), format: 'slin' })),
      ];
    },
    words(name) {
      if (/^https?:\/\//.test(name)) return cache.get(name) ?? fetched(name);
      return all.get(name.replace(/^en\//, '')) ?? (folder === null ? null : inFolder(name));
    },
  };
}
