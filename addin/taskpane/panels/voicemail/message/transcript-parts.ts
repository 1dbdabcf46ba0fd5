import { unsureBelow } from '../../../../../contract/unsure.ts';
import type { TranscriptView } from '../../../../../contract/voicemail/transcript.ts';

/** What was said, cut into what is shown alike: sure or not, a number or not. Pure; the text is a stranger's. */
export interface TranscriptPart {
  text: string;
  isUnsure: boolean;
  /** As a phone dials it, where this is one. */
  number: string | undefined;
}

interface Word extends TranscriptPart {
  confidence: number | null;
}

const spaces = /\s+/;

/** Where these words stand one after the other; -1 when they do not. Punctuation after the last one is no part of a number. */
function placeOf(said: readonly string[], words: readonly Word[]): number {
  return words.findIndex((_word, from) => said.every((each, at) => {
    const text = words[from + at]?.text ?? '';
    return text === each || (at === said.length - 1 && text.replace(/[.,;:!?]+$/, '') === each);
  }));
}

export function partsOf({ pieces, numbers }: Pick<TranscriptView, 'pieces' | 'numbers'>): TranscriptPart[] {
  const words = pieces.flatMap(({ text, confidence }): Word[] => text.split(spaces).filter(Boolean).map((word) => ({ text: word, confidence, isUnsure: confidence !== null && confidence < unsureBelow, number: undefined })));
  for (const { said, number, confidence } of numbers) {
    const spoken = said.split(spaces);
    const from = placeOf(spoken, words);
    if (from < 0) continue;
    for (const word of words.slice(from, from + spoken.length)) Object.assign(word, { number, isUnsure: confidence !== null && confidence < unsureBelow });
  }
  const parts: TranscriptPart[] = [];
  for (const { text, isUnsure, number } of words) {
    const last = parts.at(-1);
    if (last?.isUnsure === isUnsure && last.number === number) last.text += ` ${text}`;
    else parts.push({ text, isUnsure, number });
  }
  return parts;
}

/** How sure the engine is of the whole, percent; undefined where it does not say. Long pieces count more. */
export function surenessOf(pieces: TranscriptView['pieces']): number | undefined {
  let [sum, length] = [0, 0];
  for (const { text, confidence } of pieces) {
    if (confidence === null) continue;
    sum += confidence * text.length;
    length += text.length;
  }
  return length === 0 ? undefined : Math.round((100 * sum) / length);
}
