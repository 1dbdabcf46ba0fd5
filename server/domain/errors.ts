/**
 * Three kinds of errors, by who can mend them. Everything that is thrown on purpose is one of these; each keeps its cause.
 */

/** What a person or an administrator is told. `code` is stable and documented; `remedy` says what to do, in one sentence. */
export interface Problem {
  code: string;
  message: string;
  remedy?: string;
  /** The input field that is wrong, as a path ("startsAt", "connectors.pbx.ami.host"). */
  field?: string;
}

/** The caller's mistake: bad input, no right, too late. Shown to them without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problem: Problem;
  /** HTTP status that fits. */
  readonly status: number;

  constructor(status: number, problem: Problem, cause?: unknown) {
    super(problem.message, { cause });
    this.status = status;
    this.problem = problem;
  }
}

/** How an outside system failed: decides whether and when to try again. */
export type TheirFault =
  /** Did not answer in time, or the connection broke: the effect is unknown. */
  | 'no-answer'
  /** Asked us to come back later. */
  | 'throttled'
  /** Answered that it cannot now (5xx, still starting). */
  | 'unavailable'
  /** Somebody is at it, and a write now would do harm (a caller in the voicemail box): nothing was done, wait until they are through. */
  | 'busy'
  /** Has no room for it (quota, largest number of messages): nothing was done, and somebody must make room. */
  | 'full'
  /** Refused our credentials or rights: an administrator must act. */
  | 'denied'
  /** Says that the thing does not exist. */
  | 'gone'
  /** Refused what we asked for good. */
  | 'refused'
  /** Answered something we cannot read. */
  | 'unreadable';

/** An outside system's failure, with the connector's name in front of the message. */
export class TheirError extends Error {
  override readonly name = 'TheirError';
  readonly connector: string;
  readonly fault: TheirFault;
  /** Earliest moment to try again, milliseconds from now, when they said so. */
  readonly retryAfterMs: number | undefined;
  readonly remedy: string | undefined;

  constructor(connector: string, fault: TheirFault, message: string, more: { retryAfterMs?: number; remedy?: string; cause?: unknown } = {}) {
    super(`[${connector}] ${message}`, { cause: more.cause });
    this.connector = connector;
    this.fault = fault;
    this.retryAfterMs = more.retryAfterMs;
    this.remedy = more.remedy;
  }

  /** True when the same request may succeed later without anybody acting. */
  get passing(): boolean {
    return this.fault === 'no-answer' || this.fault === 'throttled' || this.fault === 'unavailable' || this.fault === 'busy';
  }
}

/** Our own mistake: a broken invariant. Never shown, always logged with its stack. */
export class OurError extends Error {
  override readonly name = 'OurError';
}
