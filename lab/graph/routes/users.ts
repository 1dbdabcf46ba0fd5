import type { Person } from '../../exchange/index.ts';
import { badRequest } from '../errors.ts';
import { readFilter } from '../filter.ts';
import type { Json } from '../json.ts';
import { pageOf } from '../page.ts';
import { readQuery, selected } from '../query.ts';
import type { MailboxRoute, RootRoute, Route, RouteCall } from '../types.ts';

/** Members that a user has without `$select`; the others come only when they are named. */
const shownByDefault = ['businessPhones', 'displayName', 'givenName', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation', 'preferredLanguage', 'surname', 'userPrincipalName', 'id'];
const filterable = new Set(['id', 'displayname', 'mail', 'userprincipalname', 'accountenabled', 'usertype', 'givenname', 'surname', 'proxyaddresses/any']);
const defaultPageSize = 100;

function userJson({ id, name, address, aliases = [] }: Person): Json {
  const [givenName = '', ...rest] = name.split(' ');
  return {
    businessPhones: [], displayName: name, givenName, jobTitle: null, mail: address, mobilePhone: null, officeLocation: null, preferredLanguage: null,
    surname: rest.join(' ') || null, userPrincipalName: address, id, accountEnabled: true, userType: 'Member', mailNickname: address.split('@')[0] ?? '', proxyAddresses: [`SMTP:${address}`, ...aliases.map((each) => `smtp:${each}`)],
  };
}

function shown(person: Person, select: string[] | null): Json {
  return selected(userJson(person), select ?? shownByDefault, 'microsoft.graph.user');
}

function list(call: RouteCall): ReturnType<typeof pageOf> {
  const { select, filter, top, count } = readQuery(call.query);
  const test = filter === null ? null : readFilter(filter, filterable);
  if (count && call.headers['consistencylevel']?.toLowerCase() !== 'eventual') throw badRequest('Request_BadRequest', 'Request with $count query parameter only works through MSGraph with a special request header: ConsistencyLevel: eventual.');
  const people = call.world.exchange.people.filter((person) => !test || test({ json: userJson(person), properties: new Map() }));
  return pageOf(call, 'users', people.map((person) => shown(person, select)), top ?? defaultPageSize);
}

const one: MailboxRoute['handle'] = (call) => ({
  status: 200,
  body: { '@odata.context': `${call.base}/$metadata#users/$entity`, ...shown(call.mailbox, readQuery(call.query).select) },
});

const listRoute: RootRoute = { method: 'GET', path: 'users', below: 'root', permission: 'User.Read', isOutlook: false, handle: list };
const oneRoute: MailboxRoute = { method: 'GET', path: '', below: 'mailbox', permission: 'User.Read', isOutlook: false, handle: one };

export const userRoutes: Route[] = [listRoute, oneRoute];
