import type { AvailabilityView } from './availability.ts';

type Face = AvailabilityView['state']['face'];

/**
 * The one table of colours of states: whatever draws a state takes it from here, and style sheets are compared with it by a test. Contrast with white and with #1f1f1f is 3:1 at
 * least, except amber on white, which is why a shape and a word always stand beside it. Busy is red, as Outlook's own dot beside it.
 */
export const stateColours = {
  available: { light: '#13a10e', dark: '#3db838' },
  away: { light: '#eaa300', dark: '#eaa300' },
  busy: { light: '#d13438', dark: '#e9555a' },
  out: { light: '#c239b3', dark: '#d161c4' },
  unknown: { light: '#616161', dark: '#adadad' },
  /** The second axis. */
  phone: { light: '#b10e1c', dark: '#e37d80' },
} as const;

/** Which colour a face has. A title of one's own (`custom`) has that of what the phone does. */
export const colourOf = {
  available: 'available',
  meeting: 'busy',
  busy: 'busy',
  doNotDisturb: 'busy',
  away: 'away',
  outOfOffice: 'out',
  vacation: 'out',
  unknown: 'unknown',
} as const satisfies Record<Exclude<Face, 'custom'> | 'unknown', keyof typeof stateColours>;
