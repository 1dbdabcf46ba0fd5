import { readBody, sendHtml, sendJson, type Handler } from '../http.ts';
import { roomPage } from './page.ts';
import type { Rooms } from './rooms.ts';

/** How somebody's wish to come in ended. */
export type Joined = { endpoint: string; where: 'in' | 'lobby' } | { endpoint: null; message: string };

/** What browsers see: the page of a room, and the little that this page asks instead of XMPP. `base`: path in front of rooms, without a slash at its end. */
export function webRoutes({ rooms, join, base }: { rooms: Rooms; join: (room: string, token: string) => Promise<Joined>; base: string }): Handler {
  return async (request, response) => {
    const { pathname: whole, searchParams } = new URL(request.url ?? '/', 'http://web');
    if (!whole.startsWith(`${base}/`)) return false;
    const pathname = whole.slice(base.length);
    if (request.method === 'GET' && /^\/[A-Za-z0-9]*$/.test(pathname)) {
      sendHtml(response, 200, roomPage);
      return true;
    }
    if (request.method === 'GET' && pathname === '/lab/room') {
      const [name, endpoint] = [searchParams.get('room') ?? '', searchParams.get('endpoint') ?? ''];
      const where = rooms.where(name, endpoint);
      const room = where === 'in' ? rooms.find(name) : undefined;
      const isModerator = room?.occupants.some((each) => each.endpoint === endpoint && each.isModerator) ?? false;
      sendJson(response, 200, { where, isModerator, occupants: room?.occupants ?? [], lobby: isModerator ? (room?.lobby ?? []) : [] });
      return true;
    }
    if (request.method !== 'POST' || !/^\/lab\/(join|leave|admit)$/.test(pathname)) return false;
    const body = JSON.parse(await readBody(request)) as Record<'room' | 'token' | 'endpoint' | 'by', string>;
    if (pathname === '/lab/join') sendJson(response, 200, await join(body.room, body.token));
    else if (pathname === '/lab/leave') {
      rooms.leave(body.room, body.endpoint);
      sendJson(response, 200, {});
    } else sendJson(response, rooms.admit(body.room, body.by, body.endpoint) ? 200 : 403, {});
    return true;
  };
}
