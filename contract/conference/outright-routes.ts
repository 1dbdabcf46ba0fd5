import type { Route } from '../endpoint.ts';

export const outrightRoutes = {
  create: { method: 'POST', path: '/api/v1/events', who: ['user'] },
  read: { method: 'GET', path: '/api/v1/events/:id', who: ['user'] },
  change: { method: 'PUT', path: '/api/v1/events/:id', who: ['user'] },
  cancel: { method: 'DELETE', path: '/api/v1/events/:id', who: ['user'] },
  restore: { method: 'POST', path: '/api/v1/events/:id/restore', who: ['user'] },
} as const satisfies Record<string, Route>;
