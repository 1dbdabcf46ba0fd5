import type { Route } from '../endpoint.ts';

export const exchangeLinkRoutes = {
  ask: { method: 'POST', path: '/api/v1/exchange-link', who: ['newcomer'] },
  confirm: { method: 'POST', path: '/api/v1/exchange-link/confirm', who: ['newcomer'] },
  waiting: { method: 'GET', path: '/api/v1/exchange-links', who: ['administrator', 'auditor'] },
  decide: { method: 'POST', path: '/api/v1/exchange-links', who: ['administrator'] },
} as const satisfies Record<string, Route>;
