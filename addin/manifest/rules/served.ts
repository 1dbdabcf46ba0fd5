import { findAt, where, type Answer, type Facts, type Rule } from '../finding.ts';
import { resolve, valuesOf, type Manifest } from '../manifest.ts';
import { attribute, type Element } from '../xml.ts';
import { pagesOf } from './functions.ts';

/** What only the host itself can show: that its files are there, and that Outlook may keep the icons. Silent when it was not asked. */
export const servedRules: readonly Rule[] = [
  { name: 'served-file', from: '11', check: servedFile },
  { name: 'served-icon', from: '6', check: servedIcon },
];

type Found = ReturnType<Rule['check']>;

/** The address as it is asked for: what stands behind `?` is for the page alone. */
export function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/, '');
}

function iconPlaces(manifest: Manifest): { element: Element; address: string }[] {
  const own = manifest.root.children.filter((each) => each.name === 'IconUrl' || each.name === 'HighResolutionIconUrl');
  const images = manifest.resources.filter((each) => each.kind === 'Images').map((each) => each.element);
  return [...own, ...images].flatMap((element) => valuesOf(element).map((address) => ({ element, address })));
}

function pagePlaces(manifest: Manifest): { element: Element; address: string }[] {
  return pagesOf(manifest).map((address) => ({
    element: manifest.resources.find((each) => each.values.includes(address))?.element
      ?? manifest.all.find((each) => attribute(each, 'DefaultValue') === address || resolve(manifest, each).includes(address)) ?? manifest.root,
    address,
  }));
}

/** The page for help opens in a browser, which may well be sent elsewhere. */
function helpPlaces(manifest: Manifest): { element: Element; address: string }[] {
  const elements = manifest.root.children.filter((each) => each.name === 'SupportUrl');
  return elements.flatMap((element) => valuesOf(element).map((address) => ({ element, address })));
}

/** Every address that the host should be asked for, each once. */
export function addressesToAsk(manifest: Manifest): string[] {
  return [...new Set([...pagePlaces(manifest), ...iconPlaces(manifest), ...helpPlaces(manifest)].map((each) => withoutQuery(each.address)))];
}

function servedFile(manifest: Manifest, { answers }: Facts): Found {
  if (!answers) return [];
  const files = findAt([...pagePlaces(manifest), ...iconPlaces(manifest)], ({ element, address }) => {
    const answer = answers.get(withoutQuery(address));
    if (answer?.status === 200) return undefined;
    return { where: where(element), problem: `${address}: ${said(answer)}`, remedy: 'Serve the file at that very address: Outlook opens a browser when it is sent elsewhere.' };
  });
  const help = findAt(helpPlaces(manifest), ({ element, address }) => {
    const answer = answers.get(withoutQuery(address));
    if (answer && answer.status >= 200 && answer.status < 400) return undefined;
    return { where: where(element), problem: `${address}: ${said(answer)}`, remedy: 'Name a page that helps people, or serve one there.' };
  });
  return [...files, ...help];
}

function said(answer: Answer | undefined): string {
  return answer === undefined || answer.status === 0 ? 'nobody answers' : `the host answers ${answer.status}`;
}

/** Outlook keeps icons; where a host forbids that, it shows a default instead (R: manifest/image). */
function servedIcon(manifest: Manifest, { answers }: Facts): Found {
  if (!answers) return [];
  return findAt(iconPlaces(manifest), ({ element, address }) => {
    const { cacheControl = '' } = answers.get(withoutQuery(address)) ?? {};
    if (!/\bno-(?:cache|store)\b/i.test(cacheControl)) return undefined;
    return { where: where(element), problem: `${address} comes with Cache-Control: ${cacheControl}`, remedy: 'Serve icons without no-cache and no-store; a new icon gets a new address.' };
  });
}
