import { randomUUID } from 'node:crypto';
import type { LabClock } from '../../clock.ts';
import { badRequest } from '../errors.ts';
import { post } from './post.ts';

/** An endpoint has 10 s to prove itself (change-notifications-delivery-webhooks). */
const handshakeMs = 10_000;

/** Asks an endpoint to send back a token: 200, text/plain, the token decoded. Throws GraphError when it does not. */
export async function shakeHands(url: string, clock: LabClock, ca: string | undefined): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()} + ?&=%`;
  const target = new URL(url);
  target.searchParams.set('validationToken', token);
  const { outcome, status, contentType, text } = await post({ url: target.href, contentType: 'text/plain; charset=utf-8', body: '', timeoutMs: handshakeMs, clock, ca });
  if (outcome === 'timeout') throw badRequest('ValidationError', 'Subscription validation request timed out.');
  if (outcome === 'unreachable') throw badRequest('ValidationError', 'Subscription validation request failed. Notification endpoint could not be reached.');
  if (status !== 200) throw badRequest('ValidationError', `Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request. It gave ${status}.`);
  if (!contentType.startsWith('text/plain') || text !== token) throw badRequest('ValidationError', 'Subscription validation request failed. Must respond with 200 OK and the validation token as plain text to this request.');
}
