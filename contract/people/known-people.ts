import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { knownPeopleRoutes } from './known-people-routes.ts';

/** Everybody whom Tieline knows, with lines, mailbox and groups: for administrators. */

const knownPerson = z
  .object({
    personId: z.string(),
    name: z.string(),
    address: z.string(),
    /** Those that the person owns, with who says so. */
    lines: z.array(z.object({ pbx: z.string(), extension: z.string(), source: z.enum(['administrator', 'directory', 'voicemail', 'template']) })),
    mailboxes: z.array(z.object({ instance: z.string(), address: z.string(), source: z.string() })),
    groups: z.array(z.string()),
  })
  .meta({ id: 'KnownPerson' });

export const knownPeopleApi = {
  list: endpoint({
    route: knownPeopleRoutes.list, summary: 'People whom Tieline knows, by name; those whose name, address or extension begins so', kind: 'read', params: z.object({}),
    query: z.object({ search: z.string().max(100).default(''), skip: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(200).default(50) }), body: z.object({}),
    response: z.object({ people: z.array(knownPerson), total: z.number().int() }),
  }),
  linkMailbox: endpoint({
    route: knownPeopleRoutes.linkMailbox,
    summary: 'This mailbox is that person\'s, and none but it: calendar, phone and voicemail follow within seconds. Problems: `person-unknown` (404), `mailbox-taken` (409), `mailbox-unknown` (422)',
    kind: 'change', params: z.object({ person: z.string().min(1).max(64) }), query: z.object({}),
    body: z.object({
      /** Any of its addresses. */
      address: z.string().trim().toLowerCase().min(3).max(320),
      /** Also where it is somebody else's here: of a person whose account was deleted and made anew. Sign-in and addresses become this person's, too. */
      take: z.boolean().default(false),
    }),
    response: z.object({ mailbox: z.object({ instance: z.string(), address: z.string(), source: z.string() }) }),
  }),
};

export type KnownPeopleResponse = z.output<typeof knownPeopleApi.list.response>;
export type KnownPerson = z.output<typeof knownPerson>;
