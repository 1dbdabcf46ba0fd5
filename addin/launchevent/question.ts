import type { Finding, LintRule } from '../../invitation/lint/index.ts';
import type { ForeignService } from '../../invitation/foreign.ts';
import { lintWords } from '../../words/lint.ts';
import type { LintWords } from '../../words/lint.ts';
import { foreignName } from '../../invitation/foreign-name.ts';
import type { Verdict } from '../office/events.ts';

/** The manifest's control that opens the pane on this meeting, where the same findings stand with the buttons that mend them. */
export const PANE_CONTROL = 'tieline.organizer.pane';

/** Outlook cuts a longer message (reference/office-addin.md section 2.3). */
const LONGEST = 500;

/** Asked about at every send, because nobody wants them; about the others a person is asked once for each invite, and may be right. */
const ALWAYS: readonly LintRule[] = ['host-code', 'two-blocks'];

/** Those that the person has not decided about yet. */
export function unanswered(findings: readonly Finding[], told: readonly string[] | undefined): Finding[] {
  if (told === undefined) return findings.slice();
  return findings.filter(function isNew(finding) {
    return ALWAYS.indexOf(finding.rule) >= 0 || told.indexOf(finding.rule) < 0;
  });
}

function aboutOf(finding: Finding): string {
  if (finding.rule !== 'foreign-block') return finding.about.join(', ');
  return finding.about
    .map(function name(service) {
      return foreignName(service as ForeignService);
    })
    .join(', ');
}

function sentence(finding: Finding, words: LintWords): string {
  const about = aboutOf(finding);
  const said = words[finding.rule];
  return `${said.lead(about)} ${said.text(about)}`;
}

/** Outlook's question before it sends: the gravest thing first, no more than fit whole. */
export function questionOf(findings: readonly Finding[], language: string): Verdict {
  const words = lintWords(language);
  let message = '';
  for (const finding of findings) {
    const more = `${message} ${sentence(finding, words)}`.trim();
    if (message !== '' && more.length > LONGEST) break;
    message = more.slice(0, LONGEST);
  }
  return { allowEvent: false, errorMessage: message, cancelLabel: words.mend, commandId: PANE_CONTROL };
}
