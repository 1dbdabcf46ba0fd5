import type { ForeignService } from './foreign.ts';

const names: Record<ForeignService, string> = {
  teams: 'Teams',
  zoom: 'Zoom',
  webex: 'Webex',
  'google-meet': 'Google Meet',
  goto: 'GoTo',
  jitsi: 'Jitsi',
};

/** The service's own name, the same in every language. */
export function foreignName(service: ForeignService): string {
  return names[service];
}
