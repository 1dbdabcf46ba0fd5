import type { Route } from '../endpoint.ts';

export const settingsRoutes = {
  mine: { method: 'GET', path: '/api/v1/settings/:feature', who: ['user'] },
  saveMine: { method: 'PATCH', path: '/api/v1/settings/:feature', who: ['user'] },
  persons: { method: 'GET', path: '/api/v1/people/:person/settings/:feature', who: ['administrator', 'auditor'] },
  savePersons: { method: 'PATCH', path: '/api/v1/people/:person/settings/:feature', who: ['administrator'] },
  described: { method: 'GET', path: '/api/v1/organisation/settings', who: ['administrator', 'auditor'] },
  organisations: { method: 'GET', path: '/api/v1/organisation/settings/:feature', who: ['administrator', 'auditor'] },
  saveOrganisations: { method: 'PATCH', path: '/api/v1/organisation/settings/:feature', who: ['administrator'] },
  groups: { method: 'GET', path: '/api/v1/groups/:group/settings/:feature', who: ['administrator', 'auditor'] },
  saveGroups: { method: 'PATCH', path: '/api/v1/groups/:group/settings/:feature', who: ['administrator'] },
} as const satisfies Record<string, Route>;
