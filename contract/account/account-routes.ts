import type { Route } from '../endpoint.ts';

export const accountRoutes = {
  me: { method: 'GET', path: '/api/v1/me', who: ['user'] },
} as const satisfies Record<string, Route>;
