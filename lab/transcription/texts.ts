import { createHash } from 'node:crypto';

/** What an engine understood; times in seconds. */
export interface Heard {
  /** As this server tells it: a name, as OpenAI does. */
  language: string;
  segments: { text: string; start: number; end: number; logProbability: number; noSpeech: number }[];
}

const texts: readonly { language: string; lines: readonly (readonly [text: string, logProbability: number])[] }[] = [
  { language: 'english', lines: [['Hello, this is Dee Dove from Contoso.', -0.12], ['Your pallet is at gate seven.', -0.9], ['Please call me back at +49 30 23125 417 before noon.', -0.2]] },
  { language: 'german', lines: [['Guten Tag, hier ist die Praxis am Markt.', -0.15], ['Ihr Termin wird auf Donnerstag verlegt.', -0.25], ['Sie erreichen uns unter null drei null zwei drei eins zwei fünf vier null null.', -0.35]] },
  { language: 'english', lines: [['Hi, only me.', -0.1], ['Nothing urgent, talk to you tomorrow.', -0.4]] },
];

/** The same for the same recording. */
export function draw(bytes: Buffer): Heard {
  const chosen = texts[(createHash('sha256').update(bytes).digest()[0] ?? 0) % texts.length];
  const lines = chosen?.lines ?? [];
  return { language: chosen?.language ?? 'english', segments: lines.map(([text, logProbability], at) => ({ text, start: at * 4, end: at * 4 + 3.5, logProbability, noSpeech: 0.02 })) };
}
