import type { Route } from '../endpoint.ts';

export const peopleRoutes = {
  search: { method: 'GET', path: '/api/v1/people', who: ['user'] },
  card: { method: 'GET', path: '/api/v1/people/card', who: ['user'] },
  together: { method: 'GET', path: '/api/v1/people/together', who: ['user'] },
  photo: { method: 'GET', path: '/api/v1/people/:id/photo', who: ['user'] },
} as const satisfies Record<string, Route>;
