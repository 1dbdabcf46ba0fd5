import type { Route } from '../endpoint.ts';

export const reissueRoutes = {
  list: { method: 'GET', path: '/api/v1/organisation/reissues', who: ['administrator', 'auditor'] },
  preview: { method: 'POST', path: '/api/v1/organisation/reissues', who: ['administrator'] },
  read: { method: 'GET', path: '/api/v1/organisation/reissues/:id', who: ['administrator', 'auditor'] },
  invites: { method: 'GET', path: '/api/v1/organisation/reissues/:id/invites', who: ['administrator', 'auditor'] },
  start: { method: 'POST', path: '/api/v1/organisation/reissues/:id/start', who: ['administrator'] },
  stop: { method: 'POST', path: '/api/v1/organisation/reissues/:id/stop', who: ['administrator'] },
  undo: { method: 'POST', path: '/api/v1/organisation/reissues/:id/undo', who: ['administrator'] },
} as const satisfies Record<string, Route>;
