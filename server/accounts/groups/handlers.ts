import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import type { groupApi, GroupMemberView } from '../../../contract/people/group.ts';
import { UserError } from '../../domain/errors.ts';
import type { Accounts } from '../people.ts';
import type { Groups } from './groups.ts';

/** The endpoints of contract/people/group.ts. */
export function groupHandlers(groups: Groups, accounts: Pick<Accounts, 'personByAddress'>): Handlers<typeof groupApi> {
  async function members(group: string, { tenantId }: Caller): Promise<{ members: GroupMemberView[] }> {
    await groups.need(tenantId, group);
    return { members: await groups.members(tenantId, group) };
  }

  return {
    list: async (_input, { tenantId }) => ({ groups: await groups.all(tenantId) }),
    make: async ({ body }, { tenantId }) => ({ group: await groups.make(tenantId, body) }),
    change: async ({ params, body }, { tenantId }) => ({
      group: await groups.change(tenantId, params.group, {
        ...(body.name === undefined ? {} : { name: body.name }), ...(body.claim === undefined ? {} : { claim: body.claim }), ...(body.rank === undefined ? {} : { rank: body.rank }),
      }, body.seen),
    }),
    async remove({ params }, { tenantId }) {
      await groups.remove(tenantId, params.group);
      return { groups: await groups.all(tenantId) };
    },
    members: ({ params }, caller) => members(params.group, caller),
    async addMember({ params, body }, caller) {
      const person = await accounts.personByAddress(caller.tenantId, body.address);
      if (!person) throw new UserError(422, { code: 'person-unknown', field: 'address', message: `Nobody here is known by ${body.address}.`, remedy: 'Write an address of a mailbox of your organisation, one that is only theirs.' });
      await groups.add(caller.tenantId, params.group, person.personId);
      return members(params.group, caller);
    },
    async removeMember({ params }, caller) {
      await groups.takeOut(caller.tenantId, params.group, params.person);
      return members(params.group, caller);
    },
  };
}
