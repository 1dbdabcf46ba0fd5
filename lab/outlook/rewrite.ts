/**
 * What the lab changes on the way to the browser so that everything comes from one origin: addresses, nothing else.
 * The add-in's files keep their production addresses on disk.
 */

const officeCdn = /(?:https?:)?\/\/appsforoffice\.microsoft\.com\/lib\/[\w.-]+\/hosted\//gi;
/** The whole element, so that something can stand behind it. */
const officeScript = /<script\b[^>]*\ssrc="?\/office\/office\.js"?(?=[\s>])[^>]*><\/script>/gi;
/** The scheme is put before it by the script itself, so the rewritten text has to stay an address without one. */
const msAjax = /\/\/ajax\.aspnetcdn\.com\/ajax\/3\.5\/MicrosoftAjax\.js/g;

/** Where the lab serves office.js. Lower case, because office.js lower-cases the address of its text files. */
export const officePath = '/office/';

/** An add-in page whose office.js comes from the lab instead of Microsoft's delivery network, and behind it what newer office.js brings for nested app authentication. */
export function rewriteAddinPage(html: string): string {
  return html.replace(officeCdn, officePath).replace(officeScript, (script) => `${script}<script src="${officePath}nested-app-auth.js"></script>`);
}

/**
 * The manifest with the add-in's own host replaced by `origin` (`https://localhost:8443`). The add-in's host is that of its first `SourceLocation`;
 * other hosts (support pages, identity provider) stay as they are. Throws when the manifest has no `SourceLocation` with an https address.
 */
export function rewriteManifest(xml: string, origin: string): string {
  const source = /<SourceLocation\s+DefaultValue="(https:\/\/[^/"]+)/i.exec(xml);
  if (!source?.[1]) throw new Error('The manifest has no SourceLocation with an https address, so its host is not known.');
  return replaceOrigin(xml, source[1], origin);
}

function replaceOrigin(text: string, from: string, to: string): string {
  const pattern = new RegExp(`${from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=[/"'<?#\\s]|$)`, 'gi');
  return text.replace(pattern, () => to);
}

/** outlook-web-16.01.js with the lab's stand-in for MicrosoftAjax.js, which is not in the npm package and without which boot never ends. `host` is `localhost:8443`. */
export function rewriteOutlookScript(script: string, host: string): string {
  return script.replace(msAjax, () => `//${host}${officePath}msajax-shim.js`);
}
