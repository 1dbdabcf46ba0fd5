import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Door } from '../../server/ports/door.ts';

/** Doors of a connector on a port of their own, as web/doors.ts mounts them: `<url>/<path>`. */
export async function serveDoors(doors: () => readonly Door[]): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void answer().catch(() => response.destroy()));
    async function answer(): Promise<void> {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://doors');
      for (const door of doors()) {
        const match = new RegExp(`^/${door.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(pathname);
        if (!match || !door.methods.includes(request.method ?? '')) continue;
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        const asked = { method: request.method ?? '', query: searchParams, params: { ...match.groups }, headers, body: Buffer.concat(chunks) };
        if (!door.verify(asked)) return void response.writeHead(401).end();
        const { status, headers: more = {}, body = '' } = await door.handle(asked);
        return void response.writeHead(status, more).end(body);
      }
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}
