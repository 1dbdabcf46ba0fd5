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
