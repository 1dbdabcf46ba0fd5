import { request } from 'node:https';
import type { LabClock } from '../../clock.ts';

export interface PostResult { outcome: 'answered' | 'timeout' | 'unreachable'; status: number; contentType: string; text: string; tookMs: number }

export interface PostOptions { url: string; contentType: string; body: string; timeoutMs: number; clock: LabClock; ca: string | undefined }

/** Only loopback is reachable: the lab talks to nobody else. */
const loopback = /^(localhost|127\.0\.0\.1|\[::1\]|.*\.localhost)$/;
/** An endpoint's answer is read no further. */
const longestAnswer = 64 * 1024;

/** Posts to an endpoint; never throws. The time limit is one of the lab's clock. */
export async function post({ url, contentType, body, timeoutMs, clock, ca }: PostOptions): Promise<PostResult> {
  const startedAt = clock.now();
  const target = new URL(url);
  const result = (outcome: PostResult['outcome'], status = 0, type = '', text = ''): PostResult => ({ outcome, status, contentType: type, text, tookMs: clock.now() - startedAt });
  if (!loopback.test(target.hostname)) return result('unreachable');
  return new Promise((resolve) => {
    const headers = { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(target, { method: 'POST', headers, ca }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (text.length < longestAnswer) text += chunk;
      });
      response.on('end', () => finish(result('answered', response.statusCode ?? 0, response.headers['content-type'] ?? '', text)));
      response.on('error', () => finish(result('unreachable')));
    });
    const cancel = clock.at(startedAt + timeoutMs, () => {
      finish(result('timeout'));
      sent.destroy();
    });
    function finish(outcome: PostResult): void {
      cancel();
      resolve(outcome);
    }
    sent.on('error', () => finish(result('unreachable')));
    sent.end(body);
  });
}
