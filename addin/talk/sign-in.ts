/** Why nobody could be signed in. `asked` is true when a person has seen a window and closed or refused it. */
export type SignInReason =
  /** A person must press "Sign in". */
  | 'signed-out'
  /** The organisation has not consented to Tieline for this account. */
  | 'not-allowed'
  /** The sign-in service itself cannot be reached. */
  | 'unreachable';

export class SignInFault extends Error {
  readonly reason: SignInReason;
  /** What each rung said, for Details. */
  readonly rungs: readonly string[];

  constructor(reason: SignInReason, rungs: readonly string[]) {
    super(`no sign-in: ${rungs.join('; ')}`);
    this.name = 'SignInFault';
    this.reason = reason;
    this.rungs = rungs;
  }
}

/** One way to get a token. */
export interface Rung {
  name: string;
  /** This Outlook has it. */
  isHere: () => boolean | Promise<boolean>;
  /** A token without showing anything; `renew` when the last one was refused. */
  silent: (renew: boolean) => Promise<string>;
  /** A token, where a window may open; absent when this way has none. */
  ask?: () => Promise<string>;
  /** What a failure of this rung means. */
  reasonOf: (fault: unknown) => SignInReason;
}

/** A ladder of ways to sign in, the best first. */
export interface SignIn {
  /** A token without showing anything. @throws SignInFault */
  token: (renew: boolean) => Promise<string>;
  /** After a person pressed "Sign in": windows may open. @throws SignInFault */
  ask: () => Promise<string>;
}

/** Of several failures the one that a person can act on: who is not allowed should not be sent to sign in again and again. */
function worst(reasons: readonly SignInReason[]): SignInReason {
  if (reasons.includes('not-allowed')) return 'not-allowed';
  if (reasons.length > 0 && reasons.every((reason) => reason === 'unreachable')) return 'unreachable';
  return 'signed-out';
}

/**
 * Makes the ladder (design.md section 9). Each rung is tried in turn; the one that worked is tried first from then on.
 * Requests that come while a token is on its way share it.
 */
export function createSignIn(rungs: readonly Rung[]): SignIn {
  let best: Rung | undefined;
  let running: Promise<string> | undefined;

  async function climb(get: (rung: Rung) => Promise<string> | undefined): Promise<string> {
    const failures: string[] = [];
    const reasons: SignInReason[] = [];
    const order = best === undefined ? rungs : [best, ...rungs.filter((rung) => rung !== best)];
    for (const rung of order) {
      try {
        if (!(await rung.isHere())) continue;
        const token = await get(rung);
        if (token === undefined) continue;
        best = rung;
        return token;
      } catch (fault) {
        failures.push(`${rung.name}: ${fault instanceof Error ? fault.message : String(fault)}`);
        reasons.push(rung.reasonOf(fault));
      }
    }
    throw new SignInFault(worst(reasons), failures.length === 0 ? ['no way to sign in here'] : failures);
  }

  return {
    token(renew) {
      running ??= climb((rung) => rung.silent(renew)).finally(() => {
        running = undefined;
      });
      return running;
    },
    ask: () => climb((rung) => rung.ask?.()),
  };
}
