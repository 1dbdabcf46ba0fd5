import { z } from 'zod';
import type { OutlookMailbox, Session } from './mailbox.ts';
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
  session: () => Session;
}

type Handlers = { [Name in keyof typeof requests]: (input: z.infer<(typeof requests)[Name]>) => Promise<unknown> };

/** Runs one call of the page's API by name. Rejects with ApiError when the call is unknown, malformed or refused. */
export function createApi({ mailbox, issueToken, issueIdentityToken, session }: ApiOptions): (name: string, body: unknown) => Promise<unknown> {
  /** Roaming settings live in the mailbox, which the lab's exchange does not model; they last as long as the lab. */
  const settings = new Map<string, Record<string, string>>();

  const handlers: Handlers = {
    list: ({ mailbox: owner, from, to }) => mailbox.list(owner, from, to),
    read: ({ mailbox: owner, id }) => mailbox.read(owner, id),
    save: ({ mailbox: owner, draft }) => mailbox.save(owner, definite(draft)),
    send: ({ mailbox: owner, draft }) => mailbox.send(owner, definite(draft)),
    cancel: ({ mailbox: owner, id, comment }) => mailbox.cancel(owner, id, comment),
    respond: ({ mailbox: owner, id, answer }) => mailbox.respond(owner, id, answer),
    move: ({ mailbox: owner, id, start, end }) => mailbox.move(owner, id, start, end),
    remove: ({ mailbox: owner, id }) => mailbox.remove(owner, id),
    mail: ({ mailbox: owner, mail }) => mailbox.sendMail(owner, mail),
    settings: async ({ mailbox: owner, settings: written }) => {
      if (written) settings.set(owner.toLowerCase(), written);
      return settings.get(owner.toLowerCase()) ?? {};
    },
    token: async ({ mailbox: owner }) => ({ token: await issueToken(owner) }),
    'identity-token': async ({ mailbox: owner }) => {
      if (!issueIdentityToken) throw new ApiError(403, '9018', 'Exchange Online no longer issues legacy tokens.');
      return { token: await issueIdentityToken(owner) };
    },
  };

  return async (name, body) => {
    if (name === 'session') return session();
    if (!isCall(name)) throw new ApiError(404, 'unknownCall', `There is no call "${name}".`);
    return run(handlers, name, body);
  };
}

function isCall(name: string): name is keyof typeof requests {
  return Object.hasOwn(requests, name);
}

async function run<Name extends keyof typeof requests>(handlers: Handlers, name: Name, body: unknown): Promise<unknown> {
  const parsed = requests[name].safeParse(body);
  if (!parsed.success) throw new ApiError(400, 'malformed', z.prettifyError(parsed.error));
  try {
    return await handlers[name](parsed.data as z.infer<(typeof requests)[Name]>);
  } catch (error) {
    throw refusal(error);
  }
}

function refusal(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' || typeof code === 'number') return new ApiError(409, String(code), String(message));
  return new ApiError(500, 'failed', String(message ?? error));
}

/** Drops keys whose value is undefined: an optional field that zod leaves behind is none. */
function definite<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return JSON.parse(JSON.stringify(value)) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}
