import type { Route } from '../endpoint.ts';

export const availabilityRoutes = {
  mine: { method: 'GET', path: '/api/v1/availability', who: ['user'] },
  choose: { method: 'PUT', path: '/api/v1/availability', who: ['user'] },
  automatic: { method: 'DELETE', path: '/api/v1/availability', who: ['user'] },
  people: { method: 'POST', path: '/api/v1/availability/people', who: ['user'] },
  ofMeeting: { method: 'GET', path: '/api/v1/availability/meetings', who: ['user'] },
  chooseForMeeting: { method: 'PUT', path: '/api/v1/availability/meetings', who: ['user'] },
  wish: { method: 'PUT', path: '/api/v1/availability/wishes/:key', who: ['user'] },
  whenFree: { method: 'PUT', path: '/api/v1/availability/when-free', who: ['user'] },
  greeting: { method: 'GET', path: '/api/v1/availability/greeting', who: ['user'] },
  greetingSound: { method: 'GET', path: '/api/v1/availability/greeting/sound', who: ['user'] },
} as const satisfies Record<string, Route>;
