/** Small questions to an XML document, by local names: a manifest spreads over five namespaces, and prefixes are the author's choice. */

export class ManifestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ManifestError';
  }
}

export function parseXml(xml: string): Element {
  const parsed = new DOMParser().parseFromString(xml, 'text/xml');
  const problem = parsed.querySelector('parsererror');
  if (problem) throw new ManifestError(`The manifest is not well-formed XML: ${problem.textContent}`);
  return parsed.documentElement;
}

export function children(parent: Element, name: string): Element[] {
  return [...parent.children].filter(({ localName }) => localName === name);
}

export function child(parent: Element, name: string): Element | null {
  return children(parent, name)[0] ?? null;
}

export function need(parent: Element, name: string): Element {
  const found = child(parent, name);
  if (!found) throw new ManifestError(`<${parent.localName}> has no <${name}>.`);
  return found;
}

export function textOf(parent: Element, name: string): string {
  return child(parent, name)?.textContent?.trim() ?? '';
}

export function attribute(element: Element, name: string): string {
  const value = element.getAttribute(name) ?? [...element.attributes].find(({ localName }) => localName === name)?.value;
  if (!value) throw new ManifestError(`<${element.localName}> has no attribute ${name}.`);
  return value;
}

/** `xsi:type`, whatever its prefix. */
export function typeOf(element: Element): string {
  return [...element.attributes].find(({ localName }) => localName === 'type')?.value ?? '';
}
