import type { Facts, Finding, Rule } from './finding.ts';
import { readManifest } from './manifest.ts';
import { addressRules } from './rules/addresses.ts';
import { eventRules } from './rules/events.ts';
import { functionRules } from './rules/functions.ts';
import { iconRules } from './rules/icons.ts';
import { identityRules } from './rules/identity.ts';
import { lengthRules } from './rules/lengths.ts';
import { localeRules } from './rules/locales.ts';
import { referenceRules } from './rules/references.ts';
import { requirementRules } from './rules/requirements.ts';
import { ribbonRules } from './rules/ribbon.ts';
import { runtimeRules } from './rules/runtime.ts';
import { servedRules } from './rules/served.ts';
import { structureRules } from './rules/structure.ts';
import { valueRules } from './rules/values.ts';

export const rules: readonly Rule[] = [
  ...structureRules, ...valueRules, ...lengthRules, ...referenceRules, ...addressRules, ...iconRules, ...runtimeRules, ...eventRules, ...ribbonRules,
  ...functionRules, ...requirementRules, ...identityRules, ...localeRules, ...servedRules,
];

/** What a text is called that is no XML at all; the other rules need a document. */
export const unreadable = 'well-formed';

/** Runs every rule over a manifest. Offline: what the rules know of the world stands in `facts`. Empty when all is well. */
export function checkManifest(text: string, facts: Facts): Finding[] {
  const manifest = readManifest(text);
  if ('problem' in manifest) {
    return [{ rule: unreadable, where: `line ${manifest.line}`, problem: `is no XML: ${manifest.problem}`, remedy: 'Correct the XML there; a text editor that knows XML shows the place.' }];
  }
  return rules.flatMap(({ name, check }) => check(manifest, facts).map((found) => ({ rule: name, ...found })));
}
