import type { Html } from '../domain/html.ts';

/**
 * Pages that the server renders and that need no script. A feature gives them, web/ mounts them: it has read the form, checked that the form is our own page's,
 * and found out who is signed in. Knows neither Express nor any feature.
 */

/** Who is signed in on a web page. */
export interface Visitor {
  tenantId: string;
  personId: string;
  name: string;
  address: string;
  roles: readonly string[];
}

export interface PageRequest {
  /** Parameters of the path. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** What a form sent; empty for GET. Hostile text. */
  form: URLSearchParams;
  /** Two letters: `?lang=`, else what the browser prefers. */
  language: string;
  /** IANA zone that the visitor chose, or that the page's script found out; null when neither. */
  timeZone: string | null;
  /** Null when nobody is signed in. */
  visitor: Visitor | null;
  /** Value of the hidden field `csrf` that every form must carry. */
  csrf: string;
  /** Random name of this browser, the same for weeks, kept by it in a cookie; a digest, so that it may be stored. */
  browser: string;
  /** Network address, for counting only. */
  address: string;
}

/** What stands between the head and the foot that web/ puts around every page. */
export interface PageContent {
  /** Of the window, and said first by screen readers. */
  title: string;
  main: Html;
  /** Ask again after so many seconds, by itself. */
  refreshSeconds?: number;
  /** Where the refresh leads; the page itself when it is left out. A path of this server. */
  refreshTo?: string;
  /** The language that the words are really in, when it is not the one that was asked for: a screen reader must not read English aloud as French. */
  language?: string;
}

export type PageAnswer =
  | { status: number; page: PageContent }
  /** After a form, or as a way in: look there. */
  | { status: 303; location: string }
  | { status: 200; file: { name: string; type: string; content: string } };

export interface Page {
  /** As Express writes paths: `/j/:id`. */
  path: string;
  /** Default: GET alone. */
  methods?: readonly ('GET' | 'POST')[];
  /** `user`: whoever is not signed in is sent to sign in first. Any other role is needed in addition. Default: anybody. */
  who?: 'anybody' | 'user' | 'operator' | 'administrator' | 'auditor';
  handle(request: PageRequest): Promise<PageAnswer>;
}
