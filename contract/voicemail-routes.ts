import type { Route } from './endpoint.ts';

/** A person's voicemail; and, for whoever runs it, the boxes that wait for somebody. */
export const voicemailRoutes = {
  list: { method: 'GET', path: '/api/v1/voicemail', who: ['user'] },
  ofMail: { method: 'GET', path: '/api/v1/voicemail-of-mail', who: ['user'] },
  one: { method: 'GET', path: '/api/v1/voicemail/:id', who: ['user'] },
  waveform: { method: 'GET', path: '/api/v1/voicemail/:id/waveform', who: ['user'] },
  transcript: { method: 'GET', path: '/api/v1/voicemail/:id/transcript', who: ['user'] },
  audio: { method: 'GET', path: '/api/v1/voicemail/:id/audio', who: ['user'] },
  mark: { method: 'PUT', path: '/api/v1/voicemail/:id/heard', who: ['user'] },
  remove: { method: 'DELETE', path: '/api/v1/voicemail/:id', who: ['user'] },
  restore: { method: 'POST', path: '/api/v1/voicemail/:id/restore', who: ['user'] },
  forward: { method: 'POST', path: '/api/v1/voicemail/:id/forward', who: ['user'] },
  boxes: { method: 'GET', path: '/api/v1/voicemail-boxes', who: ['administrator', 'operator', 'auditor'] },
  release: { method: 'POST', path: '/api/v1/voicemail-boxes/release', who: ['administrator'] },
} as const satisfies Record<string, Route>;
