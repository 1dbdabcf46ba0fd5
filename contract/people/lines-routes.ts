import type { Route } from '../endpoint.ts';

export const linesRoutes = {
  all: { method: 'GET', path: '/api/v1/lines', who: ['administrator', 'auditor'] },
  unmatched: { method: 'GET', path: '/api/v1/lines/unmatched', who: ['administrator', 'auditor'] },
  importList: { method: 'POST', path: '/api/v1/lines/import', who: ['administrator'] },
  exportList: { method: 'GET', path: '/api/v1/lines/list', who: ['administrator', 'auditor'] },
  remove: { method: 'DELETE', path: '/api/v1/lines/:pbx/:context/:extension', who: ['administrator'] },
} as const satisfies Record<string, Route>;
