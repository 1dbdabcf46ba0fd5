/** A conference that was created outright in Tieline: on a web page or by the API, without an invite of Outlook's. Instants epoch ms, UTC. */
export interface Outright {
  tenantId: string;
  conferenceId: string;
  /** Name of the event in every calendar, for good. */
  uid: string;
  /** Rises with every change that guests must hear of. */
  sequence: number;
  delivery: Delivery;
  guests: readonly Guest[];
  notes: string;
  calendarState: CalendarState;
  /** What the calendar last said, in words for Details. */
  calendarError: string | null;
}

/**
 * How the event comes to people. `calendar`: written into the owner's calendar, which mails the guests and is the truth from then on. `mail`: invitations by
 * mail, from us. `page`: not at all; the page has a file for calendars.
 */
export type Delivery = 'calendar' | 'mail' | 'page';

export interface Guest {
  name: string;
  address: string;
}

/** `none`: no calendar is meant to have it. `due`: to be written, changed or cancelled there. `written`: it stands there as it is here. `refused`: the calendar will not have it. */
export type CalendarState = 'none' | 'due' | 'written' | 'refused';

/** One mail to one person about one state of an event. */
export interface InvitationMail {
  tenantId: string;
  id: string;
  conferenceId: string;
  sequence: number;
  method: 'REQUEST' | 'CANCEL';
  to: Guest;
  state: MailState;
  at: number;
  error: string | null;
}

/** `doubt`: it may have been taken, we were not told; a person decides whether it is sent again. `superseded`: a newer one went instead. */
export type MailState = 'due' | 'sending' | 'sent' | 'doubt' | 'refused' | 'superseded';
