import type { Route } from '../endpoint.ts';

export const signInRoutes = {
  settings: { method: 'GET', path: '/api/v1/sign-in', who: ['public'] },
} as const satisfies Record<string, Route>;
