import type { WavHead } from './wav-head.ts';

/** A stretch of a recording that is fetched and played as a file of its own. Seconds from the beginning; bytes of the samples. */
export interface Part {
  index: number;
  from: number;
  /** Before this byte. */
  to: number;
  startsAt: number;
  endsAt: number;
}

/** The first part is short, so that sound comes soon; half a megabyte of the usual 16-bit telephone sound is 33 s, and what a slow line brings in a second or two. */
const FIRST_SECONDS = 8;
const LATER_SECONDS = 32;

/** Cuts a recording into parts. */
export function partsOf({ dataBytes, bytesPerSecond, blockAlign }: Pick<WavHead, 'dataBytes' | 'bytesPerSecond' | 'blockAlign'>): Part[] {
  const aligned = (seconds: number): number => Math.max(blockAlign, Math.floor((seconds * bytesPerSecond) / blockAlign) * blockAlign);
  const parts: Part[] = [];
  for (let from = 0; from < dataBytes; ) {
    const to = Math.min(dataBytes, from + aligned(parts.length === 0 ? FIRST_SECONDS : LATER_SECONDS));
    parts.push({ index: parts.length, from, to, startsAt: from / bytesPerSecond, endsAt: to / bytesPerSecond });
    from = to;
  }
  return parts;
}

/** The part in which this second lies; the last one for anything after the end. */
export function partAt(parts: readonly Part[], seconds: number): Part | undefined {
  return parts.find(({ endsAt }) => seconds < endsAt) ?? parts.at(-1);
}
