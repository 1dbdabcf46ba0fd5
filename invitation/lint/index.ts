import { rules } from './rules.ts';
import { LINT_RULES } from './types.ts';
import type { Finding, LintFacts } from './types.ts';

export { countryOf } from './country.ts';
export { markOf } from './mark.ts';
export { countBlocks } from './own-text.ts';
export { LINT_RULES } from './types.ts';
export type { CodeMark, Finding, Guest, LintFacts, LintRule, LintedConference, SeriesClock } from './types.ts';

/** What is wrong with an invite that carries our conference, the most serious first (M15). Linear in the length of the text. */
export function lintInvite(facts: LintFacts): Finding[] {
  const findings: Finding[] = [];
  for (const rule of LINT_RULES) {
    const about = rules[rule](facts);
    if (about !== undefined) findings.push({ rule, about });
  }
  return findings;
}
