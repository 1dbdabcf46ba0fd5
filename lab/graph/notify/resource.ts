import { badRequest } from '../errors.ts';
import { pathSegments } from '../path.ts';

/** Folder words after the mailbox that a subscription may name, and whether the stand-in raises notifications for them. */
const families: Record<string, 'event' | 'message' | 'contact'> = { events: 'event', messages: 'message', contacts: 'contact', mailfolders: 'message', contactfolders: 'contact', calendars: 'event' };

/** What a subscription's `resource` names: whose mailbox (id, address or `me`), and what in it. `calendarId` or `mailFolder` (id or well-known name) when one calendar or mail folder is meant. */
export interface SubscribedResource { user: string; family: 'event' | 'message' | 'contact'; calendarId: string | null; mailFolder: string | null }

/** Reads a `resource`: `users/{id}/events`, `/me/events`, `users/{id}/calendars/{id}/events`. Throws GraphError for what cannot be subscribed to. */
export function readResource(resource: string): SubscribedResource {
  const [path = ''] = resource.split('?');
  const [root = '', ...rest] = pathSegments(path);
  const isMe = root.toLowerCase() === 'me';
  const [user = '', ...inner] = isMe ? ['me', ...rest] : rest;
  const family = families[inner[0]?.toLowerCase() ?? ''];
  if ((!isMe && root.toLowerCase() !== 'users') || family === undefined || user === '') {
    throw badRequest('ExtensionError', `Operation: Create; Exception: [Status Code: BadRequest; Reason: The resource '${resource}' is not supported for subscriptions.]`);
  }
  const container = inner[0]?.toLowerCase();
  return { user, family, calendarId: container === 'calendars' ? (inner[1] ?? null) : null, mailFolder: container === 'mailfolders' ? (inner[1] ?? null) : null };
}
