import type { Route } from '../endpoint.ts';

export const deedsRoutes = {
  list: { method: 'GET', path: '/api/v1/organisation/deeds', who: ['administrator', 'auditor'] },
} as const satisfies Record<string, Route>;
