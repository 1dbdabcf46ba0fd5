import { readBlocks } from './blocks.ts';
import { labelsOf, says } from './labels.ts';
import type { BlockTexts, BodyFormat } from './types.ts';

/** What a block tells its reader; for people who cannot ask our server, such as guests of another organisation. */
export interface ReadDetails {
  id: string;
  /** The address as it stands in the clear; undefined when a client rewrote every copy of it. */
  joinUrl: string | undefined;
  /** Digits without spaces. */
  accessCode: string | undefined;
  passcode: string | undefined;
  numbers: readonly { country: string; display: string }[];
}

const LABELLED = /^([^:]{1,60}): ?(.+)$/;
const NUMBER = /^\+\d[\d ()/.-]{5,25}/;

function joinUrlIn(text: string, id: string): string | undefined {
  const found = new RegExp(`https?://[a-z0-9.:-]+/(?:[a-z0-9-]+/)*j/${id}(?![a-z0-9])`, 'i').exec(text);
  if (found === null) return undefined;
  return found[0];
}

/**
 * Reads the first block of ours in a body.
 *
 * @param texts the block's words in every language.
 */
export function readDetails(body: string, format: BodyFormat, texts: readonly BlockTexts[], joinBase?: string): ReadDetails | undefined {
  const labels = labelsOf(texts);
  const frame = readBlocks(body, format, joinBase, { lines: [], labels }).frames[0];
  if (frame === undefined) return undefined;
  const accessLabels = texts.map((text) => text.accessCode);
  const details: ReadDetails = { id: frame.id, joinUrl: joinUrlIn(body, frame.id), accessCode: undefined, passcode: undefined, numbers: [] };
  const numbers: { country: string; display: string }[] = [];
  for (const line of frame.lines) {
    const parts = LABELLED.exec(line.text);
    if (parts === null) continue;
    const label = String(parts[1]);
    const value = String(parts[2]);
    const number = NUMBER.exec(value);
    if (number !== null && !says(labels.heading, label)) numbers.push({ country: label, display: number[0].trim() });
    if (!says(labels.code, label) || !/\d/.test(value)) continue;
    const digits = value.replace(/\D/g, '');
    if (says(accessLabels, label)) {
      if (details.accessCode === undefined) details.accessCode = digits;
    } else if (details.passcode === undefined) details.passcode = digits;
  }
  return { ...details, numbers };
}
