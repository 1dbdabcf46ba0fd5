/** A place on a phone system: what can be dialled inside. `pbx` names the connector instance. Several phone systems are normal. */
export interface LineRef {
  pbx: string;
  /** Dialplan context in which the extension can be dialled. */
  context: string;
  extension: string;
}

/** Who says whose line it is, the most trusted first. */
export const lineSources = ['administrator', 'directory', 'voicemail', 'template'] as const;

export type LineSource = (typeof lineSources)[number];

/** For keys of work and topics: `pbx/context/extension`. */
export function lineKey({ pbx, context, extension }: LineRef): string {
  return `${pbx}/${context}/${extension}`;
}

/** The reverse; null for a key that is none. Neither an instance nor an extension has a slash in it. */
export function lineOfKey(key: string): LineRef | null {
  const [first, last] = [key.indexOf('/'), key.lastIndexOf('/')];
  return first > 0 && last > first && last < key.length - 1 ? { pbx: key.slice(0, first), context: key.slice(first + 1, last), extension: key.slice(last + 1) } : null;
}
