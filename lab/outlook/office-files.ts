import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize, sep } from 'node:path';
import { rewriteOutlookScript } from './rewrite.ts';

/** `dist/` of Microsoft's package, byte for byte as npm delivers it. */
const dist = join(createRequire(import.meta.url).resolve('@microsoft/office-js/package.json'), '..', 'dist');
/** Its first act is to post to Microsoft; in the lab nothing leaves the computer. */
const telemetry = 'telemetry/oteljs_agave.js';
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8', '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.png': 'image/png', '.gif': 'image/gif', '.jpg': 'image/jpeg',
};

export interface OfficeFile { type: string; content: Buffer | string }

/**
 * One file of office.js by its path below the office directory; null when there is none. All files of the package are lower case and some requests of
 * office.js are not (`AgaveErrorUX/`), so the path is lower-cased. `host` (`localhost:8443`) is where the MicrosoftAjax stand-in is served.
 */
export async function officeFile(path: string, host: string): Promise<OfficeFile | null> {
  const name = normalize(path.toLowerCase());
  const type = types[extname(name)];
  if (!type || name.startsWith('..') || name.startsWith(sep)) return null;
  if (name === telemetry) return { type, content: '' };
  const content = await readFile(join(dist, name)).catch(() => null);
  if (content === null) return null;
  if (name.startsWith('outlook-web-16.01')) return { type, content: rewriteOutlookScript(content.toString('utf8'), host) };
  return { type, content };
}
