import type { CalendarDraft, Sensitivity } from '../../../mailbox.ts';
import { HostError, errorCode } from '../errors.ts';
import type { OpenItem } from '../item.ts';
import { flag, integer, optionalText, record, records, text } from '../params.ts';
import { isSamePlace, locationText, officeLocation, placeOf, placesOf } from '../places.ts';
import { officeRecurrence, ourRecurrence, utc } from '../recurrence.ts';
import type { Services } from '../services.ts';
import type { ItemCall, Methods } from './method.ts';
import { onForm, onItem } from './method.ts';

const startTime = 1;
/** Of subject and location (outlook-host.md §9.7). */
const longestLine = 255;
const sensitivities: Sensitivity[] = ['normal', 'personal', 'private', 'confidential'];
const dayMs = 86_400_000;

/** A new start keeps the length, as the form does; an end before the start is refused. */
function setTime({ item, params }: ItemCall): void {
  const { start, end } = item.fields;
  const time = integer(params, 'time');
  if (integer(params, 'TimeProperty') === startTime) return item.change({ start: time, end: time + end - start }, 'addin');
  if (time < start) throw new HostError(errorCode.invalidEnd);
  item.change({ end: time }, 'addin');
}

function windowsZoneOf(item: OpenItem, { directory, user }: Services): string {
  return directory.find(item.owner)?.windowsZone ?? user.windowsZone;
}

/** The IANA zone that a recurrence named by its Windows name; only UTC and those of people in the lab are known. */
function zoneNamed(name: string, item: OpenItem, { directory }: Services): string {
  if (name === '') return item.fields.zone;
  if (name === utc.windows) return utc.iana;
  const person = directory.people.find(({ windowsZone }) => windowsZone === name);
  if (!person) throw new HostError(errorCode.invalidTimeZone);
  return person.zone;
}

function setRecurrence({ item, params, services }: ItemCall): void {
  if (item.facts.seriesId) throw new HostError(errorCode.recurrenceOnInstance);
  const data = params['recurrenceData'];
  const zone = zoneNamed(optionalText(record(record(data)['recurrenceTimeZone']), 'name'), item, services);
  const next = ourRecurrence(data, zone);
  item.change(next ? { ...next, zone } : { recurrence: null }, 'addin');
}

function setAllDay(item: OpenItem, isAllDay: boolean): void {
  const days = Math.max(1, Math.ceil((item.fields.end - item.fields.start) / dayMs));
  const times: Partial<CalendarDraft> = isAllDay ? { end: item.fields.start + days * dayMs } : {};
  item.change({ isAllDay, ...times }, 'addin');
}

export const appointmentMethods: Methods = {
  17: onForm('ReadWriteItem', ({ item, params }) => item.change({ subject: text(params, 'subject', longestLine) }, 'addin')),
  18: onForm('ReadItem', ({ item }) => item.fields.subject),
  24: onForm('ReadItem', ({ item, params }) => (integer(params, 'TimeProperty') === startTime ? item.fields.start : item.fields.end)),
  25: onForm('ReadWriteItem', setTime),
  26: onForm('ReadItem', ({ item }) => locationText(item.fields.places)),
  27: onForm('ReadWriteItem', ({ item, params, services }) => item.change({ places: placesOf(text(params, 'location', longestLine), services.directory) }, 'addin')),
  103: onItem('ReadItem', ({ item, services }) => {
    const { recurrence } = item.fields;
    return recurrence ? officeRecurrence(recurrence, { ...item.fields, windowsZone: windowsZoneOf(item, services) }) : null;
  }),
  104: onForm('ReadWriteItem', setRecurrence),
  154: onItem('ReadItem', ({ item }) => item.fields.places.map(officeLocation)),
  155: onForm('ReadWriteItem', ({ item, params, services }) => {
    const added = records(params, 'enhancedLocations').map((each) => placeOf(text(each, 'id'), optionalText(each, 'type'), services.directory));
    const fresh = added.filter((place) => !item.fields.places.some((each) => isSamePlace(each, place)));
    item.change({ places: [...item.fields.places, ...fresh] }, 'addin');
  }),
  156: onForm('ReadWriteItem', ({ item, params, services }) => {
    const removed = records(params, 'enhancedLocations').map((each) => placeOf(text(each, 'id'), optionalText(each, 'type'), services.directory));
    item.change({ places: item.fields.places.filter((place) => !removed.some((each) => isSamePlace(each, place))) }, 'addin');
  }),
  169: onForm('ReadItem', ({ item }) => item.fields.isAllDay),
  170: onForm('ReadWriteItem', ({ item, params }) => setAllDay(item, flag(params, 'isAllDayEvent'))),
  171: onForm('ReadItem', ({ item }) => item.fields.sensitivity),
  172: onForm('ReadWriteItem', ({ item, params }) => {
    const sensitivity = sensitivities.find((each) => each === text(params, 'sensitivity'));
    if (!sensitivity) throw new HostError(errorCode.invalidParameter);
    item.change({ sensitivity }, 'addin');
  }),
};
