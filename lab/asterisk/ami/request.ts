/** One AMI request, read as Asterisk reads it: names without case, blanks after the colon skipped, the first of several wins. */

export interface Request {
  readonly action: string;
  readonly actionId: string;
  /** The first header of that name, or ''. */
  header(name: string): string;
  /** Every value of that name, in order. */
  all(name: string): string[];
  /** Every header as it came, for actions that hand them on (UserEvent). */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Reads the lines of a message. Lines without a colon mean nothing. */
export function readRequest(lines: readonly string[]): Request {
  const headers = lines.flatMap((line): (readonly [string, string])[] => {
    const colon = line.indexOf(':');
    return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).replace(/^[\s]+/, '')]];
  });

  function all(name: string): string[] {
    return headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  }

  return {
    action: all('Action').find((value) => value !== '') ?? '',
    actionId: all('ActionID')[0] ?? '',
    header: (name) => all(name)[0] ?? '',
    all,
    headers,
  };
}
