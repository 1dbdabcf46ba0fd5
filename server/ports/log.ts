/** Structured log: a static message, the facts as fields. Never a secret, a body, or a subject. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** A log that adds these fields to every line. */
  child(fields: object): Log;
}

/** A log that says nothing. */
export const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
