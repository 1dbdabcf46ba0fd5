import { findAt, where, type Rule } from '../finding.ts';
import { valuesOf, type Manifest } from '../manifest.ts';
import { attribute, child, type Element } from '../xml.ts';

/** What Microsoft's schema says about single values. */
export const valueRules: readonly Rule[] = [
  { name: 'id-guid', from: 'XSD', check: idGuid },
  { name: 'version', from: 'XSD', check: version },
  { name: 'locale-name', from: 'XSD', check: localeName },
  { name: 'permission', from: 'XSD', check: permission },
  { name: 'send-mode', from: 'XSD', check: sendMode },
  { name: 'form-height', from: 'XSD', check: formHeight },
  { name: 'form-count', from: 'XSD', check: formCount },
  { name: 'yes-or-no', from: 'XSD', check: yesOrNo },
];

type Found = ReturnType<Rule['check']>;

export const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** One to four numbers of at most five digits. */
export const versionPattern = /^\d{1,5}(?:\.\d{1,5}){0,3}$/;

/** Language, then perhaps script and region: `de-DE`, `zh-Hans-CN`. */
const culture = /^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,3}$/i;

export const permissions = ['Restricted', 'ReadItem', 'ReadWriteItem', 'ReadWriteMailbox'];
export const sendModes = ['PromptUser', 'SoftBlock', 'Block'];

function idGuid({ root }: Manifest): Found {
  const places = [child(root, 'Id'), child(root, 'AlternateId')].filter((each) => each !== null);
  return findAt(places, (element) => (guid.test(element.text) ? undefined
    : { where: where(element), problem: `"${element.text}" is no GUID`, remedy: 'Give it 32 hexadecimal digits in the form 8-4-4-4-12, without braces.' }));
}

function version({ root }: Manifest): Found {
  const element = child(root, 'Version');
  if (!element || versionPattern.test(element.text)) return [];
  return [{ where: where(element), problem: `"${element.text}" is no version`, remedy: 'Give it one to four numbers of at most five digits: 1.2.0.0.' }];
}

function localeName({ root, all }: Manifest): Found {
  const named = all.flatMap((element): [Element, string][] => {
    if (element.parent === root && element.name === 'DefaultLocale') return [[element, element.text]];
    return element.attributes.has('Locale') ? [[element, attribute(element, 'Locale')]] : [];
  });
  return findAt(named, ([element, name]) => (culture.test(name) ? undefined
    : { where: where(element), problem: `"${name}" names no language`, remedy: 'Name language and region as in de-DE.' }));
}

function permission({ root }: Manifest): Found {
  const element = child(root, 'Permissions');
  if (!element || permissions.includes(element.text)) return [];
  return [{ where: where(element), problem: `"${element.text}" is no permission`, remedy: `Name one of ${permissions.join(', ')}.` }];
}

function sendMode({ all }: Manifest): Found {
  return findAt(all.filter((each) => each.attributes.has('SendMode')), (element) => (sendModes.includes(attribute(element, 'SendMode')) ? undefined
    : { where: where(element), problem: `SendMode "${attribute(element, 'SendMode')}" does not exist`, remedy: `Name one of ${sendModes.join(', ')}.` }));
}

function formHeight({ all }: Manifest): Found {
  return findAt(all.filter((each) => each.name === 'RequestedHeight'), (element) => {
    const isGood = /^\d+$/.test(element.text) && Number(element.text) >= 32 && Number(element.text) <= 450;
    return isGood ? undefined : { where: where(element), problem: `the height "${element.text}" is not between 32 and 450`, remedy: 'Write a whole number of pixels from 32 to 450.' };
  });
}

function formCount({ root }: Manifest): Found {
  const forms = (child(root, 'FormSettings')?.children ?? []).filter((each) => each.name === 'Form');
  return findAt(forms, (form) => (forms.find((each) => each.type === form.type) === form ? undefined
    : { where: where(form), problem: `a second form ${form.type}`, remedy: 'Leave one form for reading and at most one for editing.' }));
}

const switches = new Set(['SupportsSharedFolders', 'SupportsPinning', 'SupportsNoItemContext', 'SupportsMultiSelect', 'DisableEntityHighlighting']);

function yesOrNo({ all }: Manifest): Found {
  return findAt(all.filter((each) => switches.has(each.name)), (element) => (['true', 'false'].includes(element.text) ? undefined
    : { where: where(element), problem: `"${element.text}" is neither true nor false`, remedy: 'Write true or false.' }));
}

/** Every element whose value is an address, with its values. */
export function addressed({ all, resources }: Manifest): { element: Element; values: readonly string[] }[] {
  const base = all.filter((each) => ['IconUrl', 'HighResolutionIconUrl', 'SupportUrl', 'SourceLocation'].includes(each.name) && each.attributes.has('DefaultValue'));
  const named = resources.filter((each) => each.kind === 'Images' || each.kind === 'Urls').map((each) => each.element);
  return [...base, ...named].map((element) => ({ element, values: valuesOf(element) }));
}
