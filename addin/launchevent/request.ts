import type { Route } from '../../contract/endpoint.ts';

/** Proof of who asks: the send ticket of one conference, or a person's token. */
export interface Proof {
  ticket?: string;
  token?: string;
}

/** Header of the send ticket, as the server reads it. */
const TICKET_HEADER = 'Tieline-Ticket';

function headersOf(proof: Proof, body: object | undefined): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (proof.ticket !== undefined) headers[TICKET_HEADER] = proof.ticket;
  else if (proof.token !== undefined) headers['authorization'] = `Bearer ${proof.token}`;
  return headers;
}

/** What a request carries. */
export interface Sent {
  /** Origin of the server; classic Outlook's event runtime wants absolute addresses. */
  api: string;
  route: Route;
  id: string;
  proof: Proof;
  body?: object;
  /** Language for words that the server writes. */
  language?: string;
}

/** One request, once, bounded in time: the invite waits for it. Rejects on every answer but 2xx. */
export function request(sent: Sent, deadlineMs: number): Promise<unknown> {
  const address = sent.api + sent.route.path.replace(':id', encodeURIComponent(sent.id));
  const headers = headersOf(sent.proof, sent.body);
  if (sent.language !== undefined) headers['accept-language'] = sent.language;
  const init: RequestInit = { method: sent.route.method, headers };
  if (sent.body !== undefined) init.body = JSON.stringify(sent.body);
  return new Promise(function run(resolve, reject) {
    const timer = setTimeout(function late() {
      reject(new Error('no answer in time'));
    }, deadlineMs);
    void fetch(address, init)
      .then(function read(response) {
        if (!response.ok) throw new Error(`status ${response.status}`);
        return response.json();
      })
      .then(resolve, reject)
      .then(function done() {
        clearTimeout(timer);
      });
  });
}
