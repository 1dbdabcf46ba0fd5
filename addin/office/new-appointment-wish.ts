import { officeCall } from './call.ts';

/**
 * Whether each new appointment gets a conference: laid in the mailbox (roaming settings), where the event of a new appointment finds it without asking anybody.
 * Not secret, and no more than a copy: the truth is on the server, and the pane brings it here whenever it reads it.
 */
const KEY = 'tieline.new-appointment';

/** What the event finds. */
export interface NewAppointmentWish {
  /** Origin of our server: classic Outlook's event runtime has no address of its own. */
  api: string;
}

/** The wish; undefined when there is none, or none that can be read. */
export function newAppointmentWish(): NewAppointmentWish | undefined {
  const settings = Office.context.roamingSettings;
  if (settings === undefined || settings === null) return undefined;
  const text: unknown = settings.get(KEY);
  if (typeof text !== 'string') return undefined;
  if (text.indexOf('https://') !== 0) return undefined;
  return { api: text };
}

/** Lays the wish down, or takes it away. Written only when it changes; an Outlook that cannot keep it loses the comfort and nothing else. */
export function rememberNewAppointment(every: boolean, api: string): Promise<void> {
  const settings = Office.context.roamingSettings;
  if (settings === undefined || settings === null) return Promise.resolve();
  const before: unknown = settings.get(KEY);
  if (every && before === api) return Promise.resolve();
  if (!every && typeof before !== 'string') return Promise.resolve();
  if (every) settings.set(KEY, api);
  else settings.remove(KEY);
  return officeCall<void>('roamingSettings.saveAsync', function start(done) {
    settings.saveAsync(done);
  }).catch(function silent() {
    return undefined;
  });
}
