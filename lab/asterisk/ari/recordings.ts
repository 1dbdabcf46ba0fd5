import { type AriAnswer, type AriRoute, message } from './route.ts';

/** Where the administrator has put the voicemail spool: inside the folder of recordings, beside it, or beside it with a link inside (tried). */
export type SpoolLayout = 'inside' | 'beside' | 'linked';

const start = 'voicemail/';

/**
 * /recordings/stored: what lies below `recording/`. Beside it nothing is served; through a link it is listed but not served; a name that leads upwards is
 * not found. There is no Range.
 */
export function recordingRoutes(layout: () => SpoolLayout): AriRoute {
  /** The file of that name, whatever its ending. */
  function find(name: string, exchange: Parameters<AriRoute>[0]['exchange']): { name: string; format: string; bytes: Buffer } | null {
    if (layout() !== 'inside' || !name.startsWith(start) || name.includes('..')) return null;
    const path = name.slice(start.length);
    const slash = path.lastIndexOf('/');
    const { files } = exchange.voicemail;
    const found = files.list(path.slice(0, slash)).find((each) => each.startsWith(`${path.slice(slash + 1)}.`) && !each.endsWith('.txt'));
    const bytes = found === undefined ? undefined : files.read(`${path.slice(0, slash)}/${found}`);
    return found === undefined || bytes === undefined ? null : { name, format: found.slice(found.indexOf('.') + 1), bytes };
  }

  function list({ voicemail }: Parameters<AriRoute>[0]['exchange']): { name: string; format: string }[] {
    if (layout() === 'beside') return [];
    return voicemail.spool.boxes().flatMap((box) => ['INBOX', 'Old', 'Deleted'].flatMap((folder) => voicemail.files.list(`${box.context}/${box.mailbox}/${folder}`)
      .filter((each) => !each.endsWith('.txt')).map((each) => ({ name: `${start}${box.context}/${box.mailbox}/${folder}/${each.slice(0, each.indexOf('.'))}`, format: each.slice(each.indexOf('.') + 1) }))));
  }

  return ({ method, parts, exchange }): AriAnswer | null => {
    const [area, kind, name, action, ...rest] = parts;
    if (area !== 'recordings' || kind !== 'stored' || rest.length > 0 || method !== 'GET') return null;
    if (name === undefined) return { status: 200, json: list(exchange) };
    const found = find(name, exchange);
    if (action !== undefined && action !== 'file') return null;
    if (!found) return message(404, 'Recording not found');
    if (action === 'file') return { status: 200, contentType: `audio/${found.format}`, bytes: found.bytes };
    return { status: 200, json: { name: found.name, format: found.format } };
  };
}
