import type { Exchange } from '../exchange.ts';

/** One request, its path cut at the slashes and each part decoded afterwards, so that %2F stays inside a part (tried). */
export interface AriQuestion {
  method: string;
  parts: readonly string[];
  query: URLSearchParams;
  exchange: Exchange;
}

/** JSON, or bytes with a type. */
export type AriAnswer = { status: number; json: unknown } | { status: number; contentType: string; bytes: Buffer } | { status: 204 };

/** Null when the path is not this route's. */
export type AriRoute = (question: AriQuestion) => AriAnswer | null | Promise<AriAnswer | null>;

export function message(status: number, text: string): AriAnswer {
  return { status, json: { message: text } };
}
