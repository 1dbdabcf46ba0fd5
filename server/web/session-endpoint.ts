import { Router, type RequestHandler } from 'express';
import { UserError } from '../domain/errors.ts';
import { csrfHeader, csrfToken, sessionIdOf, type WebSessions } from './identity/session.ts';

/** `GET /api/v1/session`: what a page's script must know of the session that its cookie, which it cannot read, stands for. */
export function sessionRoutes(sessions: WebSessions): Router {
  const router = Router();
  const tell: RequestHandler = async (request, response) => {
    const id = sessionIdOf(request);
    const session = id === undefined ? null : await sessions.find(id);
    if (!session || id === undefined) throw new UserError(401, { code: 'sign-in-needed', message: 'Nobody is signed in with this browser.', remedy: 'Go to /sign-in.' });
    const { name, address, roles, endsAt } = session;
    response.set('Cache-Control', 'no-store').json({ name, address, roles, endsAt: new Date(endsAt).toISOString(), csrf: csrfToken(id), csrfHeader });
  };
  router.get('/api/v1/session', (request, response, next) => tell(request, response, next));
  return router;
}
