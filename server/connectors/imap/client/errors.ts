import { TheirError } from '../../../domain/errors.ts';
import type { TheirFault } from '../../../domain/errors.ts';

/** What imapflow lays into its errors; nothing of it is certain to be there. */
interface ImapFailure { code?: unknown; serverResponseCode?: unknown; responseStatus?: unknown; responseText?: unknown; authenticationFailed?: unknown; throttleReset?: unknown }

/** Response codes of RFC 9051 7.1 and their meaning for us. */
const faults: Readonly<Record<string, TheirFault>> = {
  OVERQUOTA: 'full', LIMIT: 'throttled', INUSE: 'unavailable', UNAVAILABLE: 'unavailable', SERVERBUG: 'unavailable', EXPUNGEISSUED: 'gone', NONEXISTENT: 'gone', TRYCREATE: 'gone',
  NOPERM: 'denied', AUTHORIZATIONFAILED: 'denied', AUTHENTICATIONFAILED: 'denied', EXPIRED: 'denied', PRIVACYREQUIRED: 'denied', CONTACTADMIN: 'denied', TOOBIG: 'refused', APPENDLIMIT: 'refused',
};

const remedies: Partial<Record<TheirFault, string>> = {
  full: 'The mailbox is full: its owner must delete something, or its quota must be raised.',
  denied: 'See that the server takes our sign-in for this mailbox, and that the mailbox is there; the server\'s log says why it refused.',
};

/** How long we leave a server alone that has too many connections of us; it does not say. Ours. */
const tooManyMs = 30_000;

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The code in brackets that some servers write where the library does not look. */
function codeOf({ serverResponseCode, responseText }: ImapFailure): string {
  return (word(serverResponseCode) || (/^\[([A-Z-]+)/.exec(word(responseText))?.[1] ?? '')).toUpperCase();
}

/** Codes of the library and of Node when there is no connection any more, or none came about. */
const isConnection = /^(NoConnection|EConnectionClosed|ECONN\w*|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT|GREETING_TIMEOUT|GREEETING_TIMEOUT|UPGRADE_TIMEOUT|StateLogout|ClosedAfterConnect\w*|ClosedAfterConnectTLS)$/i;

const isCertificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/i;

/**
 * What imapflow threw, as TheirError. `isOpening`: the connection was being made, so nothing was done; otherwise what we asked for may have been. No text of
 * the server is handed on but its code: it may quote a mail.
 */
export function imapError(connector: string, what: string, error: unknown, isOpening: boolean): TheirError {
  if (error instanceof TheirError) return error;
  const failure: ImapFailure = typeof error === 'object' && error !== null ? error : {};
  const code = codeOf(failure);
  const text = word(failure.responseText);
  const said = code === '' ? '' : ` (${code})`;
  if (word(failure.code) === 'ETHROTTLE') {
    const wait = Number(failure.throttleReset);
    return new TheirError(connector, 'throttled', `${what}: the server asks for a pause`, { cause: error, ...(Number.isFinite(wait) && wait > 0 ? { retryAfterMs: Math.min(wait, 3_600_000) } : {}) });
  }
  if (/too many (simultaneous )?connections|maximum number of connections/i.test(`${text} ${error instanceof Error ? error.message : ''}`)) {
    return new TheirError(connector, 'throttled', `${what}: the server has too many connections of this mailbox`, { cause: error, retryAfterMs: tooManyMs });
  }
  const fault = faults[code] ?? (failure.authenticationFailed === true ? 'denied' : undefined);
  if (fault) return new TheirError(connector, fault, `${what}: refused${said}`, { cause: error, ...(remedies[fault] === undefined ? {} : { remedy: remedies[fault] }) });
  if (isCertificate.test(word(failure.code))) {
    return new TheirError(connector, 'unavailable', `${what}: the server's certificate is not trusted (${word(failure.code)})`, { cause: error, remedy: 'See that host is the name in the certificate; name its authority in caFile when it is no public one.' });
  }
  if (isConnection.test(word(failure.code)) || failure.responseStatus === undefined) return new TheirError(connector, isOpening ? 'unavailable' : 'no-answer', `${what}: ${isOpening ? 'the server does not answer' : 'the connection broke'}`, { cause: error });
  return new TheirError(connector, 'refused', `${what}: the server said ${word(failure.responseStatus)}${said}`, { cause: error });
}

/**
 * A mail that the server will not take for its size. LIMIT asks elsewhere for patience; of APPEND Dovecot says it where a mail is larger than `quota_max_mail_size` (tried with 2.3.19),
 * and waiting makes no mail smaller.
 */
export function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && codeOf(error) === 'LIMIT';
}

/** True when the server refused who we are, not what we asked. */
export function isSignInRefusal(error: unknown): boolean {
  if (!(error instanceof TheirError) || typeof error.cause !== 'object' || error.cause === null) return false;
  return 'authenticationFailed' in error.cause && error.cause.authenticationFailed === true;
}
