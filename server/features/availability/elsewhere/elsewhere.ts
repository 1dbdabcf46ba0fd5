import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { dropElsewhere, putElsewhere, wantedElsewhere, wantElsewhere } from './rows.ts';
import { dotOf } from '../phone/target-rows.ts';
import { noteFree } from '../when-free/note-free.ts';

/** Somebody who was looked at is asked for this long; a look renews it when a third of it has gone. */
const wantedMs = 15 * 60_000;
/** 650 people are one request: 100,000 of them are 154 in a minute, of the 1,500 in half a minute that Graph grants (graph.md §0.2). */
const everyMs = 60_000;

/** Somebody looks at these people: another system is asked about them from now on, whether they chat there and what they are. Only whoever is looked at: nobody is followed for stock. */
export async function lookElsewhere(deps: AvailabilityDeps, tenantId: string, views: Iterable<AvailabilityView>): Promise<void> {
  if (deps.presences.length === 0) return;
  const looked = [...views].filter(({ missing }) => !missing.includes('mailbox')).map(({ personId }) => personId);
  const now = deps.clock.now();
  if (!(await wantElsewhere(deps.store.db, tenantId, looked, now + wantedMs, now + (wantedMs * 2) / 3))) return;
  await putWork(deps.store.db, { tenantId, kind: 'availability.elsewhere', key: 'all', dueAt: now, unlessEarlier: true });
}

/**
 * Work `availability.elsewhere`: asks for everybody who is looked at, in bulk, and tells the panes what changed. A call that we ourselves marked there comes back as *in a call*:
 * an echo, and no news.
 */
export async function askElsewhere(deps: AvailabilityDeps, tenantId: string): Promise<{ againAt: number } | void> {
  const { db } = deps.store;
  const now = deps.clock.now();
  await dropElsewhere(db, tenantId, now);
  const wanted = await wantedElsewhere(db, tenantId, now);
  if (wanted.size === 0) return;
  const people = await Promise.all([...wanted.keys()].map(async (personId) => ({ personId, mailbox: await deps.people.mailboxOf(tenantId, personId) })));
  for (const reader of deps.presences) {
    const mine = people.flatMap(({ personId, mailbox }) => (mailbox?.instance === reader.instance ? [{ personId, mailbox }] : []));
    const told = mine.length > 0 ? await reader.presences(mine.map(({ mailbox }) => mailbox)) : null;
    if (!told) continue;
    for (const { personId, mailbox } of mine) {
      const [before, after] = [wanted.get(personId) ?? null, told.get(mailbox.id) ?? null];
      if (before?.availability === after?.availability && before?.isInCall === after?.isInCall) continue;
      if (after?.isInCall && (await dotOf(db, tenantId, personId))?.isInCall) continue;
      await putElsewhere(db, tenantId, personId, after, now);
      deps.live.announce(db, tenantId, `availability:${personId}`);
      await noteFree(deps, db, tenantId, [personId], now);
    }
  }
  return { againAt: now + everyMs };
}
