import { edit, insertBefore, remove, replaceAttribute, replaceText, type Edit } from './edit.ts';
import { originOf, readManifest, type Manifest } from './manifest.ts';
import { Refusal } from './refusal.ts';
import { addressed, guid, versionPattern } from './rules/values.ts';
import { attribute, child, type Element } from './xml.ts';

/** What an installation puts into the manifest. What is left out stays as it is. */
export interface Filling {
  /** Origin that serves the add-in's files: `https://tieline.example.com`, with the port if it is not 443. */
  host: string;
  /** Origin of our server, where it is not the host of the files. */
  server?: string;
  /** Id of the add-in: a GUID. Two installations in one organisation need two. */
  id?: string;
  /** Application (client) ID of the registration for sign-in in Entra; null for an installation without one. */
  app?: string | null;
  /** One to four numbers, `1.2.0.0`. */
  version?: string;
  /** What people see in lists and on the ribbon. */
  name?: string;
  /** Who provides the add-in; Marketplace wants the publisher's name. */
  provider?: string;
}

/**
 * A manifest for an installation, made from another: only the places that differ are written, so comments and layout stay.
 * Throws Refusal for values that cannot stand there; whether the whole is right is for checkManifest.
 */
export function fillManifest(text: string, filling: Filling): string {
  const manifest = readManifest(text);
  if ('problem' in manifest) throw new Refusal('file', `line ${manifest.line}: is no XML: ${manifest.problem}`, 'Give a manifest that --check finds nothing in.');
  if (manifest.origin === '') throw new Refusal('file', 'the manifest names no page with an https address', 'Give a manifest that --check finds nothing in.');
  const host = readOrigin('host', filling.host);
  const server = filling.server === undefined ? host : readOrigin('server', filling.server);
  return edit(text, [
    ...hostEdits(text, manifest, host, server),
    ...domainEdits(text, manifest, host, server),
    ...nameEdits(text, manifest, filling),
    ...identityEdits(text, manifest, host, filling),
  ]);
}

/** Scheme, host and port of an option's value. A slash at the end is forgiven. Throws Refusal. */
export function readOrigin(option: string, value: string): string {
  const origin = originOf(value);
  if (origin !== '' && value.toLowerCase().replace(/:443(?=\/?$)/, '').replace(/\/$/, '') === origin) return origin;
  throw new Refusal(option, `"${value}" is no https address of a host`, 'Give scheme and host, and the port if it is not 443: https://tieline.example.com');
}

/** Addresses at the old host go to the new one; the page for help is the server's. */
function hostEdits(text: string, manifest: Manifest, host: string, server: string): Edit[] {
  return addressed(manifest).flatMap(({ element }) => {
    const to = element.name === 'SupportUrl' ? server : host;
    return [element, ...element.children].flatMap((place) => {
      const name = place === element ? 'DefaultValue' : 'Value';
      const address = attribute(place, name);
      if (originOf(address) !== manifest.origin) return [];
      return [replaceAttribute(text, place, name, `${to}${address.slice(manifest.origin.length)}`)];
    });
  });
}

/** Its own host an add-in need not name, except on localhost; a server beside it must be named. */
function domainEdits(text: string, manifest: Manifest, host: string, server: string): Edit[] {
  const list = child(manifest.root, 'AppDomains');
  const kept = (list?.children ?? []).map((each) => each.text).filter((domain) => ![manifest.origin, host, server].includes(domain));
  const wanted = [...(new URL(host).hostname === 'localhost' ? [host] : []), ...(server === host ? [] : [server]), ...kept];
  const lines = `<AppDomains>\n${wanted.map((domain) => `    <AppDomain>${domain}</AppDomain>\n`).join('')}  </AppDomains>`;
  if (list) return [wanted.length === 0 ? remove(text, list) : { start: list.start, end: list.end, text: lines }];
  const hosts = child(manifest.root, 'Hosts');
  return hosts && wanted.length > 0 ? [insertBefore(hosts, `${lines}\n  `)] : [];
}

/** The name goes wherever the old one stands as a word: on the ribbon and in hints too. */
function nameEdits(text: string, manifest: Manifest, { name, provider }: Filling): Edit[] {
  const publisher = child(manifest.root, 'ProviderName');
  const ofProvider = provider !== undefined && publisher ? [replaceText(text, publisher, said('provider', provider))] : [];
  const old = child(manifest.root, 'DisplayName');
  if (name === undefined || !old) return ofProvider;
  const to = said('name', name);
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(attribute(old, 'DefaultValue'))}(?![\\p{L}\\p{N}])`, 'gu');
  const texts = [old, ...manifest.resources.filter((each) => each.kind === 'ShortStrings' || each.kind === 'LongStrings').map((each) => each.element)];
  const ofTexts = texts.flatMap((element) => [element, ...element.children].flatMap((place) => {
    const key = place === element ? 'DefaultValue' : 'Value';
    const before = attribute(place, key);
    const after = before.replace(word, () => to);
    return before === after ? [] : [replaceAttribute(text, place, key, after)];
  }));
  return [...ofProvider, ...ofTexts];
}

function said(option: string, value: string): string {
  // Control characters cannot stand in XML at all, not even escaped.
  if (value.trim() !== '' && !/\p{Cc}/u.test(value)) return value.trim();
  throw new Refusal(option, `"${value}" is no name`, 'Give a name of 1 to 125 characters.');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function identityEdits(text: string, manifest: Manifest, host: string, { id, app, version }: Filling): Edit[] {
  const info = child(manifest.overrides, 'WebApplicationInfo');
  const appId = app ?? child(info, 'Id')?.text ?? '';
  const places: [element: Element | null, value: string | undefined][] = [
    [child(manifest.root, 'Id'), id === undefined ? undefined : readGuid('id', id)],
    [child(manifest.root, 'Version'), version === undefined ? undefined : readVersion(version)],
  ];
  if (app === null) return [...writes(text, places), ...(info ? [remove(text, info)] : [])];
  if (app !== undefined && !info) throw new Refusal('app', 'the manifest has no <WebApplicationInfo> to put it in', 'Begin with the manifest of this project.');
  return writes(text, [...places,
    [child(info, 'Id'), app === undefined ? undefined : readGuid('app', app)],
    [child(info, 'Resource'), `api://${new URL(host).host}/${appId.toLowerCase()}`],
  ]);
}

function writes(text: string, places: readonly [element: Element | null, value: string | undefined][]): Edit[] {
  return places.flatMap(([element, value]) => (element && value !== undefined ? [replaceText(text, element, value)] : []));
}

function readGuid(option: string, value: string): string {
  if (guid.test(value)) return value.toLowerCase();
  throw new Refusal(option, `"${value}" is no GUID`, 'Give 32 hexadecimal digits in the form 8-4-4-4-12.');
}

function readVersion(value: string): string {
  if (versionPattern.test(value)) return value;
  throw new Refusal('version', `"${value}" is no version`, 'Give one to four numbers of at most five digits: 1.2.0.0');
}
