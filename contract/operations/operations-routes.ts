import type { Route } from '../endpoint.ts';

export const operationsRoutes = {
  status: { method: 'GET', path: '/api/v1/organisation/status', who: ['administrator', 'operator', 'auditor'] },
  force: { method: 'POST', path: '/api/v1/organisation/status/:instance/force', who: ['administrator', 'operator'] },
  log: { method: 'GET', path: '/api/v1/organisation/log', who: ['administrator', 'operator', 'auditor'] },
} as const satisfies Record<string, Route>;
