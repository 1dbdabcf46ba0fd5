import { findAt, where, type Facts, type Rule } from '../finding.ts';
import { originOf, resolve, type Manifest } from '../manifest.ts';
import { attribute, type Element } from '../xml.ts';

/** Whether what the manifest names is in the add-in. */
export const functionRules: readonly Rule[] = [
  { name: 'function-there', from: '11', check: functionThere },
  { name: 'handler-there', from: '11', check: handlerThere },
  { name: 'page-there', from: '11', check: pageThere },
  { name: 'append-on-send', from: '13', check: appendOnSend },
];

type Found = ReturnType<Rule['check']>;

function functionThere({ all }: Manifest, { functions }: Facts): Found {
  return findAt(all.filter((each) => each.name === 'FunctionName'), (element) => (functions.commands.includes(element.text) ? undefined
    : { where: where(element), problem: `addin/commands associates no function "${element.text}"`, remedy: 'Call associate with that name, or correct the name. Capitals count.' }));
}

function handlerThere({ all }: Manifest, { functions }: Facts): Found {
  const launches = all.filter((each) => each.name === 'LaunchEvent' && each.attributes.has('FunctionName'));
  return findAt(launches, (element) => (functions.events.includes(attribute(element, 'FunctionName')) ? undefined
    : { where: where(element), problem: `addin/launchevent associates no function "${attribute(element, 'FunctionName')}"`, remedy: 'Call associate with that name, or correct the name. Capitals count.' }));
}

/** Panes, function files, the runtime's page and script, and the page of the legacy form. */
function pageThere(manifest: Manifest, { files }: Facts): Found {
  const legacy = manifest.all.filter((each) => each.name === 'SourceLocation' && each.attributes.has('DefaultValue'));
  const named = manifest.resources.filter((each) => each.kind === 'Urls');
  const places: { element: Element; values: readonly string[] }[] = [...legacy.map((element) => ({ element, values: [attribute(element, 'DefaultValue')] })), ...named];
  return places.flatMap(({ element, values }) => findAt(values, (address) => {
    if (originOf(address) === '' || originOf(address) !== manifest.origin) return undefined;
    const { pathname } = new URL(address);
    return files.includes(pathname) ? undefined : { where: where(element), problem: `the add-in has no ${pathname}`, remedy: `Correct the address; there are ${files.join(', ')}.` };
  }));
}

function appendOnSend(manifest: Manifest, { appendsOnSend }: Facts): Found {
  const has = manifest.all.some((each) => each.name === 'ExtendedPermission' && each.text === 'AppendOnSend');
  if (has === appendsOnSend) return [];
  const place = where(manifest.all.find((each) => each.name === 'ExtendedPermission') ?? manifest.overrides ?? manifest.root);
  if (has) return [{ where: place, problem: 'asks for AppendOnSend, and the code does not use it', remedy: 'Take the permission out: administrators read the list.' }];
  return [{ where: place, problem: 'the code appends on send, and the manifest does not ask for it', remedy: 'Add <ExtendedPermissions><ExtendedPermission>AppendOnSend</ExtendedPermission></ExtendedPermissions>.' }];
}

/** Every address that Outlook loads as page or script, each once. */
export function pagesOf(manifest: Manifest): string[] {
  const named = manifest.all.filter((each) => ['SourceLocation', 'FunctionFile', 'Runtime'].includes(each.name) || each.parent?.name === 'Runtime');
  return [...new Set(named.flatMap((each) => [attribute(each, 'DefaultValue'), ...resolve(manifest, each)]).filter((address) => address !== ''))];
}
