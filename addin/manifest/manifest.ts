import { attribute, below, child, readXml, type Element, type Unreadable } from './xml.ts';

/** The four kinds of resources, named as their elements in the manifest. */
export type ResourceClass = 'Images' | 'Urls' | 'ShortStrings' | 'LongStrings';

export interface Resource {
  id: string;
  kind: ResourceClass;
  /** The default first, then one for each language. */
  values: readonly string[];
  element: Element;
}

/** A manifest that could be read as XML, with the places that rules ask for again and again. */
export interface Manifest {
  /** Size of the document in bytes, UTF-8. */
  bytes: number;
  root: Element;
  /** Every element, the root first, in the order of the document. */
  all: readonly Element[];
  /** Overrides 1.1, the part that today's Outlook reads; null when they are missing. */
  overrides: Element | null;
  /** In the order of the document; the same id may come twice, which is a rule's business. */
  resources: readonly Resource[];
  desktop: Element | null;
  mobile: Element | null;
  /** Origin of the add-in: that of its first page. Empty when there is none. */
  origin: string;
}

const resourceClasses: readonly ResourceClass[] = ['Images', 'Urls', 'ShortStrings', 'LongStrings'];

/** Reads a manifest. Says what is wrong when the text is not XML; whether the content is right is for the rules. */
export function readManifest(text: string): Manifest | Unreadable {
  const root = readXml(text.replace(/^\uFEFF/, ''));
  if ('problem' in root) return root;
  const overrides = child(child(root, 'VersionOverrides'), 'VersionOverrides');
  const host = child(overrides, 'Hosts')?.children.find((each) => each.type === 'MailHost');
  const page = below(child(root, 'FormSettings')).find((each) => each.name === 'SourceLocation');
  return {
    bytes: Buffer.byteLength(text),
    root,
    all: [root, ...below(root)],
    overrides,
    resources: readResources(overrides),
    desktop: child(host, 'DesktopFormFactor'),
    mobile: child(host, 'MobileFormFactor'),
    origin: page ? originOf(attribute(page, 'DefaultValue')) : '',
  };
}

function readResources(overrides: Element | null): Resource[] {
  return resourceClasses.flatMap((kind) => (child(child(overrides, 'Resources'), kind)?.children ?? []).map((element) => ({
    id: attribute(element, 'id'), kind, values: valuesOf(element), element,
  })));
}

/** Default value and overrides of an element that differs by language. */
export function valuesOf(element: Element): string[] {
  return [attribute(element, 'DefaultValue'), ...element.children.filter((each) => each.name === 'Override').map((each) => attribute(each, 'Value'))];
}

/** Scheme, host and port; empty for what is no absolute https address. */
export function originOf(address: string): string {
  try {
    const { origin, protocol } = new URL(address);
    return protocol === 'https:' ? origin : '';
  } catch {
    return '';
  }
}

/** Values that an element with a `resid` stands for; none when the id names nothing. */
export function resolve(manifest: Manifest, element: Element): readonly string[] {
  return manifest.resources.find((each) => each.id === attribute(element, 'resid'))?.values ?? [];
}

/** The extension points of both form factors. */
export function extensionPoints({ desktop, mobile }: Manifest): Element[] {
  return [desktop, mobile].flatMap((form) => (form?.children ?? []).filter((each) => each.name === 'ExtensionPoint'));
}
