import { GraphError } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import type { TheirFault } from '../../../domain/errors.ts';
import { remedyFor } from '../rights.ts';
import type { Right } from '../rights.ts';
import { retryAfterMs } from './retry-after.ts';

/** Graph's error body. Text in it may hold what users wrote: cut, and never logged as a message of ours. */
const errorBody = z.object({ error: z.object({ code: z.string().default(''), message: z.string().default('') }) });

const longestText = 300;

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim().slice(0, longestText);
}

/** The answer as the library's own GraphError, which becomes the cause. */
function graphError(status: number, headers: Headers, text: string): GraphError {
  const error = new GraphError(status, `HTTP ${status}`);
  error.headers = headers;
  error.requestId = headers.get('request-id');
  const read = errorBody.safeParse(parsed(text));
  if (!read.success) return error;
  error.code = oneLine(read.data.error.code);
  error.message = oneLine(read.data.error.message);
  return error;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Status and code of Graph's refusal behind an error; null when it was none. */
export function refusalOf(error: unknown): { status: number; code: string } | null {
  if (!(error instanceof TheirError) || !(error.cause instanceof GraphError)) return null;
  return { status: error.cause.statusCode, code: error.cause.code ?? '' };
}

/** Codes by which Graph says that the mailbox itself, not a thing in it, cannot be reached. */
const noMailbox = /^(MailboxNotEnabledForRESTAPI|MailboxNotSupportedForRESTAPI|ErrorNonExistentMailbox|ErrorInvalidUser|ErrorMailboxMoveInProgress|Request_ResourceNotFound)$/i;

/** Subscription quotas are refused with 403, the limit in the message (graph.md §1). */
function isQuota(status: number, message: string): boolean {
  return status === 403 && /\b(limit|quota)\b/i.test(message);
}

function faultOf(status: number, code: string, message: string): TheirFault {
  // Exchange moves mailboxes between servers and says so with 4xx, too: it passes.
  if (/^(ErrorMailboxMoveInProgress|ErrorServerBusy|ErrorMailboxStoreUnavailable)$/i.test(code)) return 'unavailable';
  // The mailbox has no room. Exchange says so with 507 or 4xx.
  if (/^(ErrorQuotaExceeded|ErrorMailboxQuotaExceeded)$/i.test(code)) return 'full';
  if (isQuota(status, message)) return 'refused';
  if (status === 401 || status === 403) return 'denied';
  if (status === 404 || status === 410) return 'gone';
  if (status === 408) return 'no-answer';
  if (status === 429 || status === 509) return 'throttled';
  if (status === 423 || status >= 500) return 'unavailable';
  return 'refused';
}

function remedyOf(status: number, code: string, message: string, right: Right): string | undefined {
  if (status === 401) return 'Graph refused our token: see that the app registration is enabled in this tenant, and that the cloud and baseUrl are right.';
  if (/QuotaExceeded$/i.test(code)) return 'The mailbox is full: its owner must delete something, or its quota must be raised.';
  if (isQuota(status, message)) return 'Too many subscriptions: delete those that other software no longer uses.';
  if (status === 403) return remedyFor(right);
  if (noMailbox.test(code)) return 'See that this person has an Exchange Online mailbox and a licence for it. A mailbox on premises needs the Exchange connector.';
  return undefined;
}

/**
 * A refusal as TheirError, its cause a GraphError. `retryAfterMs` is set for 'throttled' and 'unavailable'.
 * `text` is the body, `now` epoch ms UTC.
 */
export function refusal({ connector, what, right, response, text, now }: { connector: string; what: string; right: Right; response: Response; text: string; now: number }): TheirError {
  const { status, headers } = response;
  const cause = graphError(status, headers, text);
  const code = cause.code ?? '';
  const fault = faultOf(status, code, cause.message);
  const remedy = remedyOf(status, code, cause.message, right);
  const asked = fault === 'throttled' || fault === 'unavailable' ? retryAfterMs(headers.get('retry-after'), now, fault === 'throttled') : undefined;
  const request = cause.requestId === null ? '' : `, request-id ${oneLine(cause.requestId)}`;
  return new TheirError(connector, fault, `${what}: HTTP ${status}${code === '' ? '' : ` ${code}`}${request}`, {
    cause, ...(remedy === undefined ? {} : { remedy }), ...(asked === undefined ? {} : { retryAfterMs: asked }),
  });
}
