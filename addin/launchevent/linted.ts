import { countBlocks, lintInvite } from '../../invitation/lint/index.ts';
import type { Finding, LintedConference } from '../../invitation/lint/index.ts';
import { readBody } from '../office/body.ts';
import { readSurroundings } from '../office/lint-facts.ts';

/** An answer of the server, as far as it has what is expected; anything may come over a wire. */
interface CommitAnswer {
  conference?: { accessCode?: unknown; lobby?: unknown; dialIn?: unknown };
  hostCode?: { length?: unknown; mark?: unknown };
}

function countriesIn(dialIn: unknown): string[] {
  const countries: string[] = [];
  if (!Array.isArray(dialIn)) return countries;
  for (const each of dialIn) {
    const found: { country?: unknown } = Object(each);
    if (typeof found.country === 'string') countries.push(found.country);
  }
  return countries;
}

/** What the server's answer says for the rules; undefined when there is none, or an older server says too little. */
export function lintedIn(answer: unknown): LintedConference | undefined {
  const { conference, hostCode }: CommitAnswer = Object(answer);
  if (conference === undefined || hostCode === undefined || conference === null || hostCode === null) return undefined;
  const { length, mark } = hostCode;
  if (typeof conference.lobby !== 'boolean' || typeof conference.accessCode !== 'string' || typeof length !== 'number' || typeof mark !== 'number') return undefined;
  return { lobby: conference.lobby, accessCode: conference.accessCode, dialIn: countriesIn(conference.dialIn), hostCode: { length, mark } };
}

/** What is wrong with the invite that is being sent, as far as Outlook and the server's answer tell. */
export function findingsOf(answer: unknown): Promise<Finding[]> {
  return Promise.all([readBody('html'), readSurroundings()]).then(function judge(read) {
    const body = read[0];
    const { location, guests, rooms, series } = read[1];
    return lintInvite({ body, blocks: countBlocks(body), location, guests, rooms, series, conference: lintedIn(answer) });
  });
}
