import type { Route } from '../endpoint.ts';

export const templateRoutes = {
  list: { method: 'GET', path: '/api/v1/organisation/templates', who: ['administrator', 'auditor'] },
  make: { method: 'POST', path: '/api/v1/organisation/templates', who: ['administrator'] },
  save: { method: 'PUT', path: '/api/v1/organisation/templates/:template', who: ['administrator'] },
  remove: { method: 'DELETE', path: '/api/v1/organisation/templates/:template', who: ['administrator'] },
  preview: { method: 'POST', path: '/api/v1/organisation/template-preview', who: ['administrator'] },
} as const satisfies Record<string, Route>;
