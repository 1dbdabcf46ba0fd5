import { officeCall } from './call.ts';
import { needItem } from './item.ts';

/** A series that begins on another day where the person is: days of the week and of the month would have to move as well, which is theirs to decide. */
export class OtherDay extends Error {
  constructor() {
    super('In your time zone this series begins on another day. Choose the time zone in Outlook, under Make recurring.');
    this.name = 'OtherDay';
  }
}

/** Names of Microsoft are wanted; "Europe/Berlin" is none, and a zone of no place would mend nothing. */
const NO_ZONE = /\/|^(?:UTC|GMT$|Coordinated)/i;

/** The zone to which this Outlook is set, if a series can repeat in it. */
export function zoneForSeries(): string | undefined {
  const zone = Office.context.mailbox.userProfile.timeZone;
  return typeof zone !== 'string' || zone === '' || NO_ZONE.test(zone) ? undefined : zone;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * Lets the series repeat by the clock of the person's own place instead of one that never changes. Its first occurrence stays at the very instant where it is; those behind the next
 * change of the clocks move to the hour that the person meant.
 *
 * @throws OfficeFault, OtherDay.
 */
export async function repeatInOwnZone(): Promise<void> {
  const { mailbox } = Office.context;
  const item = needItem();
  const name = zoneForSeries();
  const [recurrence, start] = await Promise.all([
    officeCall<Office.Recurrence>('recurrence.getAsync', (done) => item.recurrence.getAsync(done)),
    officeCall<Date>('start.getAsync', (done) => item.start.getAsync(done)),
  ]);
  const local = mailbox.convertToLocalClientTime(new Date(start));
  // Months of the one count from 0, those of the other from 1.
  const day = `${local.year}-${two(local.month + 1)}-${two(local.date)}`;
  if (name === undefined || day !== recurrence.seriesTime.getStartDate()) throw new OtherDay();
  recurrence.seriesTime.setStartTime(local.hours, local.minutes);
  recurrence.recurrenceTimeZone = { name, offset: local.timezoneOffset };
  await officeCall<void>('recurrence.setAsync', (done) => item.recurrence.setAsync(recurrence, done));
}
