import type { ChangeType } from './notify/types.ts';
import { badRequest } from './errors.ts';
import { textField } from './json.ts';

/** Longest life of a subscription to Outlook items, and the least that Graph gives (a shorter wish is raised to it): change-notifications-overview. */
const longestLifeMs = 10_080 * 60_000;
const shortestLifeMs = 45 * 60_000;
const longestClientState = 128;

/** The end of life that the body wishes, epoch ms UTC. Throws GraphError for a past one or one too far ahead. */
export function readExpiration(body: unknown, now: number): number {
  const text = textField(body, 'expirationDateTime');
  const wanted = text === undefined ? NaN : Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  if (!Number.isFinite(wanted)) throw badRequest('ExtensionError', 'The property expirationDateTime is missing or malformed.');
  if (wanted <= now) throw badRequest('ExtensionError', `Subscription expiration is in the past: ${text ?? ''}`);
  if (wanted > now + longestLifeMs) throw badRequest('ExtensionError', 'Subscription expiration can only be 10080 minutes in the future.');
  return Math.max(wanted, now + shortestLifeMs);
}

/** Change types, each once. Throws GraphError for an unknown one. */
export function readChangeTypes(body: unknown): ChangeType[] {
  const names = (textField(body, 'changeType') ?? '').split(',').map((each) => each.trim().toLowerCase()).filter((each) => each !== '');
  const types = (['created', 'updated', 'deleted'] as const).filter((type) => names.includes(type));
  if (types.length === 0 || types.length !== new Set(names).size) throw badRequest('InvalidRequest', `The value '${names.join(',')}' of changeType is not supported for this resource.`);
  return types;
}

/** An address that notifications may go to; undefined when absent. Throws GraphError for one that is not https. */
export function readEndpoint(body: unknown, name: string): string | undefined {
  const text = textField(body, name);
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || new URL(text).protocol !== 'https:') throw badRequest('InvalidRequest', `The property ${name} must be an HTTPS address.`);
  return text;
}

export function readClientState(body: unknown): string | null {
  const text = textField(body, 'clientState') ?? null;
  if (text !== null && text.length > longestClientState) throw badRequest('InvalidRequest', 'The property clientState is longer than 128 characters.');
  return text;
}
