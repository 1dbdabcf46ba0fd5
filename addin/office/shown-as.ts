import { officeCall } from './call.ts';
import { currentItem, itemKind, needItem } from './item.ts';

/** What an invite carries of how its writer is shown, until the server has seen the event (server/features/availability/calendar/carried.ts). It does not reach attendees. */
export interface Carried {
  key: string;
  availability: string;
}

const NAME = 'tieline.availability';

function loadProperties(): Promise<Office.CustomProperties> {
  const item = needItem();
  return officeCall<Office.CustomProperties>('loadCustomPropertiesAsync', (done) => item.loadCustomPropertiesAsync(done));
}

function isCarried(value: unknown): value is Carried {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' && 'availability' in value && typeof value.availability === 'string';
}

/** What the item carries; undefined for nothing readable. */
export async function readCarried(): Promise<Carried | undefined> {
  const text: unknown = (await loadProperties()).get(NAME);
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
    return isCarried(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @throws OfficeFault */
export async function writeCarried(carried: Carried | undefined): Promise<void> {
  const properties = await loadProperties();
  if (carried === undefined) properties.remove(NAME);
  else properties.set(NAME, JSON.stringify(carried));
  const save = (): Promise<void> => officeCall<void>('customProperties.saveAsync', (done) => properties.saveAsync(done));
  // New Outlook refuses the first save of an appointment that was never saved; the second works (#6624).
  await save().catch(save);
}

/** The item's id as Graph and REST write it; undefined for one that was never saved. */
export async function itemIdInCalendar(): Promise<string | undefined> {
  const item = currentItem();
  if (item === undefined) return undefined;
  const id = itemKind() === 'appointment-read' ? item.itemId : await officeCall<string>('getItemIdAsync', (done) => item.getItemIdAsync(done)).catch(() => undefined);
  if (typeof id !== 'string' || id === '') return undefined;
  return Office.context.mailbox.convertToRestId(id, Office.MailboxEnums.RestVersion.v2_0);
}
