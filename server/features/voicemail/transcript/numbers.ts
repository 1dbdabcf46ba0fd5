import type { TranscriptPiece } from '../../../ports/transcriber.ts';

/** A phone number that somebody said, in the order in which it was. */
export interface SaidNumber {
  said: string;
  /** As a phone dials it: digits, with + before a country code. */
  number: string;
  /** Of its least sure piece. */
  confidence: number | null;
}

/** Digits as people say them; "oh" and "zwo" are heard as often as the words of the dictionary. */
const digits: Readonly<Record<string, string>> = {
  zero: '0', oh: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9',
  null: '0', eins: '1', ein: '1', zwei: '2', zwo: '2', drei: '3', vier: '4', fünf: '5', fuenf: '5', sechs: '6', sieben: '7', acht: '8', neun: '9',
};
const repeats: Readonly<Record<string, number>> = { double: 2, triple: 3, doppel: 2, zweimal: 2, dreimal: 3 };

/** Shorter ones are dates, prices and gates; no number is longer (ITU-T E.164: 15, and a prefix). */
const shortest = 6;
const longest = 18;
/** Nobody says more in a message, and more buttons help nobody. Ours. */
const mostNumbers = 20;

interface Run { said: string[]; number: string; confidence: number | null; repeat: number }

/** Words of one number, with its pauses; what goes on for longer is none. Ours. */
const mostWords = 3 * longest;

const emptyRun = (): Run => ({ said: [], number: '', confidence: null, repeat: 1 });

/** Finds the phone numbers in a transcript, written in digits or said digit by digit, in English and German. Pure. */
export function numbersIn(pieces: readonly TranscriptPiece[]): SaidNumber[] {
  const found = new Map<string, SaidNumber>();
  let run = emptyRun();
  const end = (): void => {
    const length = run.number.replace('+', '').length;
    if (length >= shortest && length <= longest && !found.has(run.number) && found.size < mostNumbers) found.set(run.number, { said: run.said.join(' ').replace(/[.,;:!?]+$/, ''), number: run.number, confidence: run.confidence });
    run = emptyRun();
  };
  for (const { text, confidence } of pieces) {
    for (const word of text.split(/\s+/).filter((each) => each !== '')) {
      const part = partOf(word, run);
      if (part === null) {
        end();
        continue;
      }
      // Too long already: the rest of it is passed over.
      if (run.number.length > longest + 1 || run.said.length > mostWords) {
        run = { ...run, number: '0'.repeat(longest + 2), repeat: 1 };
        continue;
      }
      run = { said: [...run.said, word], repeat: part.repeat, number: run.number + part.digits, confidence: confidence === null ? run.confidence : Math.min(run.confidence ?? 1, confidence) };
      // A sentence ends a number; a comma or a dash is a pause within it.
      if (/[.;!?]$/.test(word) && part.digits !== '') end();
    }
  }
  end();
  return [...found.values()];
}

/** What a word adds to a number; null when it is no part of one. */
function partOf(word: string, run: Run): { digits: string; repeat: number } | null {
  const bare = word.toLowerCase().replaceAll(/^["'„]+|["'“.,;:!?]+$/g, '');
  if (bare === 'plus' && run.number === '') return { digits: '+', repeat: 1 };
  const repeat = repeats[bare];
  if (repeat !== undefined) return { digits: '', repeat };
  const said = digits[bare];
  if (said !== undefined) return { digits: said.repeat(run.repeat), repeat: 1 };
  if (/^[-–/]$/.test(bare)) return run.number === '' ? null : { digits: '', repeat: 1 };
  return /^\+?[\d()/–-]*\d[\d()/–-]*$/.test(bare) ? writtenPart(bare, run) : null;
}

/** "+49", "(0)30/23125", "417": a group of digits. The zero in brackets is dialled inside the country only. */
function writtenPart(bare: string, run: Run): { digits: string; repeat: number } | null {
  const isStart = bare.startsWith('+');
  if (isStart && run.number !== '') return null;
  const isAbroad = isStart || run.number.startsWith('+');
  return { digits: `${isStart ? '+' : ''}${bare.replaceAll('(0)', isAbroad ? '' : '0').replaceAll(/\D/g, '')}`, repeat: 1 };
}
