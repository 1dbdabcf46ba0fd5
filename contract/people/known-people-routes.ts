import type { Route } from '../endpoint.ts';

export const knownPeopleRoutes = {
  list: { method: 'GET', path: '/api/v1/organisation/people', who: ['administrator', 'auditor'] },
} as const satisfies Record<string, Route>;
