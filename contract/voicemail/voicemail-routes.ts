import type { Route } from '../endpoint.ts';

/** A person's voicemail; and, for whoever runs it, the boxes that wait for somebody. */
export const voicemailRoutes = {
  list: { method: 'GET', path: '/api/v1/voicemail', who: ['user'] },
  ofMail: { method: 'GET', path: '/api/v1/voicemail-of-mail', who: ['user'] },
  one: { method: 'GET', path: '/api/v1/voicemail/:id', who: ['user'] },
  waveform: { method: 'GET', path: '/api/v1/voicemail/:id/waveform', who: ['user'] },
  transcript: { method: 'GET', path: '/api/v1/voicemail/:id/transcript', who: ['user'] },
  teamList: { method: 'GET', path: '/api/v1/team-voicemail', who: ['user'] },
  team: { method: 'GET', path: '/api/v1/voicemail/:id/team', who: ['user'] },
  take: { method: 'POST', path: '/api/v1/voicemail/:id/take', who: ['user'] },
  done: { method: 'PUT', path: '/api/v1/voicemail/:id/done', who: ['user'] },
  members: { method: 'GET', path: '/api/v1/voicemail-boxes/members', who: ['administrator', 'auditor'] },
  saveMembers: { method: 'PUT', path: '/api/v1/voicemail-boxes/members', who: ['administrator'] },
  audio: { method: 'GET', path: '/api/v1/voicemail/:id/audio', who: ['user'] },
  mark: { method: 'PUT', path: '/api/v1/voicemail/:id/heard', who: ['user'] },
  remove: { method: 'DELETE', path: '/api/v1/voicemail/:id', who: ['user'] },
  restore: { method: 'POST', path: '/api/v1/voicemail/:id/restore', who: ['user'] },
  forward: { method: 'POST', path: '/api/v1/voicemail/:id/forward', who: ['user'] },
  boxes: { method: 'GET', path: '/api/v1/voicemail-boxes', who: ['administrator', 'operator', 'auditor'] },
  release: { method: 'POST', path: '/api/v1/voicemail-boxes/release', who: ['administrator'] },
} as const satisfies Record<string, Route>;
