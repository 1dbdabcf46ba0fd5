import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { groupRoutes } from './group-routes.ts';

/** Groups of people: what is set for one holds for all in it. Members are named by an administrator, or come from the group claims of their sign-in. */

const groupName = z.string().trim().min(1).max(120);
/** The value of the token's `groups` claim that makes somebody a member: an object id of Entra, or a group's name at another sign-in. */
const claim = z.string().trim().min(1).max(200).nullable();
/** Who is in several groups gets what the one with the lowest rank says. */
const rank = z.number().int().min(0).max(10_000);

const group = z
  .object({ id: z.uuid(), name: z.string(), claim: z.string().nullable(), rank: z.number().int(), members: z.number().int() })
  .meta({ id: 'Group' });

const member = z
  .object({ personId: z.string(), name: z.string(), address: z.string(), source: z.enum(['administrator', 'token']) })
  .meta({ id: 'GroupMember' });

const nothing = z.object({});
const one = z.object({ group: z.uuid() });
const members = z.object({ members: z.array(member) });

export const groupApi = {
  list: endpoint({ route: groupRoutes.list, summary: 'All groups, the one that counts most first', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ groups: z.array(group) }) }),
  make: endpoint({
    route: groupRoutes.make, summary: 'Make a group', kind: 'change', params: nothing, query: nothing,
    body: z.object({ name: groupName, claim: claim.default(null), rank: rank.default(100) }), response: z.object({ group }),
  }),
  change: endpoint({
    route: groupRoutes.change, summary: 'Rename or rank a group, or tie it to another claim', kind: 'change', params: one, query: nothing,
    body: z.object({
      name: groupName.optional(), claim: claim.optional(), rank: rank.optional(),
      /** What was on the screen: when it is another by now, the change is refused with 409. */
      seen: z.object({ name: z.string(), claim: z.string().nullable(), rank: z.number().int() }).optional(),
    }), response: z.object({ group }),
  }),
  remove: endpoint({ route: groupRoutes.remove, summary: 'Remove a group with its settings; nobody in it is touched', kind: 'change', params: one, query: nothing, body: nothing, response: z.object({ groups: z.array(group) }) }),
  members: endpoint({ route: groupRoutes.members, summary: 'Who is in a group, and who says so', kind: 'read', params: one, query: nothing, body: nothing, response: members }),
  addMember: endpoint({ route: groupRoutes.addMember, summary: 'Put somebody into a group, by a mail address that is known here', kind: 'change', params: one, query: nothing, body: z.object({ address: z.string().min(3).max(320) }), response: members }),
  removeMember: endpoint({ route: groupRoutes.removeMember, summary: 'Take somebody out whom an administrator put in', kind: 'change', params: z.object({ group: z.uuid(), person: z.string().max(64) }), query: nothing, body: nothing, response: members }),
};

export type GroupView = z.output<typeof group>;
export type GroupMemberView = z.output<typeof member>;
