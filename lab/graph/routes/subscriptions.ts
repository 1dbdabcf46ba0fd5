import { randomUUID } from 'node:crypto';
import type { Subscription } from '../notify/types.ts';
import { readResource } from '../notify/resource.ts';
import type { SubscribedResource } from '../notify/resource.ts';
import { GraphError, badRequest } from '../errors.ts';
import { textField } from '../json.ts';
import type { Json } from '../json.ts';
import { pageOf } from '../page.ts';
import { readPrefer } from '../prefer.ts';
import { readChangeTypes, readClientState, readEndpoint, readExpiration } from '../subscription-input.ts';
import { timestamp } from '../times.ts';
import type { Reply, RootRoute, RouteCall } from '../types.ts';

/** Outlook gives 1,000 subscriptions to a mailbox, all apps together. */
const mostPerMailbox = 1_000;
const defaultPageSize = 100;

function json({ id, resource, appId, creatorId, changeTypes, clientState, notificationUrl, lifecycleNotificationUrl, expiresAt }: Subscription): Json {
  return {
    id, resource, applicationId: appId, changeType: changeTypes.join(','), clientState, notificationUrl, notificationQueryOptions: null, lifecycleNotificationUrl,
    expirationDateTime: timestamp(expiresAt), creatorId, includeResourceData: null, latestSupportedTlsVersion: 'v1_2', encryptionCertificate: null, encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}

function reply(call: RouteCall, subscription: Subscription, status: number): Reply {
  return { status, body: { '@odata.context': `${call.base}/$metadata#subscriptions/$entity`, ...json(subscription) } };
}

function own({ world, params, caller }: RouteCall): Subscription {
  const found = world.subscriptions.get(params['subscription'] ?? '');
  if (!found || found.appId !== caller.clientId) throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
  return found;
}

/** Whose mailbox the resource is. Throws GraphError 404 for nobody's (or no folder) and 403 for one that the caller may not read. */
function mailboxOf({ world, caller }: RouteCall, { user, family, mailFolder }: SubscribedResource): string {
  if (user === 'me' && caller.isApp) throw badRequest('ExtensionError', 'The resource me needs a signed-in user.');
  const person = world.exchange.person(user === 'me' ? caller.oid : user);
  if (!person) throw new GraphError(404, 'ResourceNotFound', `The requested user '${user}' is invalid.`);
  world.checkAccess(caller, family === 'message' ? 'Mail.Read' : 'Calendars.Read', person);
  if (mailFolder !== null) world.exchange.mail.folder(person.id, mailFolder);
  return person.id;
}

function checkRoom({ world, caller }: RouteCall, wanted: Subscription): void {
  const there = world.subscriptions.inMailbox(wanted.mailboxId);
  const isTwin = there.some(({ appId, resource, changeTypes }) => appId === caller.clientId && resource.toLowerCase() === wanted.resource.toLowerCase() && changeTypes.join() === wanted.changeTypes.join());
  if (isTwin) throw new GraphError(409, 'Conflict', 'A subscription for this resource and change type exists already.');
  if (there.length >= mostPerMailbox) throw new GraphError(403, 'ExtensionError', `The mailbox has reached its limit of ${mostPerMailbox} subscriptions.`);
}

async function create(call: RouteCall): Promise<Reply> {
  const { world, body, caller, headers } = call;
  world.throttle.countSubscriptionWrite(caller.clientId);
  const notificationUrl = readEndpoint(body, 'notificationUrl');
  const resource = textField(body, 'resource');
  if (!notificationUrl || !resource) throw badRequest('InvalidRequest', 'The properties notificationUrl and resource are required.');
  const wanted: Subscription = {
    id: randomUUID(), appId: caller.clientId, creatorId: caller.oid, resource, mailboxId: mailboxOf(call, readResource(resource)), changeTypes: readChangeTypes(body), notificationUrl,
    lifecycleNotificationUrl: readEndpoint(body, 'lifecycleNotificationUrl') ?? null, clientState: readClientState(body), expiresAt: readExpiration(body, world.clock.now()),
    immutableIds: readPrefer(headers['prefer']).immutableId,
  };
  checkRoom(call, wanted);
  await world.shakeHands(wanted.notificationUrl);
  if (wanted.lifecycleNotificationUrl) await world.shakeHands(wanted.lifecycleNotificationUrl);
  world.subscriptions.add(wanted);
  return reply(call, wanted, 201);
}

/** A new end of life, which reauthorizes too; a new address has to shake hands. The lifecycle address cannot be changed. */
async function update(call: RouteCall): Promise<Reply> {
  const { world, body, caller } = call;
  world.throttle.countSubscriptionWrite(caller.clientId);
  const before = own(call);
  if (readEndpoint(body, 'lifecycleNotificationUrl') !== undefined) throw badRequest('InvalidRequest', 'The property lifecycleNotificationUrl cannot be updated.');
  const notificationUrl = readEndpoint(body, 'notificationUrl') ?? before.notificationUrl;
  const expiresAt = textField(body, 'expirationDateTime') === undefined ? before.expiresAt : readExpiration(body, world.clock.now());
  if (notificationUrl !== before.notificationUrl) await world.shakeHands(notificationUrl);
  const after = { ...before, notificationUrl, expiresAt };
  world.subscriptions.add(after);
  return reply(call, after, 200);
}

function remove(call: RouteCall): Reply {
  call.world.throttle.countSubscriptionWrite(call.caller.clientId);
  call.world.subscriptions.remove(own(call).id);
  return { status: 204 };
}

function list(call: RouteCall): Reply {
  const items = call.world.subscriptions.all().filter(({ appId }) => appId === call.caller.clientId).map(json);
  return pageOf(call, 'subscriptions', items, defaultPageSize);
}

function reauthorize(call: RouteCall): Reply {
  const { id, expiresAt } = own(call);
  call.world.subscriptions.renew(id, expiresAt);
  return { status: 204 };
}

function route(method: string, path: string, handle: RootRoute['handle']): RootRoute {
  return { method, path, below: 'root', permission: 'none', isOutlook: false, handle };
}

export const subscriptionRoutes: RootRoute[] = [
  route('GET', 'subscriptions', list),
  route('POST', 'subscriptions', create),
  route('GET', 'subscriptions/{subscription}', (call) => reply(call, own(call), 200)),
  route('PATCH', 'subscriptions/{subscription}', update),
  route('DELETE', 'subscriptions/{subscription}', remove),
  route('POST', 'subscriptions/{subscription}/reauthorize', reauthorize),
];
