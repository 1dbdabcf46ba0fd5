import { z } from 'zod';
import type { CalendarDraft, OutlookMailbox, Session } from './mailbox.ts';
import { requests } from './schema.ts';

/** A refusal that the page is told: `status` is HTTP's, `code` the mail system's or ours. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

export interface ApiOptions {
  mailbox: OutlookMailbox;
  /** An access token for the add-in's own audience, as Outlook would get it from Entra. An error's numeric `code` (13001…) is told to the add-in. */
  issueToken: (person: string) => Promise<string>;
  /** The old Exchange identity token. Left out: refused, as in all Microsoft 365 tenants. */
  issueIdentityToken?: (person: string) => Promise<string>;
  /** Tokens and account by nested app authentication, as @azure/msal-browser reads them. Left out: refused. An error's `code` and text are told to the page. */
  issueNested?: (person: string, asked: { clientId: string; scope: string; origin: string }) => Promise<object>;
  session: () => Session;
}

type Requests = typeof requests;
type Call = (body: unknown) => Promise<unknown>;

/** A call that reads its input by `schema` before `run` sees it. */
function parsed<Schema extends z.ZodType>(schema: Schema, run: (input: z.output<Schema>) => Promise<unknown>): Call {
  return async (body) => {
    const input = schema.safeParse(body);
    if (!input.success) throw new ApiError(400, 'malformed', z.prettifyError(input.error));
    try {
      return await run(input.data);
    } catch (error) {
      throw refusal(error);
    }
  };
}

/** Runs one call of the page's API by name. Rejects with ApiError when the call is unknown, malformed or refused. */
export function createApi({ mailbox, issueToken, issueIdentityToken, issueNested, session }: ApiOptions): (name: string, body: unknown) => Promise<unknown> {
  /** Roaming settings live in the mailbox, which the lab's exchange does not model; they last as long as the lab. */
  const settings = new Map<string, Record<string, string>>();

  const calls: { [Name in keyof Requests]: Call } = {
    list: parsed(requests.list, ({ mailbox: owner, from, to }) => mailbox.list(owner, from, to)),
    read: parsed(requests.read, ({ mailbox: owner, id }) => mailbox.read(owner, id)),
    save: parsed(requests.save, ({ mailbox: owner, draft }) => mailbox.save(owner, definite(draft))),
    send: parsed(requests.send, ({ mailbox: owner, draft }) => mailbox.send(owner, definite(draft))),
    cancel: parsed(requests.cancel, ({ mailbox: owner, id, comment }) => mailbox.cancel(owner, id, comment)),
    respond: parsed(requests.respond, ({ mailbox: owner, id, answer }) => mailbox.respond(owner, id, answer)),
    move: parsed(requests.move, ({ mailbox: owner, id, start, end }) => mailbox.move(owner, id, start, end)),
    remove: parsed(requests.remove, ({ mailbox: owner, id }) => mailbox.remove(owner, id)),
    mail: parsed(requests.mail, ({ mailbox: owner, mail }) => mailbox.sendMail(owner, mail)),
    mails: parsed(requests.mails, ({ mailbox: owner, folder }) => mailbox.mails(owner, folder)),
    message: parsed(requests.message, ({ mailbox: owner, id }) => mailbox.mail(owner, id)),
    'change-message': parsed(requests['change-message'], ({ mailbox: owner, id, deed: { isRead, moveTo } }) => mailbox.change(owner, id, { ...(isRead === undefined ? {} : { isRead }), ...(moveTo ? { moveTo } : {}) })),
    settings: parsed(requests.settings, async ({ mailbox: owner, settings: written }) => {
      if (written) settings.set(owner.toLowerCase(), written);
      return settings.get(owner.toLowerCase()) ?? {};
    }),
    token: parsed(requests.token, async ({ mailbox: owner }) => ({ token: await issueToken(owner) })),
    'identity-token': parsed(requests['identity-token'], async ({ mailbox: owner }) => {
      if (!issueIdentityToken) throw new ApiError(403, '9018', 'Exchange Online no longer issues legacy tokens.');
      return { token: await issueIdentityToken(owner) };
    }),
    'nested-token': parsed(requests['nested-token'], async ({ mailbox: owner, ...asked }) => {
      if (!issueNested) throw new ApiError(403, 'unauthorized_client', 'This Outlook has no nested app authentication.');
      return issueNested(owner, asked);
    }),
  };

  return async (name, body) => {
    if (name === 'session') return session();
    if (!isCall(name)) throw new ApiError(404, 'unknownCall', `There is no call "${name}".`);
    return calls[name](body);
  };
}

function isCall(name: string): name is keyof Requests {
  return Object.hasOwn(requests, name);
}

function refusal(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!(error instanceof Error)) return new ApiError(500, 'failed', String(error));
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' || typeof code === 'number') return new ApiError(409, String(code), error.message);
  return new ApiError(500, 'failed', error.message);
}

/** Drops keys whose value is undefined: an optional field that zod leaves behind is none. */
function definite(value: z.output<Requests['save']>['draft']): CalendarDraft {
  const draft: CalendarDraft = JSON.parse(JSON.stringify(value));
  return draft;
}
