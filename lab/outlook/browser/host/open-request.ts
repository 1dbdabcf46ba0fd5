import type { CalendarDraft, MailFolder, NamedAddress } from '../../mailbox.ts';

export type Mode = 'new' | 'edit' | 'series' | 'read' | 'message-read' | 'message-compose' | 'none';

/** A mail to be shown or begun: whoever opens one says what is in it. */
export interface MailContent {
  id?: string;
  subject?: string;
  body?: CalendarDraft['body'];
  from?: NamedAddress;
  to?: NamedAddress[];
  cc?: NamedAddress[];
  bcc?: NamedAddress[];
  itemClass?: string;
  internetMessageId?: string;
  conversationId?: string;
  /** All internet headers, one text. */
  headers?: string;
  /** Epoch ms UTC. */
  receivedAt?: number;
  attachments?: { name: string; contentType: string; /** base64 */ content: string }[];
  /** Where it lies in the mailbox; left out of one that is only shown. */
  kept?: { folder: MailFolder; isRead: boolean };
}

/** What the window shall show. */
export interface OpenRequest {
  mode: Mode;
  /** `edit`, `series`, `read`: the EWS id of the event. `series` opens the series of an occurrence. */
  id?: string;
  /** Whose mailbox, by address; the user's own when left out. */
  owner?: string;
  /** `new`: fields that are filled in already. */
  fields?: Partial<Omit<CalendarDraft, 'id'>>;
  /** `message-read`, `message-compose`. */
  mail?: MailContent;
  /** False: no launch events for this item. */
  events?: boolean;
}
