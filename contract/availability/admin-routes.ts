import type { Route } from '../endpoint.ts';

export const availabilityAdminRoutes = {
  whatIf: { method: 'POST', path: '/api/v1/organisation/availability/what-if', who: ['administrator'] },
  sounds: { method: 'GET', path: '/api/v1/organisation/availability/sounds', who: ['administrator', 'auditor'] },
  timeline: { method: 'GET', path: '/api/v1/organisation/availability/people/:person', who: ['administrator', 'auditor'] },
  startReplay: { method: 'PUT', path: '/api/v1/organisation/availability/replays/:id', who: ['administrator'] },
  replay: { method: 'GET', path: '/api/v1/organisation/availability/replays/:id', who: ['administrator'] },
} as const satisfies Record<string, Route>;
