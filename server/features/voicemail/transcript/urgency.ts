import type { TranscriptPiece } from '../../../ports/transcriber.ts';

/** Words by which a caller says that it is urgent. */
export interface SaidUrgent {
  said: string;
  /** Of its least sure piece. */
  confidence: number | null;
}

/** What people say, in English and German. "At once" and "sofort" are left out: most who say them speak of something else. Ours. */
const phrases: readonly (readonly RegExp[])[] = [
  [/^urgent(ly)?$/], [/^emergency$/], [/^asap$/], [/^as$/, /^soon$/, /^as$/, /^possible$/], [/^time$/, /^critical$/],
  [/^dringend(e[mnrs]?|st)?$/], [/^eilt$/], [/^eilig(e[mnrs]?)?$/], [/^notfall$/], [/^so$/, /^(schnell|bald)$/, /^wie$/, /^möglich$/], [/^(schnellst|baldest)möglich$/], [/^umgehend$/],
];
const negations = /^(not|no|nothing|never|neither|isn't|isn’t|nicht|nichts|kein|keine|keinen|keineswegs)$/;
/** "It is not really that urgent": so many words may stand between. Ours. */
const reach = 3;

/** The first words that make a message sound urgent; null when none do, or all are denied. A hint from what an engine understood, which changes nothing but what is shown. Pure. */
export function urgencyIn(pieces: readonly TranscriptPiece[]): SaidUrgent | null {
  const words = pieces.flatMap(({ text, confidence }) => text.split(/\s+/).filter((each) => each !== '').map((word) => ({ word, bare: word.toLowerCase().replaceAll(/^["'„(]+|["'“.,;:!?)]+$/g, ''), confidence })));
  for (let at = 0; at < words.length; at += 1) {
    const phrase = phrases.find((parts) => parts.every((part, index) => part.test(words[at + index]?.bare ?? '')));
    if (!phrase || words.slice(Math.max(0, at - reach), at).some(({ bare }) => negations.test(bare))) continue;
    const said = words.slice(at, at + phrase.length);
    const sure = said.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
    return { said: said.map(({ word }) => word).join(' ').replace(/[.,;:!?]+$/, ''), confidence: sure.length === 0 ? null : Math.min(...sure) };
  }
  return null;
}
