import { readFileSync } from 'node:fs';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { TheirError } from '../../../../domain/errors.ts';
import { withDeadline } from '../../../../outbound/deadline.ts';
import type { Clock } from '../../../../ports/clock.ts';

/** How to reach Asterisk's HTTP server. */
export interface AriAddress {
  connector: string;
  clock: Clock;
  url: string;
  username: string;
  password: string;
  caFile?: string | undefined;
}

export interface AriResponse {
  status: number;
  contentType: string;
  body: Buffer;
}

export interface AriRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below /ari, parts encoded already: `/asterisk/info?only=system`. */
  path: string;
  /** As JSON. Never a secret. */
  body?: unknown;
  deadlineMs: number;
  /** Longest answer, bytes. */
  mostBytes: number;
}

function authority(connector: string, caFile: string | undefined): { ca?: Buffer } {
  if (caFile === undefined) return {};
  try {
    return { ca: readFileSync(caFile) };
  } catch (cause) {
    throw new TheirError(connector, 'refused', 'the certificate authority of ARI cannot be read', { remedy: 'See that ari.caFile names a PEM file that this program may read.', cause });
  }
}

/**
 * One request. Any status is an answer. Throws TheirError 'no-answer' when it is late or breaks, 'refused' when it is longer than allowed, 'denied' for
 * 401 with the line to look at.
 */
export async function ariRequest({ connector, clock, url, username, password, caFile }: AriAddress, { method, path, body, deadlineMs, mostBytes }: AriRequest): Promise<AriResponse> {
  const target = new URL(`/ari${path}`, url);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    authorization: `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`,
    ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
  };
  const send = target.protocol === 'https:' ? secure : plain;
  const answer = await withDeadline({ clock, connector, what: `ARI ${method} ${target.pathname}`, ms: deadlineMs }, (signal) => new Promise<AriResponse>((resolve, reject) => {
    const call = send(target, { method, headers, signal, ...authority(connector, caFile) }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > mostBytes) call.destroy(new TheirError(connector, 'refused', `ARI gave more than ${mostBytes} bytes`));
      });
      response.on('error', broke);
      response.on('end', () => {
        if (response.complete) resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', body: Buffer.concat(chunks) });
        else broke(new Error('the answer was cut off'));
      });
    });
    function broke(error: unknown): void {
      reject(error instanceof TheirError ? error : new TheirError(connector, 'no-answer', `ARI does not answer (${error instanceof Error ? error.message : 'broken'})`, { cause: error }));
    }
    call.on('error', broke);
    call.end(text);
  }));
  if (answer.status === 401) throw new TheirError(connector, 'denied', `Asterisk refused the ARI user "${username}"`, { remedy: `In ari.conf, section [${username}], compare "password =" with ours; then run "module reload res_ari.so" in the Asterisk console.` });
  return answer;
}
