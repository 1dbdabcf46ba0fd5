import type { Route } from '../endpoint.ts';

export const knownPeopleRoutes = {
  list: { method: 'GET', path: '/api/v1/organisation/people', who: ['administrator', 'auditor'] },
  linkMailbox: { method: 'PUT', path: '/api/v1/organisation/people/:person/mailbox', who: ['administrator'] },
} as const satisfies Record<string, Route>;
