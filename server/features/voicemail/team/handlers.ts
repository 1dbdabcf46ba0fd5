import type { Caller, Handlers } from '../../../../contract/endpoint.ts';
import type { BoxAccess, voicemailTeamApi, VoicemailTeamView } from '../../../../contract/voicemail-team.ts';
import { UserError } from '../../../domain/errors.ts';
import type { Store } from '../../../store/connect.ts';
import type { VoicemailDeps } from '../deps.ts';
import { viewOf } from '../handlers.ts';
import { reachVoicemail } from '../own-voicemail.ts';
import type { Pair } from '../pair.ts';
import { isShared, membersOf, playedBy, putDone, putMembers, sharedPairs, takenOf, takePair } from './team-rows.ts';

/** Messages of shared boxes on one page. */
const listLength = 100;

type Deps = Pick<VoicemailDeps, 'clock' | 'policyOf' | 'colleague' | 'nameOf' | 'log'>;

/** Boxes that several people look after (V7). Two who take one message at once: one has it, the other is told who. */
export function teamHandlers(deps: Deps, store: Store): Handlers<typeof voicemailTeamApi> {
  const { db } = store;
  const nameOf = async (tenantId: string, personId: string): Promise<string> => (await deps.nameOf?.(tenantId, personId)) ?? '';

  async function teamOf(pair: Pair, access: BoxAccess, boxName: string, me: string): Promise<VoicemailTeamView> {
    const { tenantId, id, instance, box } = pair;
    const [taken, played] = [await takenOf(db, tenantId, id), await playedBy(db, tenantId, id)];
    return {
      box: { instance, box, name: boxName || box }, access,
      taken: taken && { personId: taken.personId, name: await nameOf(tenantId, taken.personId), isMe: taken.personId === me, at: iso(taken.at), doneAt: taken.doneAt === null ? null : iso(taken.doneAt) },
      playedBy: await Promise.all(played.map(async ({ personId, at }) => ({ name: await nameOf(tenantId, personId), isMe: personId === me, at: iso(at) }))),
    };
  }

  /** Changes who has it, and tells its owner's windows. */
  async function change(caller: Caller, id: string, run: (tx: Store['db'], pair: Pair, me: string, now: number) => Promise<boolean>): Promise<{ team: VoicemailTeamView }> {
    const { pair, access, boxName } = await reachVoicemail(store, caller, id, 'handle');
    const me = caller.personId ?? '';
    if (access === 'owner' && !(await isShared(db, pair))) throw new UserError(409, { code: 'not-shared', message: 'Nobody shares this box with you.', remedy: 'There is nobody to take it from.' });
    const isDone = await store.transaction(async (tx) => {
      const isChanged = await run(tx, pair, me, deps.clock.now());
      if (isChanged) store.live.announce(tx, pair.tenantId, `voicemail:${pair.personId}`);
      return isChanged;
    });
    if (!isDone) {
      const taken = await takenOf(db, pair.tenantId, id);
      const name = taken ? await nameOf(pair.tenantId, taken.personId) : '';
      throw new UserError(409, { code: 'taken-meanwhile', message: taken ? `${name || 'Somebody else'} has this message by now.` : 'Nobody has this message.', remedy: 'Look at it again; take it over if that is meant.' });
    }
    return { team: await teamOf(pair, access === 'owner' ? 'manage' : access, boxName, me) };
  }

  return {
    async teamList(_input, { tenantId, personId }) {
      if (personId === null) return { voicemail: [] };
      const found = await sharedPairs(db, tenantId, personId, { limit: listLength });
      return { voicemail: await Promise.all(found.map(async ({ pair, access, boxName }) => ({ voicemail: viewOf(pair, await deps.policyOf(tenantId, pair.personId)), team: await teamOf(pair, access, boxName, personId) }))) };
    },
    async team({ params }, caller) {
      const { pair, access, boxName } = await reachVoicemail(store, caller, params.id, 'listen');
      if (access === 'owner' && !(await isShared(db, pair))) return { team: null };
      return { team: await teamOf(pair, access === 'owner' ? 'manage' : access, boxName, caller.personId ?? '') };
    },
    // Asked twice by the same person it is done once: what they have already they are given.
    take: ({ params, body }, caller) => change(caller, params.id, async (tx, { tenantId, id }, me, now) => (await takenOf(tx, tenantId, id))?.personId === me || takePair(tx, tenantId, id, { from: body.from, personId: me, now })),
    done: ({ params, body }, caller) => change(caller, params.id, (tx, { tenantId, id }, me, now) => putDone(tx, tenantId, id, me, body.isDone ? now : null)),
    members: async ({ query }, { tenantId }) => shownMembers(tenantId, query.instance, query.box),
    async saveMembers({ body }, caller) {
      const { instance, box } = body;
      const members = await Promise.all(body.members.map(async ({ address, access }, at) => {
        const person = await deps.colleague(caller.tenantId, address);
        if (!person) throw new UserError(422, { code: 'colleague-unknown', field: `members.${at}.address`, message: `Nobody here has the address ${address}.`, remedy: 'Write the mail address with which they sign in.' });
        return { personId: person.personId, access };
      }));
      const once = [...new Map(members.map((each) => [each.personId, each])).values()];
      if (!(await store.transaction((tx) => putMembers(tx, caller.tenantId, instance, box, once)))) throw new UserError(404, { code: 'box-unknown', field: 'box', message: 'There is no such box.', remedy: 'Look at the list of boxes again.' });
      deps.log.info({ by: caller.personId, instance, box, count: once.length, correlationId: caller.correlationId }, 'an administrator said who shares a voicemail box');
      return shownMembers(caller.tenantId, instance, box);
    },
  };

  async function shownMembers(tenantId: string, instance: string, box: string) {
    const members = await membersOf(db, tenantId, instance, box);
    return { members: await Promise.all(members.map(async ({ personId, access }) => ({ personId, name: await nameOf(tenantId, personId), access }))) };
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
