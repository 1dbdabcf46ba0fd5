import type { Route } from '../endpoint.ts';

export const groupRoutes = {
  list: { method: 'GET', path: '/api/v1/groups', who: ['administrator', 'auditor'] },
  make: { method: 'POST', path: '/api/v1/groups', who: ['administrator'] },
  change: { method: 'PATCH', path: '/api/v1/groups/:group', who: ['administrator'] },
  remove: { method: 'DELETE', path: '/api/v1/groups/:group', who: ['administrator'] },
  members: { method: 'GET', path: '/api/v1/groups/:group/members', who: ['administrator', 'auditor'] },
  addMember: { method: 'POST', path: '/api/v1/groups/:group/members', who: ['administrator'] },
  removeMember: { method: 'DELETE', path: '/api/v1/groups/:group/members/:person', who: ['administrator'] },
} as const satisfies Record<string, Route>;
