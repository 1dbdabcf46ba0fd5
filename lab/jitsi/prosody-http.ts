import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LabClock } from '../clock.ts';
import { readBody, sendJson, type Handler } from '../http.ts';
import type { Rooms } from './rooms.ts';
import { checkSystemToken } from './tokens.ts';

export interface ProsodyOptions {
  clock: LabClock;
  rooms: Rooms;
  domain: string;
  appId: string;
  /** `prosody_password_public_key_repo_url`; read at each check. */
  keysUrl: () => string;
  /** Fetches a public key; null when it is not there. */
  fetchKey: (url: string) => Promise<string | null>;
}

/** Prosody's HTTP port: mod_muc_census, mod_muc_size, mod_muc_end_meeting, mod_muc_kick_participant. It serves by the name in Host, and asks who you are only where its plugins do. */
export function prosodyRoutes({ clock, rooms, domain, appId, keysUrl, fetchKey }: ProsodyOptions): Handler {
  const address = (room: string): string => `${room}@conference.${domain}`;

  function census(response: ServerResponse): void {
    // The focus is an occupant too, and is counted away.
    const rows = rooms.list().map((room) => ({ room_name: address(room.name), participants: room.occupants.length, created_time: room.createdAt, leaked: false }));
    // The older encoder cannot tell an empty list from an empty object.
    sendJson(response, 200, { room_census: rows.length === 0 ? {} : rows });
  }

  function occupants(query: URLSearchParams, response: ServerResponse): void {
    const room = query.get('domain') === domain ? rooms.find(query.get('room') ?? '') : undefined;
    if (!room) return void response.writeHead(404).end();
    sendJson(response, 200, room.occupants.map(({ endpoint, name }) => ({ jid: `${address(room.name)}/${endpoint}`, email: '', display_name: name })));
  }

  async function isSystem(request: IncomingMessage): Promise<boolean> {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    return token !== undefined && checkSystemToken(token, { appId, clock, keysUrl: keysUrl(), fetchKey });
  }

  async function endMeeting(request: IncomingMessage, query: URLSearchParams, response: ServerResponse): Promise<void> {
    const conference = query.get('conference');
    if (conference === null) return void response.writeHead(400).end();
    if (!(await isSystem(request))) return void response.writeHead(401).end();
    const room = rooms.list().find((each) => address(each.name) === conference);
    if (!room) return void response.writeHead(404).end();
    rooms.destroy(room.name);
    response.writeHead(200).end();
  }

  async function kick(request: IncomingMessage, query: URLSearchParams, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (request.headers['content-type'] !== 'application/json' || body === '') return void response.writeHead(400).end();
    const { participantId } = JSON.parse(body) as { participantId?: string };
    if (!(await isSystem(request))) return void response.writeHead(400).end();
    const room = rooms.find(query.get('room') ?? '');
    if (!room?.occupants.some((each) => each.endpoint === participantId)) return void response.writeHead(404).end();
    rooms.leave(room.name, participantId ?? '');
    response.writeHead(200).end();
  }

  return async (request, response) => {
    if (request.headers.host?.split(':')[0] !== domain) return false;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://prosody');
    switch (`${request.method} ${pathname}`) {
      case 'GET /room-census': census(response); return true;
      case 'GET /room': occupants(searchParams, response); return true;
      case 'POST /end-meeting': await endMeeting(request, searchParams, response); return true;
      case 'PUT /kick-participant': await kick(request, searchParams, response); return true;
      default: return false;
    }
  };
}
