import { findAt, where, type Rule } from '../finding.ts';
import { valuesOf, type Manifest } from '../manifest.ts';
import { attribute, lengthOf, type Element } from '../xml.ts';
import { addressed } from './values.ts';

/** How long texts, names and addresses may be, in characters, after the schema. Nothing may be empty. */
export const lengthRules: readonly Rule[] = [
  { name: 'short-text', from: 'XSD', check: (manifest) => tooLong(shortTexts(manifest), 125) },
  { name: 'long-text', from: 'XSD', check: (manifest) => tooLong(longTexts(manifest), 250) },
  { name: 'id-length', from: 'XSD', check: (manifest) => tooLong(ids(manifest), 125) },
  { name: 'resource-id-length', from: 'XSD', check: (manifest) => tooLong(resourceIds(manifest), 32) },
  { name: 'address-length', from: 'XSD', check: (manifest) => tooLong(addresses(manifest), 2048) },
];

interface Text {
  element: Element;
  text: string;
}

function tooLong(texts: readonly Text[], limit: number): ReturnType<Rule['check']> {
  return findAt(texts, ({ element, text }) => {
    const length = lengthOf(text);
    if (length >= 1 && length <= limit) return undefined;
    const problem = length === 0 ? 'is empty' : `has ${length} characters, and may have ${limit}`;
    return { where: where(element), problem, remedy: length === 0 ? 'Write something.' : `Shorten it to ${limit}.` };
  });
}

function perValue(elements: readonly Element[]): Text[] {
  return elements.flatMap((element) => valuesOf(element).map((text) => ({ element, text })));
}

function perAttribute(elements: readonly Element[], name: string): Text[] {
  return elements.filter((each) => each.attributes.has(name)).map((element) => ({ element, text: attribute(element, name) }));
}

function perContent(elements: readonly Element[]): Text[] {
  return elements.map((element) => ({ element, text: element.text }));
}

function shortTexts({ root, all, resources }: Manifest): Text[] {
  return [
    ...perContent(root.children.filter((each) => each.name === 'ProviderName')),
    ...perValue(root.children.filter((each) => each.name === 'DisplayName')),
    ...perValue(resources.filter((each) => each.kind === 'ShortStrings').map((each) => each.element)),
    ...perAttribute(all.filter((each) => each.name === 'Set' || each.name === 'Host'), 'Name'),
  ];
}

function longTexts({ root, all, resources }: Manifest): Text[] {
  return [
    ...perValue(root.children.filter((each) => each.name === 'Description')),
    ...perValue(resources.filter((each) => each.kind === 'LongStrings').map((each) => each.element)),
    ...perContent(all.filter((each) => each.name === 'FunctionName' || each.name === 'AppDomain')),
    ...perAttribute(all.filter((each) => each.name === 'LaunchEvent'), 'FunctionName'),
  ];
}

function ids({ all }: Manifest): Text[] {
  return perAttribute(all.filter((each) => ['OfficeTab', 'Group', 'Control', 'Item'].includes(each.name)), 'id');
}

function resourceIds({ all, resources }: Manifest): Text[] {
  return [...perAttribute(all, 'resid'), ...perAttribute(resources.map((each) => each.element), 'id')];
}

function addresses(manifest: Manifest): Text[] {
  return addressed(manifest).flatMap(({ element, values }) => values.map((text) => ({ element, text })));
}
