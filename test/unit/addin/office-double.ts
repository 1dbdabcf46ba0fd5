/**
 * An Office with one appointment, for code that runs without a browser. Calls answer in a later turn, as the real ones
 * do, and any of them can be told to fail with one of Outlook's codes or to stay silent. That the real office.js is
 * called rightly is proved by the stories.
 */

type Done = (answer: object) => void;

export interface Person {
  displayName: string;
  emailAddress: string;
  recipientType?: string;
}

export interface DoubleOptions {
  body?: string;
  format?: 'html' | 'text';
  location?: string;
  /** Places of the location line; an Outlook before Mailbox 1.8 has none. */
  places?: { id: string; type: 'room' | 'custom' }[];
  subject?: string;
  /** Mailbox requirement set. */
  mailbox?: number;
  /** Calls that fail: name to code; -1 never answers. */
  fail?: Record<string, number>;
  token?: string | Error;
  language?: string;
  shown?: boolean;
  /** Those invited as required. */
  attendees?: Person[];
  recurrence?: object | null;
  /** Whose calendar it is, when it is somebody else's. */
  owner?: string;
}

export interface OfficeDouble {
  office: object;
  runtime: object;
  body: string;
  location: string;
  startsAt: Date;
  places: { id: string; type: string }[];
  /** Recurrences that were set. */
  series: object[];
  session: Map<string, string>;
  properties: Map<string, string>;
  /** What lies in the mailbox for the add-in (roaming settings). */
  roaming: Map<string, unknown>;
  /** What the information bar said, in order. */
  bar: { type: string; message: string; icon?: string; persistent?: boolean }[];
  functions: Map<string, (event: object) => void>;
  calls: string[];
  fail: Record<string, number>;
  /** Runs when a call has succeeded, before its caller hears of it. */
  after: (call: string) => void;
}

function isDone(value: unknown): value is Done {
  return typeof value === 'function';
}

/** As Outlook tells a time of its own zone: months from 0. */
function berlinWinter(instant: Date): object {
  const wall = new Date(instant.getTime() + 3_600_000);
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth(), date: wall.getUTCDate(), hours: wall.getUTCHours(), minutes: wall.getUTCMinutes() };
}

export function makeOffice(options: DoubleOptions = {}): OfficeDouble {
  const { format = 'html', mailbox = 1.12, token = new Error('13001'), language = 'en-US', subject = 'Weekly logistics' } = options;
  const double: OfficeDouble = {
    office: {}, runtime: {}, body: options.body ?? '', location: options.location ?? '', startsAt: new Date('2026-11-21T10:00:00Z'), places: options.places ?? [], series: [], session: new Map(), properties: new Map(), roaming: new Map(), bar: [], functions: new Map(), calls: [],
    fail: options.fail ?? {}, after: () => undefined,
  };

  /** Answers the last argument, which every call of the host ends with. */
  function answer(call: string, all: readonly unknown[], value?: () => unknown): void {
    double.calls.push(call);
    const done = all.filter(isDone).at(-1);
    const code = double.fail[call];
    if (code === -1) return;
    if (code !== undefined) {
      setImmediate(() => done?.({ status: 'failed', error: { code, name: 'Failed', message: `${call} failed` } }));
      return;
    }
    const result = value?.();
    double.after(call);
    setImmediate(() => done?.({ status: 'succeeded', value: result }));
  }

  const field = (call: string, value: unknown) => ({ getAsync: (...all: unknown[]) => answer(call, all, () => value) });
  const properties = {
    get: (key: string) => double.properties.get(key),
    set: (key: string, value: string) => double.properties.set(key, value),
    remove: (key: string) => double.properties.delete(key),
    saveAsync: (...all: unknown[]) => answer('customProperties.saveAsync', all),
  };
  const attendee: Person = { displayName: 'Jonas Weber', emailAddress: 'jonas.weber@example.com' };
  const item = {
    itemType: 'appointment',
    subject: field('subject.getAsync', subject),
    start: { getAsync: (...all: unknown[]) => answer('start.getAsync', all, () => double.startsAt) },
    end: field('end.getAsync', new Date('2026-11-21T10:45:00Z')),
    requiredAttendees: field('requiredAttendees.getAsync', options.attendees ?? [attendee]),
    optionalAttendees: field('optionalAttendees.getAsync', []),
    recurrence: { ...field('recurrence.getAsync', options.recurrence ?? null), setAsync: (pattern: object, ...all: unknown[]) => answer('recurrence.setAsync', all, () => double.series.push(pattern)) },
    sensitivity: field('sensitivity.getAsync', 'normal'),
    ...(options.owner === undefined ? {} : { getSharedPropertiesAsync: (...all: unknown[]) => answer('getSharedPropertiesAsync', all, () => ({ owner: options.owner })) }),
    getItemIdAsync: (...all: unknown[]) => answer('getItemIdAsync', all, () => 'AAMk='),
    addHandlerAsync: (...all: unknown[]) => answer('item.addHandlerAsync', all),
    getAllInternetHeadersAsync: (...all: unknown[]) => answer('getAllInternetHeadersAsync', all, () => ''),
    body: {
      getTypeAsync: (...all: unknown[]) => answer('body.getTypeAsync', all, () => format),
      getAsync: (...all: unknown[]) => answer('body.getAsync', all, () => double.body),
      setAsync: (text: string, ...all: unknown[]) =>
        answer('body.setAsync', all, () => {
          double.body = text;
        }),
    },
    location: {
      getAsync: (...all: unknown[]) => answer('location.getAsync', all, () => (mailbox >= 1.8 && double.places.length > 0 ? double.places.map((place) => place.id).join('; ') : double.location)),
      setAsync: (text: string, ...all: unknown[]) =>
        answer('location.setAsync', all, () => {
          double.location = text;
        }),
    },
    enhancedLocation: {
      getAsync: (...all: unknown[]) => answer('enhancedLocation.getAsync', all, () => double.places.map(({ id, type }) => ({ displayName: id, locationIdentifier: { id, type } }))),
      addAsync: (added: { id: string; type: string }[], ...all: unknown[]) => answer('enhancedLocation.addAsync', all, () => double.places.push(...added)),
      removeAsync: (removed: { id: string }[], ...all: unknown[]) =>
        answer('enhancedLocation.removeAsync', all, () => {
          double.places = double.places.filter((place) => !removed.some(({ id }) => id === place.id));
        }),
    },
    sessionData: {
      getAsync: (key: string, ...all: unknown[]) => {
        if (!double.session.has(key)) double.fail['sessionData.getAsync'] ??= 9050;
        else if (double.fail['sessionData.getAsync'] === 9050) delete double.fail['sessionData.getAsync'];
        answer('sessionData.getAsync', all, () => double.session.get(key));
      },
      setAsync: (key: string, value: string, ...all: unknown[]) => answer('sessionData.setAsync', all, () => double.session.set(key, value)),
    },
    loadCustomPropertiesAsync: (...all: unknown[]) => answer('loadCustomPropertiesAsync', all, () => properties),
    notificationMessages: {
      replaceAsync: (_key: string, details: OfficeDouble['bar'][number], ...all: unknown[]) => answer('notificationMessages.replaceAsync', all, () => double.bar.push(details)),
    },
  };
  const auth = { getAccessToken: () => (token instanceof Error ? Promise.reject(token) : Promise.resolve(token)) };
  double.runtime = { auth };
  double.office = {
    AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
    CoercionType: { Html: 'html', Text: 'text' },
    EventType: { ItemChanged: 'olkItemSelectedChanged', RecipientsChanged: 'olkRecipientsChanged', OfficeThemeChanged: 'officeThemeChanged' },
    MailboxEnums: {
      ItemNotificationMessageType: { ProgressIndicator: 'progressIndicator', ErrorMessage: 'errorMessage', InformationalMessage: 'informationalMessage' },
      RecipientType: { ExternalUser: 'externalUser', User: 'user', DistributionList: 'distributionList', Other: 'other' },
      LocationType: { Custom: 'custom', Room: 'room' },
      RestVersion: { v2_0: 'v2.0' },
      AppointmentSensitivityType: { Private: 'private', Confidential: 'confidential' },
    },
    onReady: () => Promise.resolve({}),
    actions: { associate: (name: string, run: (event: object) => void) => double.functions.set(name, run) },
    auth,
    context: {
      displayLanguage: language,
      roamingSettings: {
        get: (key: string) => double.roaming.get(key),
        set: (key: string, value: unknown) => double.roaming.set(key, value),
        remove: (key: string) => double.roaming.delete(key),
        saveAsync: (...all: unknown[]) => answer('roamingSettings.saveAsync', all),
      },
      requirements: { isSetSupported: (set: string, version: string) => (set === 'Mailbox' ? Number(version.slice(2)) <= Number(String(mailbox).slice(2)) : set === 'IdentityAPI') },
      mailbox: { item: options.shown === false ? undefined : item, userProfile: { displayName: 'Anna Berger', emailAddress: 'anna.berger@example.com', accountType: 'office365', timeZone: 'W. Europe Standard Time' }, convertToLocalClientTime: (instant: Date) => ({ ...berlinWinter(instant), timezoneOffset: 60 }) },
    },
  };
  return double;
}

/** Another item comes to stand beside the pane. */
export function showAnother(double: OfficeDouble): void {
  const { mailbox }: { mailbox: { item: object } } = Reflect.get(double.office, 'context');
  mailbox.item = { ...mailbox.item };
}

/** Puts the double where the add-in's code looks for the host, until the returned function is called. */
export function installOffice(double: OfficeDouble): () => void {
  Object.assign(globalThis, { Office: double.office, OfficeRuntime: double.runtime });
  return () => {
    Reflect.deleteProperty(globalThis, 'Office');
    Reflect.deleteProperty(globalThis, 'OfficeRuntime');
  };
}
