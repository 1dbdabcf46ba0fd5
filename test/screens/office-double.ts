/**
 * A stand-in for office.js that knows one item and answers at once. It serves pictures and measurements of the pane;
 * that the add-in calls Outlook rightly is proved elsewhere, through Microsoft's own script.
 */
export interface DoubleItem {
  kind: 'appointment-compose' | 'appointment-read' | 'message-compose' | 'message-read' | 'none';
  body: string;
  subject: string;
  location: string;
  /** Second part of the newest Mailbox set that this Outlook has: 12 for 1.12. */
  mailbox: number;
  /** Of a mail, with its angle brackets. */
  messageId?: string;
  /** All internet headers of a mail. */
  headers?: string;
  /** The mailbox is on an Exchange server of the company's own. */
  onPremises: boolean;
  /** Who is invited besides Jonas Weber. */
  others: readonly { displayName: string; emailAddress: string; recipientType?: string }[];
}

/** The script that a page loads in place of office.js. */
export function officeDouble(item: DoubleItem, language: string): string {
  // The loader that runs these tests wraps functions to keep their names; the page has no such helper.
  return `var __name = (value) => value; (${install.toString()})(${JSON.stringify({ item, language })});`;
}

/** Runs in the page: must not use anything from outside itself. */
function install({ item, language }: { item: DoubleItem; language: string }): void {
  const state = { body: item.body, location: item.location, session: new Map<string, string>(), properties: new Map<string, string>() };
  type Done = (answer: object) => void;
  const ok = (done: Done | undefined, value?: unknown): void => void setTimeout(() => done?.({ status: 'succeeded', value, error: null }), 0);
  const isDone = (value: unknown): value is Done => typeof value === 'function';
  const last = (all: unknown[]): Done | undefined => all.filter(isDone).at(-1);
  const value = (given: unknown) => ({ getAsync: (...all: unknown[]) => ok(last(all), given) });
  const properties = {
    get: (key: string) => state.properties.get(key),
    set: (key: string, text: string) => state.properties.set(key, text),
    remove: (key: string) => state.properties.delete(key),
    saveAsync: (...all: unknown[]) => ok(last(all)),
  };
  const isRead = item.kind.endsWith('read');
  const person = { displayName: 'Jonas Weber', emailAddress: 'jonas.weber@example.com' };
  const shown =
    item.kind === 'none'
      ? null
      : {
          itemType: item.kind.startsWith('appointment') ? 'appointment' : 'message',
          subject: isRead ? item.subject : value(item.subject),
          normalizedSubject: item.subject,
          start: isRead ? new Date('2026-11-21T10:00:00Z') : value(new Date('2026-11-21T10:00:00Z')),
          end: isRead ? new Date('2026-11-21T10:45:00Z') : value(new Date('2026-11-21T10:45:00Z')),
          organizer: person,
          internetMessageId: item.messageId,
          getAllInternetHeadersAsync: (...all: unknown[]) => ok(last(all), item.headers ?? ''),
          from: isRead ? person : value(person),
          to: isRead ? [{ displayName: 'Anna Berger', emailAddress: 'anna.berger@example.com' }] : value([...item.others]),
          cc: isRead ? [...item.others] : value([]),
          requiredAttendees: isRead ? [person, ...item.others] : value([person, ...item.others]),
          optionalAttendees: isRead ? [] : value([]),
          addHandlerAsync: (...all: unknown[]) => ok(last(all)),
          recurrence: value(null),
          body: {
            getTypeAsync: (...all: unknown[]) => ok(last(all), 'html'),
            getAsync: (...all: unknown[]) => ok(last(all), state.body),
            setAsync: (text: string, ...all: unknown[]) => {
              state.body = text;
              ok(last(all));
            },
          },
          location: {
            getAsync: (...all: unknown[]) => ok(last(all), state.location),
            setAsync: (text: string, ...all: unknown[]) => {
              state.location = text;
              ok(last(all));
            },
          },
          notificationMessages: { replaceAsync: (...all: unknown[]) => ok(last(all)) },
          sessionData: {
            getAsync: (key: string, done: Done) => ok(done, state.session.get(key)),
            setAsync: (key: string, text: string, done: Done) => {
              state.session.set(key, text);
              ok(done);
            },
          },
          itemId: isRead ? 'AAMkItem' : undefined,
          getItemIdAsync: (...all: unknown[]) => void setTimeout(() => last(all)?.({ status: 'failed', error: { code: 5001, message: 'The item is not saved.' } }), 0),
          loadCustomPropertiesAsync: (...all: unknown[]) => ok(last(all), properties),
        };
  Object.assign(globalThis, {
    officeDouble: state,
    Office: {
      AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
      CoercionType: { Html: 'html', Text: 'text' },
      EventType: { ItemChanged: 'olkItemSelectedChanged', OfficeThemeChanged: 'officeThemeChanged', RecipientsChanged: 'olkRecipientsChanged', AppointmentTimeChanged: 'olkAppointmentTimeChanged', RecurrenceChanged: 'olkRecurrenceChanged' },
      MailboxEnums: {
        ItemNotificationMessageType: { ProgressIndicator: 'progressIndicator', ErrorMessage: 'errorMessage', InformationalMessage: 'informationalMessage' },
        LocationType: { Custom: 'custom', Room: 'room' },
        RestVersion: { v2_0: 'v2.0' },
        AppointmentSensitivityType: { Private: 'private', Confidential: 'confidential' },
      },
      onReady: () => Promise.resolve({}),
      actions: { associate: () => undefined },
      auth: { getAccessToken: () => Promise.resolve('token') },
      context: {
        displayLanguage: language,
        roamingSettings: { get: () => undefined, set: () => undefined, remove: () => undefined, saveAsync: (done: Done) => ok(done) },
        requirements: { isSetSupported: (set: string, version: string) => (set === 'Mailbox' ? Number(version.slice(2)) <= item.mailbox && (version !== '1.8' || item.kind === 'message-read') : set === 'IdentityAPI') },
        mailbox: {
          item: shown,
          userProfile: { displayName: 'Anna Berger', emailAddress: 'anna.berger@example.com', accountType: item.onPremises ? 'enterprise' : 'office365' },
          getUserIdentityTokenAsync: (done: Done) => ok(done, 'token'),
          addHandlerAsync: (...all: unknown[]) => ok(last(all)),
          displayNewAppointmentForm: () => undefined,
          displayNewMessageForm: () => undefined,
          displayNewMessageFormAsync: (...all: unknown[]) => ok(last(all)),
          convertToRestId: (text: string) => text,
        },
      },
    },
  });
}
