/** What the lab's PBX says for the sounds that `pbx/asterisk/` names; the lab's configuration points the prompts to them (ux.md §5). */
export const sounds: Record<string, string> = {
  'tieline/ask-code': 'Your code, then hash.',
  'tieline/not-known': 'That code is not known.',
  'tieline/no-such': 'No such conference.',
  'tieline/not-sent': 'This conference is not open yet. Its invite has not been sent.',
  'tieline/ended': 'This conference is over.',
  'tieline/opens-at': 'Your conference opens at',
  'tieline/locked-out': 'Too many wrong codes. Try again in ten minutes.',
  'tieline/full': 'This conference is full.',
  'tieline/away': 'The conference service is away. Call again in a minute.',
  'tieline/closed': 'We are closed today. You may leave a message after the tone.',
  'tieline/goodbye': 'Goodbye.',
};

/** The same as configuration of the server's Asterisk connector. */
export const prompts = {
  askCode: 'tieline/ask-code',
  unknownCode: 'tieline/not-known',
  cancelled: 'tieline/no-such',
  notSent: 'tieline/not-sent',
  ended: 'tieline/ended',
  tooEarly: 'tieline/opens-at',
  lockedOut: 'tieline/locked-out',
  full: 'tieline/full',
  serviceAway: 'tieline/away',
  goodbye: 'tieline/goodbye',
  times: { en: { today: 'HM', later: 'AdBHM' }, de: { today: 'HM', later: 'AdBHM' } },
};
