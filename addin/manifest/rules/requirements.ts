import { findAt, where, type Rule } from '../finding.ts';
import type { Manifest } from '../manifest.ts';
import { attribute, type Element } from '../xml.ts';

/** Who may see the add-in at all. */
export const requirementRules: readonly Rule[] = [
  { name: 'set-declarable', from: '14', check: setDeclarable },
  { name: 'set-floor', from: '14', check: setFloor },
  { name: 'size', from: '15', check: size },
];

type Found = ReturnType<Rule['check']>;

/** A manifest larger than this is refused. */
const largest = 256 * 1024;

function sets({ all }: Manifest): Element[] {
  return all.filter((each) => each.name === 'Set' && each.attributes.has('Name'));
}

/** Everything but Mailbox is asked at run time: `isSetSupported`. NestedAppAuth and IdentityAPI may not be declared at all (R: manifest/set). */
function setDeclarable(manifest: Manifest): Found {
  return findAt(sets(manifest), (element) => (attribute(element, 'Name') === 'Mailbox' ? undefined
    : { where: where(element), problem: `the set ${attribute(element, 'Name')} may not be declared by an add-in for mail`, remedy: 'Take it out and ask isSetSupported when the add-in runs.' }));
}

/**
 * Exchange on one's own servers and phones have Mailbox 1.5. The base must be lower still, so that older Outlooks take the manifest;
 * a set that is missing there takes the whole ribbon away (reference: R outlook-api-requirement-sets).
 */
function setFloor(manifest: Manifest): Found {
  return findAt(sets(manifest), (element) => {
    const limit = isOverridden(element) ? 5 : 1;
    const asked = attribute(element, 'MinVersion') || (element.parent ? attribute(element.parent, 'DefaultMinVersion') : '') || '1.1';
    const [major = 0, minor = 0] = asked.split('.').map(Number);
    if (major === 1 && minor >= 1 && minor <= limit) return undefined;
    return { where: where(element), problem: `asks for ${attribute(element, 'Name')} ${asked}, and many Outlooks would show no button`, remedy: `Ask for 1.${limit} at most here, and for more when the add-in runs.` };
  });
}

function isOverridden(element: Element): boolean {
  return element.name === 'VersionOverrides' || (element.parent !== null && isOverridden(element.parent));
}

function size({ bytes, root }: Manifest): Found {
  if (bytes <= largest) return [];
  return [{ where: where(root), problem: `the manifest has ${Math.ceil(bytes / 1024)} KB, and may have 256`, remedy: 'Shorten texts or take languages out.' }];
}
