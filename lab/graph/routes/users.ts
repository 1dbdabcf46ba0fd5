import type { Person } from '../../exchange/index.ts';
import { GraphError, badRequest } from '../errors.ts';
import { readFilter } from '../filter.ts';
import type { Json } from '../json.ts';
import { pageOf } from '../page.ts';
import { option, readQuery, selected } from '../query.ts';
import type { MailboxRoute, RootRoute, Route, RouteCall } from '../types.ts';

/** Members that a user has without `$select`; the others come only when they are named. */
const shownByDefault = ['businessPhones', 'displayName', 'givenName', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation', 'preferredLanguage', 'surname', 'userPrincipalName', 'id'];
const filterable = new Set(['id', 'displayname', 'mail', 'userprincipalname', 'accountenabled', 'usertype', 'givenname', 'surname', 'proxyaddresses/any']);
const defaultPageSize = 100;

function userJson({ id, name, address, aliases = [], jobTitle, department, officeLocation, businessPhones, mobilePhone }: Person): Json {
  const [givenName = '', ...rest] = name.split(' ');
  return {
    businessPhones: businessPhones ?? [], displayName: name, givenName, jobTitle: jobTitle ?? null, mail: address, mobilePhone: mobilePhone ?? null, officeLocation: officeLocation ?? null, preferredLanguage: null, department: department ?? null,
    surname: rest.join(' ') || null, userPrincipalName: address, id, accountEnabled: true, userType: 'Member', mailNickname: address.split('@')[0] ?? '', proxyAddresses: [`SMTP:${address}`, ...aliases.map((each) => `smtp:${each}`)],
  };
}

function shown(person: Person, select: string[] | null): Json {
  return selected(userJson(person), select ?? shownByDefault, 'microsoft.graph.user');
}

/** `$search`: clauses `"property:value"`, joined by OR. Of displayName words begin with it, everything else begins with it as a whole; only with ConsistencyLevel (search-query-parameter). */
function searched(call: RouteCall): (person: Person) => boolean {
  const text = option(call.query, 'search');
  if (text === null) return () => true;
  if (call.headers['consistencylevel']?.toLowerCase() !== 'eventual') throw badRequest('Request_UnsupportedQuery', 'Request with $search query parameter only works through MSGraph with a special request header: ConsistencyLevel: eventual.');
  const clauses = [...text.matchAll(/"(\w+):((?:[^"\\]|\\.)*)"/g)];
  if (clauses.length === 0 || text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').replaceAll(/\bOR\b|\s/g, '') !== '') throw badRequest('Request_UnsupportedQuery', 'Syntax error: character is not valid in the search query.');
  return (person) => clauses.some((clause) => {
    const [, name = '', value = ''] = clause;
    const wanted = value.replaceAll(/\\(.)/g, '$1').trim().toLowerCase();
    const told = userJson(person)[name];
    const found = typeof told === 'string' ? told.toLowerCase() : '';
    if (wanted === '') return false;
    return name.toLowerCase() === 'displayname' ? wanted.split(/\s+/).every((word) => found.split(/[\s,.-]+/).some((each) => each.startsWith(word))) : found.startsWith(wanted);
  });
}

function list(call: RouteCall): ReturnType<typeof pageOf> {
  const { select, filter, top, count } = readQuery(call.query);
  const test = filter === null ? null : readFilter(filter, filterable);
  if (count && call.headers['consistencylevel']?.toLowerCase() !== 'eventual') throw badRequest('Request_BadRequest', 'Request with $count query parameter only works through MSGraph with a special request header: ConsistencyLevel: eventual.');
  const hit = searched(call);
  const people = call.world.exchange.people.filter((person) => (!test || test({ json: userJson(person), properties: new Map() })) && hit(person));
  return pageOf(call, 'users', people.map((person) => shown(person, select)), top ?? defaultPageSize);
}

const one: MailboxRoute['handle'] = (call) => ({
  status: 200,
  body: { '@odata.context': `${call.base}/$metadata#users/$entity`, ...shown(call.mailbox, readQuery(call.query).select) },
});

/** One size for all: the lab's pictures are small. Somebody without one is a 404, as at Microsoft. */
const photo: MailboxRoute['handle'] = ({ mailbox }) => {
  if (!mailbox.photo) throw new GraphError(404, 'ImageNotFound', 'Exception of type Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException was thrown.');
  return { status: 200, headers: { 'content-type': mailbox.photo[0] === 0x89 ? 'image/png' : 'image/jpeg' }, body: mailbox.photo };
};
const photoRoute: MailboxRoute = { method: 'GET', path: 'photos/{size}/$value', below: 'mailbox', permission: 'User.Read', isOutlook: true, handle: photo };

const listRoute: RootRoute = { method: 'GET', path: 'users', below: 'root', permission: 'User.Read', isOutlook: false, handle: list };
const oneRoute: MailboxRoute = { method: 'GET', path: '', below: 'mailbox', permission: 'User.Read', isOutlook: false, handle: one };

export const userRoutes: Route[] = [listRoute, photoRoute, oneRoute];
