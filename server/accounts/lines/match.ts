import type { LineRef, LineSource } from '../../domain/line.ts';

/** A line as its phone system tells it, before anybody says whose it is. */
export interface FoundLine extends LineRef {
  name: string;
  devices: readonly string[];
  voicemailBox: string | null;
  /** Mail address in the settings of the voicemail box, lower case; '' for none. */
  boxAddress: string;
}

/** Who could be the owner, by what is known of people. Each answers with person ids. */
export interface Clues {
  /** People whose number in the directory is this line's, E.164. */
  byNumber(number: string): readonly string[];
  /** By any of their addresses, lower case. */
  byAddress(address: string): readonly string[];
}

/** How an administrator says that lines follow a rule; null where there is none. `{extension}` stands for the extension. */
export interface Templates {
  /** Number of a line from outside, E.164: "+493023125{extension}". */
  number: string | null;
  /** Address of its owner: "{extension}@phones.example.com". */
  address: string | null;
}

export type Match =
  | { owner: string; source: LineSource }
  | { owner: null; reason: 'nobody' }
  /** Two people fit: a question for an administrator, never a guess. */
  | { owner: null; reason: 'several'; source: LineSource; candidates: readonly string[] };

/**
 * Whose line it is, by the most trusted clue that names anybody (design §5, Identity): what an administrator said stands before this is asked; then the
 * directory's phone number, the voicemail box's address, a rule.
 */
export function matchLine(line: FoundLine, clues: Clues, templates: Templates): Match {
  const filled = (template: string | null): string | null => (template === null ? null : template.replaceAll('{extension}', line.extension));
  const number = filled(templates.number);
  const address = filled(templates.address)?.toLowerCase() ?? '';
  const asked: [LineSource, readonly string[]][] = [
    ['directory', number === null ? [] : clues.byNumber(number)],
    ['voicemail', line.boxAddress === '' ? [] : clues.byAddress(line.boxAddress)],
    ['template', address === '' ? [] : clues.byAddress(address)],
  ];
  for (const [source, found] of asked) {
    const candidates = [...new Set(found)];
    const [only] = candidates;
    if (only !== undefined) return candidates.length === 1 ? { owner: only, source } : { owner: null, reason: 'several', source, candidates };
  }
  return { owner: null, reason: 'nobody' };
}
