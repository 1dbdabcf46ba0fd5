import { officeCall } from './call.ts';
import { currentItem, needItem } from './item.ts';
import { hasMailbox } from './support.ts';

/**
 * What an invite remembers of its conference for the add-in itself: in the compose session, where the send handler finds
 * it at once, and in the item's custom properties, where it is found when the invite is opened again. Neither reaches
 * attendees, and neither is the truth: that is the link in the text.
 */
export interface InviteRecord {
  /** Origin of the server that the conference is on: classic Outlook's event runtime has no address of its own. */
  api: string;
  /** The conference's id. */
  id: string;
  /** Send ticket of this one conference; empty when there is none. */
  ticket: string;
  /** Epoch ms UTC. */
  ticketExpiresAt: number;
  /** Findings of the linter that the person has been asked about, so that they are asked once. */
  told?: readonly string[];
}

/** Name of the entry in session data and custom properties. */
const KEY = 'tieline.conference';

function isRecord(value: unknown): value is InviteRecord {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Partial<Record<keyof InviteRecord, unknown>> = value;
  if (fields.told !== undefined && !Array.isArray(fields.told)) return false;
  return typeof fields.api === 'string' && typeof fields.id === 'string' && typeof fields.ticket === 'string' && typeof fields.ticketExpiresAt === 'number';
}

function parse(text: unknown): InviteRecord | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    return undefined;
  }
  return undefined;
}

function sessionData(): Office.SessionData | undefined {
  const item = currentItem();
  if (item === undefined || !hasMailbox('1.11')) return undefined;
  return item.sessionData;
}

function readSession(): Promise<InviteRecord | undefined> {
  const data = sessionData();
  if (data === undefined) return Promise.resolve(undefined);
  return officeCall<string>('sessionData.getAsync', function start(done) {
    data.getAsync(KEY, done);
  }).then(parse, function none() {
    // 9050: no such key.
    return undefined;
  });
}

function customProperties(): Promise<Office.CustomProperties> {
  const item = needItem();
  return officeCall<Office.CustomProperties>('loadCustomPropertiesAsync', function start(done) {
    item.loadCustomPropertiesAsync(done);
  });
}

function saveProperties(properties: Office.CustomProperties): Promise<void> {
  return officeCall<void>('customProperties.saveAsync', function start(done) {
    properties.saveAsync(done);
  });
}

/** What the invite remembers; undefined when nothing, or nothing readable. */
export function readRecord(): Promise<InviteRecord | undefined> {
  return readSession().then(function orProperties(found) {
    if (found !== undefined) return found;
    return customProperties().then(
      function get(properties) {
        return parse(properties.get(KEY));
      },
      function none() {
        return undefined;
      },
    );
  });
}

function writeSession(text: string): Promise<void> {
  const data = sessionData();
  if (data === undefined) return Promise.resolve();
  return officeCall<void>('sessionData.setAsync', function start(done) {
    data.setAsync(KEY, text, done);
  });
}

function writeProperty(text: string): Promise<void> {
  return customProperties().then(function save(properties) {
    if (text === '') properties.remove(KEY);
    else properties.set(KEY, text);
    // New Outlook refuses the first save of an appointment that was never saved; the second works (#6624).
    return saveProperties(properties).catch(function again() {
      return saveProperties(properties);
    });
  });
}

/** Remembers the conference. The two places fail apart from one another, and one of them is enough. */
export function writeRecord(record: InviteRecord): Promise<void> {
  const text = JSON.stringify(record);
  return writeSession(text).then(
    function property() {
      return writeProperty(text).catch(function enough() {
        return undefined;
      });
    },
    function propertyAlone() {
      return writeProperty(text);
    },
  );
}

/** Forgets the conference. */
export function clearRecord(): Promise<void> {
  return writeSession('')
    .catch(function absent() {
      return undefined;
    })
    .then(function property() {
      return writeProperty('').catch(function absent() {
        return undefined;
      });
    });
}
