import type { Route } from '../endpoint.ts';

/** Who is in a conference, and what its people may do there. */
export const roomRoutes = {
  room: { method: 'GET', path: '/api/v1/conferences/:id/room', who: ['user'] },
  command: { method: 'POST', path: '/api/v1/conferences/:id/room/commands', who: ['user'] },
  answerKnock: { method: 'POST', path: '/api/v1/conferences/:id/room/knocks/:knock', who: ['user'] },
} as const satisfies Record<string, Route>;
