import { findAt, where, type Rule } from '../finding.ts';
import type { Manifest } from '../manifest.ts';
import { attribute, type Element } from '../xml.ts';

/** Every text in every language. */
export const localeRules: readonly Rule[] = [
  { name: 'locale-coverage', from: '17', check: localeCoverage },
  { name: 'locale-once', from: '17', check: localeOnce },
];

type Found = ReturnType<Rule['check']>;

function localesOf(element: Element): string[] {
  return element.children.filter((each) => each.name === 'Override' && each.attributes.has('Locale')).map((each) => attribute(each, 'Locale').toLowerCase());
}

function texts({ root, resources }: Manifest): Element[] {
  const own = root.children.filter((each) => each.name === 'DisplayName' || each.name === 'Description');
  return [...own, ...resources.filter((each) => each.kind === 'ShortStrings' || each.kind === 'LongStrings').map((each) => each.element)];
}

/** Pictures and pages are for all languages; when one has several, they must be languages that the texts have. */
function localeCoverage(manifest: Manifest): Found {
  const all = [...new Set(texts(manifest).flatMap(localesOf))];
  const missing = findAt(texts(manifest), (element) => {
    const lacking = all.filter((locale) => !localesOf(element).includes(locale));
    return lacking.length === 0 ? undefined : { where: where(element), problem: `has no text for ${lacking.join(', ')}`, remedy: 'Add an Override for each language that others have.' };
  });
  const others = manifest.resources.filter((each) => each.kind === 'Images' || each.kind === 'Urls').map((each) => each.element);
  const extra = findAt(others, (element) => {
    const strange = localesOf(element).filter((locale) => !all.includes(locale));
    return strange.length === 0 ? undefined : { where: where(element), problem: `has an address for ${strange.join(', ')}, and no text has`, remedy: 'Add the texts, or take the address out.' };
  });
  return [...missing, ...extra];
}

function localeOnce(manifest: Manifest): Found {
  return findAt(manifest.all, (element) => {
    const twice = localesOf(element).find((locale, index, all) => all.indexOf(locale) !== index);
    return twice === undefined ? undefined : { where: where(element), problem: `has two values for ${twice}`, remedy: 'Leave one.' };
  });
}
