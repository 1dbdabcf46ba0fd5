import type { Route } from '../endpoint.ts';

/** Where the conference endpoints are and who may call them. Plain data: the add-in's client and the launch events read it without a schema library. */
export const conferenceRoutes = {
  hold: { method: 'POST', path: '/api/v1/conferences', who: ['user'] },
  list: { method: 'GET', path: '/api/v1/conferences', who: ['user'] },
  read: { method: 'GET', path: '/api/v1/conferences/:id', who: ['user', 'ticket'] },
  commit: { method: 'PUT', path: '/api/v1/conferences/:id/invite', who: ['user', 'ticket'] },
  release: { method: 'DELETE', path: '/api/v1/conferences/:id', who: ['user'] },
  restore: { method: 'POST', path: '/api/v1/conferences/:id/restore', who: ['user'] },
  renewTicket: { method: 'POST', path: '/api/v1/conferences/:id/ticket', who: ['user', 'ticket'] },
  meet: { method: 'GET', path: '/api/v1/conferences/:id/meeting', who: ['user'] },
  offer: { method: 'GET', path: '/api/v1/conference-offer', who: ['user'] },
  change: { method: 'PATCH', path: '/api/v1/conferences/:id', who: ['user'] },
} as const satisfies Record<string, Route>;
