import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../../../lab/http.ts';
import type { LabMail } from '../../../support/lab-mail.ts';

export type Item = Record<string, unknown>;

/** A notification endpoint of a test: shakes hands, keeps what it was sent, and answers as it is told. */
export interface Endpoint {
  url: string;
  /** Entries of each POST, in order. */
  posts: Item[][];
  handshakes: number;
  /** The status for notifications. */
  status: number;
  /** The token, its content type and status in a handshake; null: the handshake is not answered. */
  shake: ((token: string) => { status: number; type: string; text: string }) | null;
  /** Notifications are not answered while this is true, and those that wait when it is over are answered by `release`. */
  isHanging: boolean;
  release: () => void;
}

function itemsOf(text: string): Item[] {
  const body: unknown = JSON.parse(text);
  const value: unknown = typeof body === 'object' && body !== null && 'value' in body ? body.value : [];
  return Array.isArray(value) ? value.map((each: unknown) => (typeof each === 'object' && each !== null ? Object.fromEntries(Object.entries(each)) : {})) : [];
}

export async function openEndpoint(lab: LabMail): Promise<Endpoint> {
  const waiting: (() => void)[] = [];
  const endpoint: Endpoint = {
    url: '', posts: [], handshakes: 0, status: 202, isHanging: false, release: () => waiting.splice(0).forEach((answer) => answer()), shake: (token) => ({ status: 200, type: 'text/plain', text: token }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const token = new URL(request.url ?? '/', 'https://x').searchParams.get('validationToken');
    if (token !== null) {
      endpoint.handshakes += 1;
      const answer = endpoint.shake?.(token);
      if (!answer) return true;
      response.writeHead(answer.status, { 'content-type': answer.type });
      response.end(answer.text);
      return true;
    }
    endpoint.posts.push(itemsOf(await readBody(request)));
    const answer = (): void => void response.writeHead(endpoint.status).end();
    if (endpoint.isHanging) waiting.push(answer);
    else answer();
    return true;
  }

  endpoint.url = `${(await lab.listen(handle)).origin}/hook?tenant=1`;
  return endpoint;
}

/** Turns the clock, and waits until everything due has run and every post is answered. */
export async function step(lab: LabMail, ms: number): Promise<void> {
  lab.clock.advance(ms);
  await lab.clock.sleep(0);
  await until(() => lab.graph.postsInFlight() === 0, 'answers to all posts');
}

/** Waits until `isTrue`, looking again at every turn of the event loop; fails after 3 s of the machine's time. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 3_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`Never happened: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
