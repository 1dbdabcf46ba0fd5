import { destination, multistream, pino, type DestinationStream, type LoggerOptions } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

/** Fields that are never written, however deep in two levels they stand: secrets, and what belongs to people alone. */
const secretFields = [
  'authorization', 'cookie', 'password', 'passcode', 'secret', 'token', 'ticket', 'accessCode', 'hostCode', 'code_verifier', 'client_secret', 'subject', 'body', 'databaseUrl',
];

/** Secrets that hide in texts, mostly in messages of libraries: passwords in addresses, bearer tokens, JWTs. */
const secretTexts: readonly [RegExp, string][] = [
  [/(\w:\/\/[^\s:/@]*:)[^\s@]+@/g, '$1***@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
];

/** The log: one JSON object a line, to `stream` or standard output, in the time of `clock`; to `also` besides, with the same things left out. */
export function createLog({ level, clock, stream, also }: { level: string; clock: Clock; stream?: DestinationStream; also?: DestinationStream }): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '***' },
    serializers: { err: writeError },
  };
  if (also) return pino(options, multistream([{ level: 'trace', stream: stream ?? destination(1) }, { level: 'trace', stream: also }]));
  return stream ? pino(options, stream) : pino(options);
}

/** Takes secrets out of a text. */
export function clean(text: string): string {
  return secretTexts.reduce((cleaned, [pattern, replacement]) => cleaned.replaceAll(pattern, replacement), text);
}

/** An error with its stack and its causes, or whatever was thrown instead. */
function writeError(error: unknown): unknown {
  if (!(error instanceof Error)) return clean(String(error));
  return {
    type: error.name,
    message: clean(error.message),
    stack: clean(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: writeError(error.cause) }),
  };
}
