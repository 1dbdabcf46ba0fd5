import type { z } from 'zod';

/**
 * A role that may call an endpoint. `ticket` stands for a send ticket of the one conference named in the path, `newcomer` for an account of an Exchange
 * server, linked to a person or not yet.
 */
export type Who = 'public' | 'ticket' | 'newcomer' | 'user' | 'operator' | 'administrator' | 'auditor';

/** The plain half of an endpoint: what the add-in needs to call it. No schema library behind it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Express style: '/api/v1/conferences/:id'. */
  readonly path: `/api/v1/${string}`;
  readonly who: readonly Who[];
}

/** An endpoint as data. Express, OpenAPI and the handlers' types are made from it. */
export interface Endpoint<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Response extends z.ZodType> {
  readonly route: Route;
  readonly summary: string;
  /** A read may be repeated by the client; a change must be safe to repeat by its own key. */
  readonly kind: 'read' | 'change';
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly response: Response;
  /** Largest request body where it is more than usual: '24mb'. */
  readonly longestBody?: string;
}

/** Declares an endpoint; exists so that its types are inferred. */
export function endpoint<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Response extends z.ZodType>(
  declared: Endpoint<Params, Query, Body, Response>,
): Endpoint<Params, Query, Body, Response> {
  return declared;
}

/** Somebody who is signed in with an access token of Entra, and that token, for acting in their name. Behind a function, so that no log and no answer prints it. */
export interface OwnSignIn {
  entraTenant: string;
  objectId: string;
  token: () => string;
}

/** A GET that answers with bytes: files, sound. Ranges of it may be asked for. */
export interface BytesEndpoint<Params extends z.ZodType, Query extends z.ZodType> {
  readonly route: Route & { readonly method: 'GET' };
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly contentTypes: readonly string[];
}

/** Declares one; exists so that its types are inferred. */
export function bytesEndpoint<Params extends z.ZodType, Query extends z.ZodType>(declared: BytesEndpoint<Params, Query>): BytesEndpoint<Params, Query> {
  return declared;
}

/** Who calls, after sign-in. */
export interface Caller {
  tenantId: string;
  /** Our own id of the person; null for tickets and the public. */
  personId: string | null;
  /** What the token said: shown and logged, never a key. */
  name: string;
  address: string;
  roles: readonly Who[];
  /** Set when the caller showed a valid send ticket: the only conference it is good for. */
  ticketFor: string | null;
  /** Set when an account of an Exchange server signed in: metadata address and account id. */
  exchangeAccount?: string;
  /** Two letters, from Accept-Language. */
  language: string;
  correlationId: string;
  /** Missing for sessions, tickets and the public: they carry no token of the person. */
  ownSignIn?: OwnSignIn;
}

type Out<T> = T extends z.ZodType ? z.output<T> : never;

/** The handlers that fit an API: one async function per endpoint. */
export type Handlers<Api> = {
  [Name in keyof Api]: Api[Name] extends Endpoint<infer Params, infer Query, infer Body, infer Response>
    ? (input: { params: Out<Params>; query: Out<Query>; body: Out<Body> }, caller: Caller) => Promise<z.input<Response>>
    : never;
};
