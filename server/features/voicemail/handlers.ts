import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import type { BoxAccess } from '../../../contract/voicemail/team.ts';
import type { voicemailApi, VoicemailView } from '../../../contract/voicemail/voicemail.ts';
import { UserError } from '../../domain/errors.ts';
import type { Store } from '../../store/connect.ts';
import type { VoicemailDeps } from './deps.ts';
import { askForward, forwardView } from './forward/ask.ts';
import { forwardsOf } from './forward/forward-rows.ts';
import { readInTheWay } from './in-the-way.ts';
import { ownVoicemail } from './own-voicemail.ts';
import { isDeleted, isOnlySent, type Pair, type Wish } from './rules/pair.ts';
import type { VoicemailPolicy } from './rules/policy.ts';
import { mayForward } from './rules/protect.ts';
import { boxesInTrouble, findByMessageId, ownerOfBox, pairsOf, putWish, releaseBrake, trailOf } from './rows.ts';
import type { Wakes } from './round/wakes.ts';

const day = 24 * 60 * 60_000;

/** What people see and ask for in a window of ours. What they ask is written down and done by whoever has the connection: most of it within a second. */
export function createHandlers(deps: Pick<VoicemailDeps, 'clock' | 'policyOf' | 'colleague' | 'ownerOf' | 'isAway' | 'journal'>, store: Store, wakes: Wakes): Handlers<typeof voicemailApi> {
  const { clock, policyOf } = deps;
  const { db } = store;

  const need = (caller: Caller, id: string, access: BoxAccess = 'manage'): Promise<Pair> => ownVoicemail(store, caller, id, access);

  async function policyFor({ tenantId, personId }: Pick<Pair, 'tenantId' | 'personId'>): Promise<Shown> {
    return policyOf(tenantId, personId);
  }

  async function ask(pair: Pair, wish: Wish): Promise<{ voicemail: VoicemailView }> {
    await putWish(store, pair, wish);
    await wakes.person(pair.tenantId, pair.personId);
    return { voicemail: viewOf({ ...pair, wish }, await policyFor(pair)) };
  }

  async function troubled(tenantId: string) {
    const boxes = await boxesInTrouble(db, tenantId);
    return { boxes: boxes.map(({ brakeSince, ...box }) => ({ ...box, brakeSince: iso(brakeSince) })) };
  }

  return {
    async list({ query }, caller) {
      if (caller.personId === null) return { voicemail: [], inTheWay: [] };
      const shown = await policyOf(caller.tenantId, caller.personId);
      const pairs = await pairsOf(db, caller.tenantId, caller.personId, { before: query.before === undefined ? null : Date.parse(query.before), limit: query.limit });
      return { voicemail: pairs.map((pair) => viewOf(pair, shown)), inTheWay: await readInTheWay(deps, caller.tenantId, caller.personId) };
    },
    async ofMail({ query }, caller) {
      const pair = caller.personId === null ? null : await findByMessageId(db, caller.tenantId, caller.personId, query.messageId.replaceAll(/^<|>$/g, ''));
      return { voicemail: pair && viewOf(pair, await policyFor(pair)) };
    },
    async one({ params }, caller) {
      const pair = await need(caller, params.id, 'listen');
      const [trail, forwards] = [await trailOf(db, pair.tenantId, pair.id), await forwardsOf(db, pair.tenantId, pair.id)];
      const callerPersonId = pair.call.number === '' ? null : ((await deps.ownerOf?.(pair.tenantId, pair.instance, pair.call.number)) ?? null);
      return { voicemail: viewOf(pair, await policyFor(pair)), trail: trail.map(({ at, ...line }) => ({ ...line, at: new Date(at).toISOString() })), forwards: forwards.map(forwardView), callerPersonId };
    },
    async mark({ params, body }, caller) {
      const pair = await need(caller, params.id, 'handle');
      if (isDeleted(pair.voicemail)) throw new UserError(409, { code: 'voicemail-deleted', message: 'This voicemail is deleted.', remedy: 'Bring it back first.' });
      return ask(pair, body.isHeard ? 'mark heard' : 'mark unheard');
    },
    async remove({ params }, caller) {
      return ask(await need(caller, params.id), 'delete');
    },
    async restore({ params }, caller) {
      return ask(await need(caller, params.id), 'restore');
    },
    async forward({ params, body }, caller) {
      const pair = await need(caller, params.id);
      mayForward(await policyFor(pair));
      return { forward: await askForward(deps, store, pair, caller.personId ?? pair.personId, body) };
    },
    boxes: (_input, { tenantId }) => troubled(tenantId),
    async release({ body }, { tenantId }) {
      if (!(await releaseBrake(db, tenantId, body.instance, body.box, clock.now()))) {
        throw new UserError(404, { code: 'brake-unknown', message: 'Nothing is held back at this box.', remedy: 'Look at the list again: it may have let go by itself.' });
      }
      const owner = await ownerOfBox(db, tenantId, body.instance, body.box);
      if (owner !== null) await wakes.person(tenantId, owner);
      return troubled(tenantId);
    },
  };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** What of the policy is shown. */
type Shown = Pick<VoicemailPolicy, 'undoDays' | 'protection'>;

export function viewOf(pair: Pair, { undoDays, protection }: Shown): VoicemailView {
  const { call, mail } = pair;
  const unmailed = pair.state === 'waiting' ? 'waiting' : 'none';
  return {
    id: pair.id, callerName: call.name, callerNumber: call.number, leftAt: new Date(pair.leftAt).toISOString(), durationSeconds: call.durationSeconds, isUrgent: call.isUrgent, state: pair.voicemail,
    mail: { place: mail === null ? unmailed : isOnlySent(pair) ? 'sent' : mail === 'missing' ? 'missing' : mail.place, isRead: mail !== null && mail !== 'missing' && mail.isRead, messageId: pair.messageId },
    hasAudio: pair.hasAudio, undoUntil: iso(pair.binnedAt === null ? null : pair.binnedAt + undoDays * day), wish: pair.wish, trouble: pair.trouble, protection,
  };
}
