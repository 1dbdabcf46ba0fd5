import { z } from 'zod';
import { TheirError } from '../../domain/errors.ts';
import type { Transcript, TranscriptPiece } from '../../ports/transcriber.ts';

/** Letters of a transcript, all together: an hour of the fastest speech is half of it. More is no speech, and every look at it would cost. Ours. */
const longestText = 200_000;

/** What engines answer to `response_format=verbose_json`. Those that know no more answer `{ "text": … }`; words with a probability are an addition of faster-whisper's servers. */
const answer = z.object({
  text: z.string().optional(),
  language: z.string().max(40).nullish(),
  duration: z.coerce.number().nullish(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string(), avg_logprob: z.number().nullish(), no_speech_prob: z.number().nullish() })).max(50_000).nullish(),
  words: z.array(z.object({ word: z.string(), start: z.number(), end: z.number(), probability: z.number().nullish() })).max(200_000).nullish(),
});

/** Whisper's own rule for silence: what it then "hears" is invented (openai/whisper, transcribe.py: no_speech_threshold 0.6, logprob_threshold -1). */
const silence = { noSpeech: 0.6, logProbability: -1 } as const;

/** Throws TheirError 'unreadable'. */
export function readAnswer(connector: string, text: string): Transcript {
  const read = answer.safeParse(parse(connector, text));
  if (!read.success || (read.data.text === undefined && !read.data.segments)) throw new TheirError(connector, 'unreadable', 'answered something that is no transcript');
  const { language, duration, segments, words } = read.data;
  const pieces = segments ? ofSegments(segments, words ?? []) : ofText(read.data.text ?? '', duration ?? 0);
  if (pieces.reduce((sum, each) => sum + each.text.length, 0) > longestText) throw new TheirError(connector, 'refused', 'answered more than anybody can say in an hour');
  return { language: languageOf(language), pieces };
}

function parse(connector: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TheirError(connector, 'unreadable', 'answered something that is no JSON', { cause });
  }
}

function ofSegments(segments: NonNullable<z.output<typeof answer>['segments']>, words: NonNullable<z.output<typeof answer>['words']>): TranscriptPiece[] {
  // Each word belongs to one segment, however an engine's segments overlap.
  const inOrder = words.toSorted((one, other) => one.start - other.start);
  let next = 0;
  return segments
    .filter(({ avg_logprob: sure, no_speech_prob: still }) => !((still ?? 0) > silence.noSpeech && (sure ?? 0) < silence.logProbability))
    .flatMap((segment) => {
      while ((inOrder[next]?.start ?? Infinity) < segment.start) next += 1;
      const from = next;
      while ((inOrder[next]?.start ?? Infinity) < segment.end) next += 1;
      const own = inOrder.slice(from, next);
      const isTold = own.length > 0 && own.every(({ probability }) => probability !== null && probability !== undefined);
      if (isTold) return own.map(({ word, start, end, probability }) => piece(word, start, end, probability ?? null));
      // The mean of the logarithms of the tokens' probabilities.
      return [piece(segment.text, segment.start, segment.end, segment.avg_logprob === null || segment.avg_logprob === undefined ? null : Math.exp(segment.avg_logprob))];
    })
    .filter(({ text }) => text !== '');
}

function ofText(text: string, duration: number): TranscriptPiece[] {
  return [piece(text, 0, duration, null)].filter((each) => each.text !== '');
}

function piece(text: string, start: number, end: number, confidence: number | null): TranscriptPiece {
  return { text: text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim(), startSeconds: Math.max(0, start), endSeconds: Math.max(0, start, end), confidence: confidence === null ? null : Math.min(1, Math.max(0, confidence)) };
}

/** Some servers tell the code, some the English name. */
const names: Readonly<Record<string, string>> = { english: 'en', german: 'de', french: 'fr', spanish: 'es', italian: 'it', dutch: 'nl', polish: 'pl', portuguese: 'pt', czech: 'cs', turkish: 'tr', russian: 'ru', ukrainian: 'uk' };

function languageOf(told: string | null | undefined): string | null {
  const text = (told ?? '').trim().toLowerCase();
  return /^[a-z]{2}$/.test(text) ? text : (names[text] ?? null);
}
