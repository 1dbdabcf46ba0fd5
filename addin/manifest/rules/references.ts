import { findAt, where, type Rule } from '../finding.ts';
import type { Manifest, ResourceClass } from '../manifest.ts';
import { attribute, type Element } from '../xml.ts';

/** What names what. The schema cannot see it: a name that leads nowhere takes the whole ribbon with it. */
export const referenceRules: readonly Rule[] = [
  { name: 'resource-named', from: '1', check: resourceNamed },
  { name: 'resource-class', from: '1', check: resourceClass },
  { name: 'resource-once', from: '2', check: resourceOnce },
  { name: 'resource-used', from: '2', check: resourceUsed },
  { name: 'control-once', from: '3', check: controlOnce },
];

type Found = ReturnType<Rule['check']>;

function references({ all }: Manifest): Element[] {
  return all.filter((each) => each.attributes.has('resid'));
}

function resourceNamed(manifest: Manifest): Found {
  const known = new Set(manifest.resources.map((each) => each.id));
  return findAt(references(manifest), (element) => (known.has(attribute(element, 'resid')) ? undefined
    : { where: where(element), problem: `names the resource "${attribute(element, 'resid')}", which does not exist`, remedy: 'Add it to Resources, or correct the resid. Capitals count.' }));
}

/** The class that a reference must find its resource in. */
function classOf({ name }: Element): ResourceClass {
  if (name === 'Image') return 'Images';
  if (name === 'Label' || name === 'Title') return 'ShortStrings';
  return name === 'Description' ? 'LongStrings' : 'Urls';
}

function resourceClass(manifest: Manifest): Found {
  return findAt(references(manifest), (element) => {
    const id = attribute(element, 'resid');
    const kinds = manifest.resources.filter((each) => each.id === id).map((each) => each.kind);
    const wanted = classOf(element);
    if (kinds.length === 0 || kinds.includes(wanted)) return undefined;
    return { where: where(element), problem: `"${id}" is one of the ${kinds.join(' and ')}`, remedy: `Name one of the ${wanted}.` };
  });
}

function resourceOnce({ resources }: Manifest): Found {
  return findAt(resources, ({ id, element }) => (resources.find((each) => each.id === id)?.element === element ? undefined
    : { where: where(element), problem: `a second resource has the id "${id}"`, remedy: 'Give every resource an id of its own, over all four classes.' }));
}

function resourceUsed(manifest: Manifest): Found {
  const used = new Set(references(manifest).map((each) => attribute(each, 'resid')));
  return findAt(manifest.resources, ({ id, element }) => (used.has(id) ? undefined
    : { where: where(element), problem: `nothing uses the resource "${id}"`, remedy: 'Take it out, or name it where it belongs.' }));
}

function controlOnce({ all }: Manifest): Found {
  const named = all.filter((each) => ['Group', 'Control', 'Item'].includes(each.name) && each.attributes.has('id'));
  return findAt(named, (element) => {
    const id = attribute(element, 'id');
    if (named.find((each) => attribute(each, 'id') === id) === element) return undefined;
    return { where: where(element), problem: `"${id}" is the id of something else already`, remedy: 'Give groups, controls and items ids of their own, also across desktop and mobile.' };
  });
}
