import type { Answer, CalendarDraft, CalendarItem, MailDeed, MailFolder, MailItem, MailLine, OutgoingMail, SendResult, Session } from '../mailbox.ts';

/** A refusal by the server, with its status (HTTP) and code; status 0 when it did not answer. */
export class ServerError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ServerError';
    this.status = status;
    this.code = code;
  }
}

/** The page's line to its mailbox. `mailbox` arguments are addresses; methods reject with ServerError. */
export interface Api {
  session: () => Promise<Session>;
  list: (mailbox: string, from: number, to: number) => Promise<CalendarItem[]>;
  read: (mailbox: string, id: string) => Promise<CalendarItem | null>;
  save: (mailbox: string, draft: CalendarDraft) => Promise<CalendarItem>;
  send: (mailbox: string, draft: CalendarDraft) => Promise<SendResult>;
  cancel: (mailbox: string, id: string, comment: string) => Promise<number>;
  respond: (mailbox: string, id: string, answer: Answer) => Promise<void>;
  move: (mailbox: string, id: string, start: number, end: number) => Promise<CalendarItem>;
  remove: (mailbox: string, id: string) => Promise<void>;
  mail: (mailbox: string, mail: OutgoingMail) => Promise<void>;
  mails: (mailbox: string, folder: MailFolder) => Promise<MailLine[]>;
  message: (mailbox: string, id: string) => Promise<MailItem | null>;
  changeMessage: (mailbox: string, id: string, deed: MailDeed) => Promise<void>;
  settings: (mailbox: string, settings?: Record<string, string>) => Promise<Record<string, string>>;
  token: (mailbox: string) => Promise<string>;
  identityToken: (mailbox: string) => Promise<string>;
  nestedToken: (mailbox: string, asked: { clientId: string; scope: string; origin: string }) => Promise<object>;
}

async function refusal(response: Response): Promise<ServerError> {
  const { code = 'failed', title = response.statusText }: { code?: string; title?: string } = await response.json().catch(() => ({}));
  return new ServerError(response.status, code, title);
}

/** The API below `base` (`/lab/api/outlook/`). */
export function createApi(base: string): Api {
  async function call<T>(name: string, body: object = {}): Promise<T> {
    const response = await fetch(base + name, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).catch((error: unknown) => {
      throw Object.assign(new ServerError(0, 'unreachable', 'The mail system does not answer.'), { cause: error });
    });
    if (!response.ok) throw await refusal(response);
    const answer: T = await response.json();
    return answer;
  }

  return {
    session: () => call('session'),
    list: (mailbox, from, to) => call('list', { mailbox, from, to }),
    read: (mailbox, id) => call('read', { mailbox, id }),
    save: (mailbox, draft) => call('save', { mailbox, draft }),
    send: (mailbox, draft) => call('send', { mailbox, draft }),
    cancel: (mailbox, id, comment) => call('cancel', { mailbox, id, comment }),
    respond: (mailbox, id, answer) => call('respond', { mailbox, id, answer }),
    move: (mailbox, id, start, end) => call('move', { mailbox, id, start, end }),
    remove: (mailbox, id) => call('remove', { mailbox, id }),
    mail: (mailbox, mail) => call('mail', { mailbox, mail }),
    mails: (mailbox, folder) => call('mails', { mailbox, folder }),
    message: (mailbox, id) => call('message', { mailbox, id }),
    changeMessage: (mailbox, id, deed) => call('change-message', { mailbox, id, deed }),
    settings: (mailbox, settings) => call('settings', { mailbox, ...(settings ? { settings } : {}) }),
    token: async (mailbox) => (await call<{ token: string }>('token', { mailbox })).token,
    nestedToken: (mailbox, asked) => call('nested-token', { mailbox, ...asked }),
    identityToken: async (mailbox) => (await call<{ token: string }>('identity-token', { mailbox })).token,
  };
}
