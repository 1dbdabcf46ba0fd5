import { findAt, where, type Rule } from '../finding.ts';
import { readEntry, shapeOf } from '../grammar.ts';
import type { Manifest } from '../manifest.ts';
import { child, type Element } from '../xml.ts';

/** What Microsoft's schema says about elements and attributes as such; the table is grammar.ts. */
export const structureRules: readonly Rule[] = [
  { name: 'element-known', from: 'XSD', check: elementKnown },
  { name: 'element-order', from: 'XSD', check: elementOrder },
  { name: 'element-missing', from: 'XSD', check: elementMissing },
  { name: 'element-repeated', from: 'XSD', check: elementRepeated },
  { name: 'attribute-missing', from: 'XSD', check: attributeMissing },
  { name: 'attribute-known', from: 'XSD', check: attributeKnown },
  { name: 'namespace', from: 'XSD', check: namespace },
];

type Found = ReturnType<Rule['check']>;

/** Children that a parent may have, in their order. */
function entriesOf(element: Element): ReturnType<typeof readEntry>[] {
  return (shapeOf(element)?.children ?? []).map(readEntry);
}

function elementKnown({ root, all }: Manifest): Found {
  if (root.name !== 'OfficeApp') return [{ where: where(root), problem: `<${root.name}> is no manifest`, remedy: 'Give the manifest of an Office add-in, which begins with <OfficeApp>.' }];
  const unknown = findAt(all, (element) => {
    if (shapeOf(element)) return undefined;
    const what = element.type === '' ? `<${element.name}>` : `<${element.name} xsi:type="${element.type}">`;
    return { where: where(element), problem: `${what} is nothing that an add-in for mail has here`, remedy: 'Correct its name, its xsi:type, or the element that it stands in.' };
  });
  const strangers = findAt(all, (element) => {
    const known = element.parent && shapeOf(element.parent);
    if (!known || !shapeOf(element) || known.children.some((entry) => readEntry(entry).name === element.name)) return undefined;
    return { where: where(element), problem: `<${element.name}> may not stand in <${element.parent?.name ?? ''}>`, remedy: `Take it out; in there may stand ${listOf(known.children)}.` };
  });
  return [...unknown, ...strangers];
}

function listOf(entries: readonly string[]): string {
  return entries.length === 0 ? 'nothing' : entries.map((entry) => readEntry(entry).name).join(', ');
}

function elementOrder({ all }: Manifest): Found {
  return all.flatMap((parent) => {
    const order = entriesOf(parent).map((entry) => entry.name);
    const known = parent.children.filter((each) => order.includes(each.name));
    return known.slice(1).flatMap((element, index) => {
      const before = known[index];
      if (!before || order.indexOf(before.name) <= order.indexOf(element.name)) return [];
      return [{ where: where(element), problem: `<${element.name}> stands behind <${before.name}>`, remedy: `Put it before: the order in <${parent.name}> is ${order.join(', ')}.` }];
    });
  });
}

function elementMissing({ all }: Manifest): Found {
  return all.flatMap((parent) => entriesOf(parent)
    .filter(({ name, atLeast }) => atLeast > 0 && child(parent, name) === null)
    .map(({ name }) => ({ where: where(parent), problem: `has no <${name}>`, remedy: `Add <${name}> to <${parent.name}>.` })));
}

function elementRepeated({ all }: Manifest): Found {
  return all.flatMap((parent) => entriesOf(parent)
    .filter(({ name, atMost }) => parent.children.filter((each) => each.name === name).length > atMost)
    .map(({ name }) => ({ where: where(parent), problem: `has <${name}> more than once`, remedy: `Leave one <${name}>.` })));
}

function attributeMissing({ all }: Manifest): Found {
  return all.flatMap((element) => (shapeOf(element)?.attributes ?? [])
    .map(readEntry)
    .filter(({ name, atLeast }) => atLeast > 0 && !element.attributes.has(name))
    .map(({ name }) => ({ where: where(element), problem: `has no attribute ${name}`, remedy: `Add ${name}="…".` })));
}

function attributeKnown({ all }: Manifest): Found {
  return all.flatMap((element) => {
    const known = (shapeOf(element)?.attributes ?? []).map((entry) => readEntry(entry).name);
    const strange = shapeOf(element) ? [...element.attributes.keys()].filter((name) => !known.includes(name)) : [];
    return strange.map((name) => ({ where: where(element), problem: `has an attribute ${name} that Outlook does not know here`, remedy: 'Take the attribute out, or correct its name.' }));
  });
}

const application = 'http://schemas.microsoft.com/office/appforoffice/1.1';
const overrides = { VersionOverridesV1_0: 'http://schemas.microsoft.com/office/mailappversionoverrides', VersionOverridesV1_1: 'http://schemas.microsoft.com/office/mailappversionoverrides/1.1' };
const basicTypes = 'http://schemas.microsoft.com/office/officeappbasictypes/1.0';
/** In the overrides these come from the shared types: prefix `bt:`. */
const basic = new Set(['Sets', 'Set', 'Images', 'Image', 'Urls', 'Url', 'ShortStrings', 'LongStrings', 'String']);

function namespace({ root, all }: Manifest): Found {
  if (root.name !== 'OfficeApp') return [];
  return findAt(all, (element) => {
    const wanted = spaceOf(element);
    if (element.space === wanted) return undefined;
    return { where: where(element), problem: `stands in the namespace "${element.space}"`, remedy: `Put it in ${wanted}${wanted === basicTypes ? ' (prefix bt:)' : ''}.` };
  });
}

/** The namespace that an element belongs to. */
function spaceOf(element: Element): string {
  let outer: Element | null = element;
  while (outer && outer.name !== 'VersionOverrides') outer = outer.parent;
  if (!outer) return application;
  if (basic.has(element.name) || (element.name === 'Override' && element.parent?.name !== 'Runtime')) return basicTypes;
  return Object.entries(overrides).find(([type]) => type === outer.type)?.[1] ?? outer.space;
}
