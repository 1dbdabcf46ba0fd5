/**
 * Callbacks of the host to promises. This file and its neighbours that launchevent/ uses keep to ES2015 without async,
 * without the conditional operator and its short forms (reference/office-addin.md section 2.2).
 */

/** A call of the host that failed, or that did not come back. `code` is Outlook's (9000 to 9055, 5000 = not supported); 0 when it never answered. */
export class OfficeFault extends Error {
  readonly call: string;
  readonly code: number;

  constructor(call: string, code: number, message: string) {
    super(`${call}: ${message} (${code})`);
    this.name = 'OfficeFault';
    this.call = call;
    this.code = code;
  }
}

/** Outlook's own limit is 65 s; a person who waits that long has pressed the button again. */
const DEADLINE_MS = 20000;

/** What every callback of the host receives. */
export type Answer<T> = Office.AsyncResult<T>;

/**
 * Runs one call of the host.
 *
 * @param call its name, for the error.
 * @throws OfficeFault when the host says no, throws, or is silent for `deadlineMs`.
 */
export function officeCall<T>(call: string, start: (done: (answer: Answer<T>) => void) => void, deadlineMs: number = DEADLINE_MS): Promise<T> {
  return new Promise<T>(function run(resolve, reject) {
    const timer = setTimeout(function late() {
      reject(new OfficeFault(call, 0, 'Outlook did not answer'));
    }, deadlineMs);
    function done(answer: Answer<T>): void {
      clearTimeout(timer);
      if (answer.status === Office.AsyncResultStatus.Succeeded) {
        resolve(answer.value);
        return;
      }
      reject(new OfficeFault(call, answer.error.code, answer.error.message));
    }
    try {
      start(done);
    } catch (cause) {
      clearTimeout(timer);
      reject(new OfficeFault(call, 0, String(cause)));
    }
  });
}
