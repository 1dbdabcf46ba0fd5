import type { Route } from '../endpoint.ts';

/** Calls from Outlook: one's own phone rings first. */
export const callsRoutes = {
  list: { method: 'GET', path: '/api/v1/calls', who: ['user'] },
  begin: { method: 'POST', path: '/api/v1/calls', who: ['user'] },
  hangUp: { method: 'DELETE', path: '/api/v1/calls/:id', who: ['user'] },
} as const satisfies Record<string, Route>;
