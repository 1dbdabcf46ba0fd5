import { badRequest } from './errors.ts';

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badRequest('BadRequest', 'The request URI is malformed.');
  }
}

/** `events('id')` to two segments, `delta()` and `microsoft.graph.delta()` to `delta`. */
function segments(segment: string): string[] {
  const keyed = /^([^(]+)\('(.*)'\)$/.exec(segment);
  if (keyed) return [keyed[1] ?? '', (keyed[2] ?? '').replaceAll("''", "'")];
  return [segment.replace(/\(\)$/, '').replace(/^microsoft\.graph\./, '')];
}

/** Decoded segments of a path behind the version. Throws GraphError for a broken escape. */
export function pathSegments(path: string): string[] {
  return path.split('/').filter((each) => each !== '').flatMap((each) => segments(decode(each)));
}

/** Values of the template's `{…}` when the path fits (names in any case); else null. */
export function matchTemplate(template: string, path: string[]): Record<string, string> | null {
  const wanted = template.split('/').filter((each) => each !== '');
  if (wanted.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const given = path[index] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = given;
    else if (part.toLowerCase() !== given.toLowerCase()) return null;
  }
  return params;
}
