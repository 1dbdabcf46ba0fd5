import type { AvailabilityView, WaitedFor } from '../../../../contract/availability/availability.ts';
import { UserError } from '../../../domain/errors.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { viewsOf } from '../view/view.ts';
import { dropWait, putFree, putWait, waitedForAmong, waitsOf } from './rows.ts';

/** A wish from yesterday is none any more. */
const waitsMs = 24 * 60 * 60_000;
/** More than a person can mean at a time. */
const most = 20;
/** Of people whom no phone tells of, Teams is asked as long as somebody looks (elsewhere.ts): waiting is looking. */
const lookAgainMs = 10 * 60_000;

/** Whether somebody can be called now. Of people without a line, whose calendar drives nothing, Teams tells, or what they chose by hand. */
export function isFree({ state, onThePhone, missing, why, elsewhere }: Pick<AvailabilityView, 'state' | 'onThePhone' | 'missing' | 'why' | 'elsewhere'>): boolean {
  if (state.availability !== 'available' || onThePhone === true) return false;
  if (!missing.includes('line') || why.source !== 'default') return true;
  return elsewhere?.availability === 'available' && !elsewhere.isInCall;
}

/** *When free*: wanted or no longer. Answered with everybody who is waited for. */
export async function wantFree(deps: AvailabilityDeps, tenantId: string, personId: string, { address, wanted }: { address: string; wanted: boolean }): Promise<WaitedFor[]> {
  const { db } = deps.store;
  const waitedFor = await deps.people.knownByAddress(tenantId, address);
  if (waitedFor === null) throw new UserError(404, { code: 'person-unknown', field: 'address', message: 'Nobody here is known by this address.', remedy: 'Look for them in People.' });
  const now = deps.clock.now();
  if (wanted) {
    const before = await waitsOf(db, tenantId, personId, now);
    if (before.length >= most && !before.some((each) => each.waitedFor === waitedFor)) {
      throw new UserError(422, { code: 'too-many-waits', message: `You wait for ${most} people already.`, remedy: 'Stop waiting for one of them.' });
    }
    await putWait(db, tenantId, personId, { waitedFor, address }, now + waitsMs);
    await lookWhetherFree(deps, tenantId, waitedFor);
    await putWork(db, { tenantId, kind: 'availability.free', key: waitedFor, dueAt: now + lookAgainMs, unlessEarlier: true });
  } else await dropWait(db, tenantId, personId, waitedFor);
  deps.live.announce(db, tenantId, `when-free:${personId}`);
  return waitedForBy(deps, tenantId, personId);
}

/** Work `availability.free`: looks at the present, and tells whoever waits if that is news. Who was free for a moment that nobody saw is not told of. */
export async function lookWhetherFree(deps: AvailabilityDeps, tenantId: string, waitedFor: string): Promise<{ againAt: number } | void> {
  const { db } = deps.store;
  const now = deps.clock.now();
  if ((await waitedForAmong(db, tenantId, [waitedFor], now)).length === 0) return;
  const view = (await viewsOf(deps, tenantId, [waitedFor])).get(waitedFor);
  const told = await putFree(db, tenantId, waitedFor, view && isFree(view) ? now : null);
  for (const personId of told) deps.live.announce(db, tenantId, `when-free:${personId}`);
  if (view?.missing.includes('line')) return { againAt: now + lookAgainMs };
}

export async function waitedForBy(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<WaitedFor[]> {
  const waits = await waitsOf(deps.store.db, tenantId, personId, deps.clock.now());
  const people = new Map((waits.length === 0 ? [] : await deps.crowd.of(tenantId, waits.map((each) => each.waitedFor))).map((person) => [person.personId, person]));
  return waits.map(({ waitedFor, address, freeSince }) => ({ personId: waitedFor, name: people.get(waitedFor)?.name ?? address, address, freeSince: freeSince === null ? null : new Date(freeSince).toISOString() }));
}
