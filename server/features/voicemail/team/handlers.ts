import type { Caller, Handlers } from '../../../../contract/endpoint.ts';
import type { BoxAccess, SharedVoicemail, voicemailTeamApi, VoicemailTeamView } from '../../../../contract/voicemail/team.ts';
import { OurError, UserError } from '../../../domain/errors.ts';
import type { Store } from '../../../store/connect.ts';
import type { VoicemailDeps } from '../deps.ts';
import { viewOf } from '../handlers.ts';
import { reachVoicemail } from '../own-voicemail.ts';
import type { Pair } from '../rules/pair.ts';
import { ownerOfBox } from '../rows.ts';
import { topicsOf, topicsOfPair } from './topics.ts';
import { isShared, membersOf, playedAmong, putDone, putMembers, sharedPairs, takenAmong, takenOf, takePair, type Taken } from './team-rows.ts';

/** Messages of shared boxes on one page. */
const listLength = 100;

type Deps = Pick<VoicemailDeps, 'clock' | 'policyOf' | 'colleague' | 'nameOf' | 'log'>;

export interface Team {
  handlers: Handlers<typeof voicemailTeamApi>;
  /** Messages of the boxes that somebody shares, newest first. */
  listFor(tenantId: string, personId: string, limit: number): Promise<SharedVoicemail[]>;
}

/** Boxes that several people look after (V7). Two who take one message at once: one has it, the other is told who. */
export function createTeam(deps: Deps, store: Store): Team {
  const { db } = store;
  const nameOf = async (tenantId: string, personId: string): Promise<string> => (await deps.nameOf?.(tenantId, personId)) ?? '';

  /** Of several messages, with few questions: a live list asks at every change. */
  async function teamsOf(tenantId: string, reached: readonly { pair: Pair; access: BoxAccess; boxName: string }[], me: string): Promise<VoicemailTeamView[]> {
    const ids = reached.map(({ pair }) => pair.id);
    const [taken, played] = [await takenAmong(db, tenantId, ids), await playedAmong(db, tenantId, ids)];
    const people = new Set([...[...taken.values()].map(({ personId }) => personId), ...[...played.values()].flat().map(({ personId }) => personId)]);
    const names = new Map<string, string>();
    for (const personId of people) names.set(personId, await nameOf(tenantId, personId));
    return reached.map(({ pair: { id, instance, box }, access, boxName }) => ({
      box: { instance, box, name: boxName || box }, access, taken: takenView(taken.get(id), names, me),
      playedBy: (played.get(id) ?? []).map(({ personId, at }) => ({ name: names.get(personId) ?? '', isMe: personId === me, at: iso(at) })),
    }));
  }

  async function teamOf(pair: Pair, access: BoxAccess, boxName: string, me: string): Promise<VoicemailTeamView> {
    const [team] = await teamsOf(pair.tenantId, [{ pair, access, boxName }], me);
    if (!team) throw new OurError('a message has no team');
    return team;
  }

  async function listFor(tenantId: string, personId: string, limit: number): Promise<SharedVoicemail[]> {
    const found = await sharedPairs(db, tenantId, personId, { limit });
    const teams = await teamsOf(tenantId, found, personId);
    const policies = new Map<string, ReturnType<Deps['policyOf']>>();
    return Promise.all(found.map(async ({ pair }, at) => {
      const policy = policies.get(pair.personId) ?? deps.policyOf(tenantId, pair.personId);
      policies.set(pair.personId, policy);
      const team = teams[at];
      if (!team) throw new OurError('a message has no team');
      return { voicemail: viewOf(pair, await policy), team };
    }));
  }

  /** Changes who has it, and tells the windows of all who share it. */
  async function change(caller: Caller, id: string, run: (tx: Store['db'], pair: Pair, me: string, now: number) => Promise<boolean>): Promise<{ team: VoicemailTeamView }> {
    const { pair, access, boxName } = await reachVoicemail(store, caller, id, 'handle');
    const me = caller.personId ?? '';
    if (access === 'owner' && !(await isShared(db, pair))) throw new UserError(409, { code: 'not-shared', message: 'Nobody shares this box with you.', remedy: 'There is nobody to take it from.' });
    const isDone = await store.transaction(async (tx) => {
      const isChanged = await run(tx, pair, me, deps.clock.now());
      if (isChanged) store.live.announce(tx, pair.tenantId, ...(await topicsOfPair(tx, pair)));
      return isChanged;
    });
    if (!isDone) {
      const taken = await takenOf(db, pair.tenantId, id);
      const name = taken ? await nameOf(pair.tenantId, taken.personId) : '';
      throw new UserError(409, { code: 'taken-meanwhile', message: taken ? `${name || 'Somebody else'} has this message by now.` : 'Nobody has this message.', remedy: 'Look at it again; take it over if that is meant.' });
    }
    return { team: await teamOf(pair, access === 'owner' ? 'manage' : access, boxName, me) };
  }

  const handlers: Team['handlers'] = {
    async teamList(_input, { tenantId, personId }) {
      return { voicemail: personId === null ? [] : await listFor(tenantId, personId, listLength) };
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
      const isKnown = await store.transaction(async (tx) => {
        const [before, owner] = [await membersOf(tx, caller.tenantId, instance, box), await ownerOfBox(tx, caller.tenantId, instance, box)];
        if (!(await putMembers(tx, caller.tenantId, instance, box, once))) return false;
        // Whoever is out sees nothing of it any more, at once.
        store.live.announce(tx, caller.tenantId, ...topicsOf(owner, new Set([...before, ...once].map(({ personId }) => personId))));
        return true;
      });
      if (!isKnown) throw new UserError(404, { code: 'box-unknown', field: 'box', message: 'There is no such box.', remedy: 'Look at the list of boxes again.' });
      deps.log.info({ by: caller.personId, instance, box, count: once.length, correlationId: caller.correlationId }, 'an administrator said who shares a voicemail box');
      return shownMembers(caller.tenantId, instance, box);
    },
  };
  return { handlers, listFor };

  async function shownMembers(tenantId: string, instance: string, box: string) {
    const members = await membersOf(db, tenantId, instance, box);
    return { members: await Promise.all(members.map(async ({ personId, access }) => ({ personId, name: await nameOf(tenantId, personId), access }))) };
  }
}

function takenView(taken: Taken | undefined, names: ReadonlyMap<string, string>, me: string): VoicemailTeamView['taken'] {
  if (!taken) return null;
  const { personId, at, doneAt } = taken;
  return { personId, name: names.get(personId) ?? '', isMe: personId === me, at: iso(at), doneAt: doneAt === null ? null : iso(doneAt) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
