import type { Person } from '../exchange/index.ts';
import { GraphError, badRequest } from './errors.ts';
import { matchTemplate } from './path.ts';
import type { Call, GraphWorld, Route } from './types.ts';
import { routes } from './routes/index.ts';

/** The route of a call, and whose mailbox it is in. */
export interface Found { route: Route; params: Record<string, string>; mailbox: Person | null }

/** Who a `/users/{id}` or `/me` names. */
function personOf({ caller }: Call, world: GraphWorld, user: string | null, route: Route): Person {
  if (user === null && caller.isApp) throw badRequest('BadRequest', '/me request is only valid with delegated authentication flow.');
  const wanted = user ?? caller.oid;
  const person = world.exchange.person(wanted);
  if (person) return person;
  if (route.isOutlook) throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${wanted}' is invalid.`);
  throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${wanted}' does not exist or one of its queried reference-property objects are not present.`);
}

/** Finds the route. Throws GraphError: 404 for a person, 400 for a path, 405 for a method that nobody knows. */
export function findRoute(call: Call, world: GraphWorld): Found {
  const { path, method } = call;
  const first = path[0]?.toLowerCase();
  const isMe = first === 'me';
  const isMailbox = isMe || (first === 'users' && path.length > 1 && path[1]?.toLowerCase() !== 'delta');
  const below = isMailbox ? 'mailbox' : 'root';
  const rest = isMailbox ? path.slice(isMe ? 1 : 2) : path;
  const fitting = routes.filter((route) => route.below === below).map((route) => ({ route, params: matchTemplate(route.path, rest) })).filter((each) => each.params !== null);
  const found = fitting.find(({ route }) => route.method === method);
  if (!found && fitting.length > 0) throw new GraphError(405, 'Request_BadRequest', `Specified HTTP method is not allowed for the request target.`);
  if (!found) throw badRequest('BadRequest', `Resource not found for the segment '${rest[0] ?? path[0] ?? ''}'.`);
  return { route: found.route, params: found.params ?? {}, mailbox: isMailbox ? personOf(call, world, isMe ? null : (path[1] ?? ''), found.route) : null };
}
