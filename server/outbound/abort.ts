import { OurError } from '../domain/errors.ts';

/** Why a signal fired, as an error that can be thrown. */
export function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new OurError('stopped', { cause: reason });
}
