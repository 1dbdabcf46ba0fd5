import { createHash, timingSafeEqual } from 'node:crypto';
import type { DoorRequest } from '../../../ports/door.ts';

/** Does the request carry our word as `Authorization: Bearer …`? Never without a word of our own. */
export function carries(request: DoorRequest, secret: string): boolean {
  const shown = /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (secret === '' || shown === undefined) return false;
  // By their hashes, so that neither the length nor the first difference can be measured.
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(shown), hash(secret));
}
