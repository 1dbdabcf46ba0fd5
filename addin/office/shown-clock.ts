const MINUTE_MS = 60_000;

/**
 * How far the clock by which Outlook shows times is ahead of UTC at an instant, ms: on the web that of the mailbox's settings, elsewhere the computer's. So a time in the
 * pane is the one that the form beside it shows. Outlook knows some years; beyond them, and where there is no mailbox, this computer's clock counts.
 */
export function shownOffset(at: number): number {
  try {
    const { year, month, date, hours, minutes } = Office.context.mailbox.convertToLocalClientTime(new Date(at));
    return Date.UTC(year, month, date, hours, minutes) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
  } catch {
    // It throws for a day that is not in its table.
    return -new Date(at).getTimezoneOffset() * MINUTE_MS;
  }
}
