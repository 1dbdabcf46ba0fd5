import { OurError } from '../../../domain/errors.ts';
import type { Repeat } from '../../../outbound/retry.ts';
import type { Right } from '../rights.ts';

/** One call of Graph, before it is sent. */
export interface GraphCall {
  /** What is asked, in words for log and errors ("read an event"). Static: never an id, an address, a subject. */
  what: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path below the version, made by `graphPath`; or an absolute link that Graph gave, which is followed as it is. */
  target: { path: string; query?: Readonly<Record<string, string>> } | { link: string };
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** The permission that it needs, for the remedy when it is refused. */
  right: Right;
  /** Whose budget it uses. */
  budget: { workload: 'mailbox'; mailbox: string } | { workload: 'directory' } | { workload: 'presence' } | { workload: 'subscriptions'; mailbox?: string };
  /** What it takes from the rates: the number of inner calls of a batch. Default 1. */
  cost?: number;
  /** May travel in one request with calls for other mailboxes: for reads that nobody waits for, because all are answered when the slowest is. */
  sharesRequest?: boolean;
  /** When it may be sent again. */
  repeat: Repeat;
  signal?: AbortSignal;
}

/** Only reads without a body travel together: the bytes of others are lost in a batch (graph.md §9). */
export function mayShare({ method, sharesRequest }: GraphCall): boolean {
  return sharesRequest === true && method === 'GET';
}

/**
 * A path with every value encoded: `graphPath`/users/${id}/events/${event}``. The library encodes nothing itself, and fetch resolves `..` before it sends,
 * so a value that is only dots (or nothing) would name another thing. Throws OurError for those.
 */
export function graphPath(parts: TemplateStringsArray, ...values: string[]): string {
  return values.reduce((path, value, index) => path + segment(value) + (parts[index + 1] ?? ''), parts[0] ?? '');
}

function segment(value: string): string {
  if (/^\.*$/.test(value)) throw new OurError('a path segment of Graph is empty or only dots');
  return encodeURIComponent(value);
}
