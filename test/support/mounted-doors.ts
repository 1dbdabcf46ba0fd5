import type { ServerResponse } from 'node:http';
import { readBody, type Handler } from '../../lab/http.ts';
import type { Door, DoorResponse } from '../../server/ports/door.ts';

function send(response: ServerResponse, { status, headers = {}, body = '' }: DoorResponse): void {
  response.writeHead(status, headers);
  response.end(body);
}

/** Mounts doors as the server does. */
export function mounted(doors: () => readonly Door[]): Handler {
  return async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'https://tieline.test');
    const door = doors().find(({ path }) => pathname === `/hooks/m365/${path}`);
    if (!door) return false;
    const asked = { method: request.method ?? '', query, headers: {}, params: {}, body: Buffer.from(await readBody(request)) };
    send(response, door.verify(asked) ? await door.handle(asked) : { status: 401 });
    return true;
  };
}
