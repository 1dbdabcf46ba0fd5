import { UserError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import { dropLayers } from '../settings/rows.ts';
import { addMember, allGroups, deleteGroup, groupsOf, insertGroup, membersOf, otherWith, removeMember, setClaimed, updateGroup, type Group, type Member } from './rows.ts';

/** What an administrator says of a group. */
export type GroupFacts = Pick<Group, 'name' | 'claim' | 'rank'>;

export interface Groups {
  all(tenantId: string): Promise<Group[]>;
  /** @throws UserError 404 */
  need(tenantId: string, id: string): Promise<Group>;
  /** A person's groups, the one that counts most first. */
  of(tenantId: string, personId: string): Promise<{ id: string; name: string }[]>;
  /** @throws UserError 409 when another group has the name or the claim. */
  make(tenantId: string, wanted: Pick<Group, 'name' | 'claim' | 'rank'>): Promise<Group>;
  /** `seen`: what whoever asks has on the screen. @throws UserError 409 when another group has the name or the claim, or when somebody else changed it since. */
  change(tenantId: string, id: string, wanted: Partial<GroupFacts>, seen?: GroupFacts): Promise<Group>;
  /** With its settings. */
  remove(tenantId: string, id: string): Promise<void>;
  members(tenantId: string, id: string): Promise<Member[]>;
  add(tenantId: string, id: string, personId: string): Promise<void>;
  /** Takes back an administrator's word; a token's stands until a token no longer says so. */
  takeOut(tenantId: string, id: string, personId: string): Promise<void>;
  /** What a checked token says about a person's groups; null when it does not say (Entra names at most 200 of them). */
  heard(tenantId: string, personId: string, claims: readonly string[] | null): Promise<void>;
  /** Whoever depends on settings hears, in the transaction, that other layers hold now: for one person, or for those of a group. */
  onChanged(fn: (tx: Queries, tenantId: string, whose: { scope: 'group' | 'person'; scopeId: string }) => Promise<void>): void;
}

/** The same word of a token is written again at most this often: a group that was made since has its members then. */
const heardMs = 5 * 60_000;
/** Persons whose last word is remembered in this process. */
const mostRemembered = 20_000;

export function createGroups({ clock, store }: { clock: Clock; store: { db: Queries; transaction: RunTransaction } }): Groups {
  const remembered = new Map<string, { claims: string; at: number }>();
  const listeners: Parameters<Groups['onChanged']>[0][] = [];

  async function tell(tx: Queries, tenantId: string, scope: 'group' | 'person', scopeId: string): Promise<void> {
    for (const listener of listeners) await listener(tx, tenantId, { scope, scopeId });
  }

  async function need(tenantId: string, id: string): Promise<Group> {
    const found = (await allGroups(store.db, tenantId)).find((each) => each.id === id);
    if (found) return found;
    throw new UserError(404, { code: 'group-unknown', message: 'There is no such group.', remedy: 'Somebody may have removed it; look at the list.' });
  }

  async function make(tenantId: string, wanted: Pick<Group, 'name' | 'claim' | 'rank'>): Promise<Group> {
    const id = await insertGroup(store.db, tenantId, wanted, clock.now());
    if (id === null) throw taken();
    return need(tenantId, id);
  }

  async function change(tenantId: string, id: string, wanted: Partial<GroupFacts>, seen?: GroupFacts): Promise<Group> {
    const before = await need(tenantId, id);
    const next = { id, name: wanted.name ?? before.name, claim: wanted.claim === undefined ? before.claim : wanted.claim, rank: wanted.rank ?? before.rank };
    if (await otherWith(store.db, tenantId, id, next)) throw taken();
    await store.transaction(async (tx) => {
      if (!(await updateGroup(tx, tenantId, next, seen ?? before))) throw changedMeanwhile();
      // Which of several groups counts most.
      if (next.rank !== before.rank) await tell(tx, tenantId, 'group', id);
    });
    return need(tenantId, id);
  }

  async function heard(tenantId: string, personId: string, claims: readonly string[] | null): Promise<void> {
    if (claims === null) return;
    const key = `${tenantId}/${personId}`;
    const said = [...new Set(claims)].toSorted();
    const now = clock.now();
    const last = remembered.get(key);
    if (last && last.claims === said.join('\n') && now - last.at < heardMs) return;
    await store.transaction(async (tx) => {
      if (await setClaimed(tx, tenantId, personId, said, now)) await tell(tx, tenantId, 'person', personId);
    });
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, { claims: said.join('\n'), at: now });
  }

  return {
    all: (tenantId) => allGroups(store.db, tenantId),
    need,
    of: (tenantId, personId) => groupsOf(store.db, tenantId, personId),
    make,
    change,
    async remove(tenantId, id) {
      await need(tenantId, id);
      await store.transaction(async (tx) => {
        await dropLayers(tx, tenantId, 'group', id);
        await deleteGroup(tx, tenantId, id);
        await tell(tx, tenantId, 'group', id);
      });
    },
    members: (tenantId, id) => membersOf(store.db, tenantId, id),
    async add(tenantId, id, personId) {
      await need(tenantId, id);
      await store.transaction(async (tx) => {
        await addMember(tx, tenantId, id, personId, 'administrator', clock.now());
        await tell(tx, tenantId, 'person', personId);
      });
    },
    takeOut: (tenantId, id, personId) => store.transaction(async (tx) => {
      await removeMember(tx, tenantId, id, personId);
      await tell(tx, tenantId, 'person', personId);
    }),
    heard,
    onChanged: (fn) => void listeners.push(fn),
  };
}

function changedMeanwhile(): UserError {
  return new UserError(409, { code: 'changed-meanwhile', field: 'seen', message: 'Somebody changed this group meanwhile.', remedy: 'Look at the newest state and change it again.' });
}

function taken(): UserError {
  return new UserError(409, { code: 'group-taken', field: 'name', message: 'Another group has this name or this claim.', remedy: 'Choose another name, or change the other group.' });
}
