import { TheirError } from '../domain/errors.ts';

/** Socket errors and pg's own words for a connection that is not there. pg gives several of them no code. */
const brokenCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN', 'ENETUNREACH']);
const brokenWords = /Connection terminated|timeout exceeded when trying to connect|Query read timeout|connection error and is not queryable|Client was closed|server closed the connection/i;

/** SQLSTATE classes (PostgreSQL manual, appendix A): connection exceptions, shutdown and crash, too many connections. */
const unavailableState = /^(08...|57P0[1-5]|53300)$/;

const remedy = 'Check that PostgreSQL runs and that DATABASE_URL points at it; Tieline goes on by itself when it answers.';

/** The code of an error, whoever threw it; '' when it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return String(error.code);
}

/** True when the connection that gave this error must not be used again. */
export function breaksConnection(error: unknown): boolean {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  return brokenCodes.has(code) || unavailableState.test(code) || brokenWords.test(message);
}

/**
 * The database's failure as one of ours: TheirError for a database that is away, slow or refuses us; anything else (a violated constraint, wrong SQL)
 * unchanged, because its SQLSTATE in `code` means something to the caller.
 */
export function asStoreError(error: unknown): unknown {
  if (error instanceof TheirError) return error;
  const code = codeOf(error);
  if (code === '57014' || isReadTimeout(error)) return new TheirError('database', 'no-answer', 'the database did not answer in time', { cause: error });
  if (code.startsWith('28') || code === '3D000') {
    return new TheirError('database', 'denied', 'the database refuses the login or does not exist', { cause: error, remedy: 'Check user, password and database name in DATABASE_URL.' });
  }
  if (breaksConnection(error)) return new TheirError('database', 'unavailable', 'the database does not answer', { cause: error, remedy });
  return error;
}

/** pg gives up waiting for an answer: the connection is half open, or the machine stands still. */
function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** True for a transaction that PostgreSQL broke off so that another could go on: it may simply be run again. */
export function mayRunAgain(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}
