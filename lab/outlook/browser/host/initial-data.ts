import type { Permission } from '../manifest/types.ts';
import { offsetRanges } from '../zones.ts';
import { hostVersion } from './app-context.ts';
import type { Attachment, OpenItem } from './item.ts';
import { attendeesOfType, isAppointment, isCompose } from './item.ts';
import type { Directory, OfficePerson } from './people.ts';
import { officePerson } from './people.ts';
import { locationText } from './places.ts';
import { officeRecurrence } from './recurrence.ts';

/** The host's numbers, which are not those of the script. */
const permissionLevels: Record<Permission, number> = { Restricted: 0, ReadItem: 1, ReadWriteMailbox: 2, ReadWriteItem: 3 };
const itemTypes = { 'message-read': 1, 'appointment-read': 2, 'meeting-request': 3, 'message-compose': 4, 'appointment-compose': 5, none: 6 } as const;
const attachmentKinds = { file: 0, item: 1, cloud: 2 } as const;
const yearMs = 366 * 86_400_000;

export interface User { name: string; address: string; zone: string; windowsZone: string; accountType: 'office365' | 'enterprise' }
export interface InitialDataOptions { item: OpenItem | null; user: User; permission: Permission; addinId: string; directory: Directory; now: number }

export function officeAttachment({ id, name, size, contentType, kind, isInline }: Attachment): object {
  return { id, name, size, contentType, attachmentType: attachmentKinds[kind], isInline };
}

function typeOf(item: OpenItem | null): number {
  if (!item) return itemTypes.none;
  return item.form === 'message-read' && item.facts.itemClass.startsWith('IPM.Schedule.Meeting') ? itemTypes['meeting-request'] : itemTypes[item.form];
}

function people(item: OpenItem, directory: Directory): Record<string, OfficePerson[]> {
  const of = (type: 'required' | 'optional' | 'resource'): OfficePerson[] => attendeesOfType(item.fields.attendees, type).map((each) => officePerson(each, directory));
  return { to: of('required'), cc: of('optional'), bcc: of('resource') };
}

function readData(item: OpenItem, { directory, user }: InitialDataOptions): object {
  const { fields, facts } = item;
  const organizer = officePerson({ ...facts.organizer, response: 'organizer' }, directory);
  const windowsZone = directory.find(item.owner)?.windowsZone ?? user.windowsZone;
  const times = isAppointment(item) ? {
    start: fields.start, end: fields.end, location: locationText(fields.places), organizer, isAllDayEvent: fields.isAllDay, sensitivity: fields.sensitivity,
    recurrence: fields.recurrence ? officeRecurrence(fields.recurrence, { ...fields, windowsZone }) : null,
  } : { from: organizer, sender: organizer, conversationId: facts.conversationId, internetMessageId: facts.internetMessageId };
  return {
    id: facts.id, subject: fields.subject, normalizedSubject: fields.subject.replace(/^(?:re|fw|fwd|aw|wg):\s*/i, ''), itemClass: facts.itemClass, ...people(item, directory), ...times,
    seriesId: facts.seriesId, dateTimeCreated: facts.createdAt, dateTimeModified: facts.modifiedAt, attachments: fields.attachments.map(officeAttachment),
    entities: {}, filteredEntities: {}, regExMatches: {}, selectedEntities: {}, selectedRegExMatches: {},
  };
}

function composeData(item: OpenItem): object {
  return { seriesId: item.facts.seriesId, ...(isAppointment(item) ? {} : { conversationId: item.facts.conversationId }) };
}

/** The answer to `GetInitialData`, and the payload of ItemChanged. Times are epoch ms UTC. */
export function initialData(options: InitialDataOptions): object {
  const { item, user, permission, addinId, now } = options;
  const itemData = !item ? {} : isCompose(item) ? composeData(item) : readData(item, options);
  return {
    permissionLevel: permissionLevels[permission], itemType: typeOf(item), hostVersion, owaView: 'ThreeColumns', userProfileType: user.accountType,
    userDisplayName: user.name, userEmailAddress: user.address, userTimeZone: user.windowsZone, timeZoneOffsets: offsetRanges(user.zone, now - 2 * yearMs, now + 3 * yearMs),
    ewsUrl: `${location.origin}/EWS/Exchange.asmx`, restUrl: `${location.origin}/api`, isRestIdSupported: false, extensionId: addinId, openWindowOpen: false,
    ...(item && item.owner.toLowerCase() !== user.address.toLowerCase() ? { isFromSharedFolder: true } : {}),
    ...itemData,
  };
}
