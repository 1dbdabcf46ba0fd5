import type { ProblemView } from '../../contract/problem.ts';

/** Why a request to our server had no good end; decides the message and whether trying again makes sense. */
export type FaultKind =
  /** No connection at all. */
  | 'offline'
  /** A connection, but no answer in time, or an answer that is not ours. */
  | 'silent'
  /** The server says that it cannot now (429, 5xx). */
  | 'busy'
  /** We are signed out, or the token was not taken. */
  | 'signed-out'
  /** Signed in, but not allowed. */
  | 'not-allowed'
  | 'not-found'
  /** A newer version exists. */
  | 'conflict'
  /** Any other refusal: `problem` says why. */
  | 'refused';

/** A request that failed. */
export class TalkFault extends Error {
  readonly kind: FaultKind;
  readonly problem: ProblemView | undefined;
  /** When the server asked for patience: milliseconds from now. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: FaultKind, message: string, more: { problem?: ProblemView | undefined; retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.name = 'TalkFault';
    this.kind = kind;
    this.problem = more.problem;
    this.retryAfterMs = more.retryAfterMs;
  }
}

/** The kind that a status stands for. */
export function kindOfStatus(status: number): FaultKind {
  if (status === 401) return 'signed-out';
  if (status === 403) return 'not-allowed';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 429 || status >= 500) return 'busy';
  return 'refused';
}

/** Trying the same again later may help. */
export function mayPass(fault: unknown): boolean {
  return fault instanceof TalkFault && (fault.kind === 'offline' || fault.kind === 'silent' || fault.kind === 'busy');
}
