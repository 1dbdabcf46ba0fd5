import express, { Router, type Request } from 'express';
import { UserError } from '../domain/errors.ts';
import type { Door, DoorRequest } from '../ports/door.ts';

/** Larger than any notice that a system sends (Graph batches up to some 100 KB). */
const longestBody = 1024 * 1024;

/** Mounts the doors of connectors at `/hooks/<instance>/<path>`: what other systems send, before sign-in, as raw bytes. */
export function doorRoutes(doors: readonly { instance: string; door: Door }[]): Router {
  const router = Router();
  const raw = express.raw({ type: () => true, limit: longestBody });
  for (const { instance, door } of doors) {
    router.all(`/hooks/${instance}/${door.path}`, raw, async (request, response) => {
      if (!door.methods.includes(request.method)) {
        response.set('Allow', door.methods.join(', '));
        throw new UserError(405, { code: 'wrong-method', message: `Only ${door.methods.join(' or ')} here.` });
      }
      const asked = doorRequest(request);
      if (!door.verify(asked)) throw new UserError(401, { code: 'door-refused', message: 'This does not come from whom it should.' });
      const { status, headers = {}, body = '' } = await door.handle(asked);
      response.status(status).set({ 'Content-Type': 'text/plain; charset=utf-8', ...headers }).send(typeof body === 'string' ? body : Buffer.from(body));
    });
  }
  return router;
}

function doorRequest(request: Request): DoorRequest {
  const body: unknown = request.body;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
  return {
    method: request.method,
    query: new URL(request.originalUrl, 'http://door').searchParams,
    params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
    headers,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
