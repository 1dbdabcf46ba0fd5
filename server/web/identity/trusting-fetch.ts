import { createSecureContext, rootCertificates } from 'node:tls';
import { Agent, fetch } from 'undici';

/** What we hand on of a request, as the libraries of sign-in make it. */
export interface PlainRequest {
  method?: string | undefined;
  headers?: Iterable<[string, string]> | Record<string, string> | undefined;
  body?: string | URLSearchParams | undefined;
  redirect?: 'manual' | 'follow' | 'error' | undefined;
  signal?: AbortSignal | undefined;
}

/** Longer than any document or token answer of a sign-in service. */
const longestAnswer = 1024 * 1024;

/** A fetch that trusts `ca` (PEM) besides the public authorities. Answers are read to the end. */
export function trustingFetch(ca: string | undefined): (url: string, request: PlainRequest) => Promise<Response> {
  let agent: Agent | undefined;
  /** With one context for all its connections, made when the first is: reading some 140 public authorities takes 45 ms of a processor. */
  const agentFor = (own: string): Agent => (agent ??= new Agent({ connect: { secureContext: createSecureContext({ ca: [...rootCertificates, own] }) } }));
  return async (url, { method = 'GET', headers = {}, body, redirect = 'manual', signal }) => {
    const init = { method, headers: Object.fromEntries(Symbol.iterator in headers ? [...headers] : Object.entries(headers)), redirect, body: body?.toString() ?? null };
    const answer = await fetch(url, { ...init, ...(signal ? { signal } : {}), ...(ca === undefined ? {} : { dispatcher: agentFor(ca) }) });
    const text = await answer.text();
    if (text.length > longestAnswer) throw new RangeError(`the answer is longer than ${longestAnswer} bytes`);
    return new Response([204, 205, 304].includes(answer.status) ? null : text, { status: answer.status, headers: [...answer.headers] });
  };
}
