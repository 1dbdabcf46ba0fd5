import type { Queries } from '../../../store/schema.ts';
import { dropBridges, servingBridges, writeBridge } from './rows.ts';
import { bridgesFor, sumOf, type ServingBridge } from './bridge-set.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';

/** Writes what one bridge answered, and gives the conference's own fields that follow from all of its bridges. Under the conference's lock. */
export async function writeOnBridge(
  deps: Pick<ConferenceDeps, 'clock'>, tx: Queries, conference: Conference, instance: string, change: Partial<ServingBridge>,
): Promise<Partial<Conference>> {
  const all = await servingBridges(tx, conference);
  const now = deps.clock.now();
  const next = all.map((each) => (each.instance === instance ? { ...each, ...change, ...(change.state !== undefined && change.state !== each.state ? { since: now } : {}) } : each));
  const mine = next.find((each) => each.instance === instance);
  if (mine) await writeBridge(tx, conference, mine);
  const { state, error, members } = sumOf(next);
  return { bridgeState: state, bridgeSince: state === conference.bridgeState ? conference.bridgeSince : now, bridgeError: error, members };
}

/**
 * Asks all bridges of a conference to be brought to where it is. Those that are to serve it now are laid down; those that no longer do are forgotten,
 * unless somebody is in them.
 */
export async function wantOfBridges(deps: Pick<ConferenceDeps, 'bridges'>, tx: Queries, conference: Conference, state: 'pending' | 'closing', now: number): Promise<void> {
  const known = await servingBridges(tx, conference);
  const asked = (each: ServingBridge): ServingBridge => ({ ...each, state, since: now, error: null });
  if (state === 'closing') {
    for (const each of known) if (each.state !== 'none') await writeBridge(tx, conference, asked(each));
    return;
  }
  const wanted = bridgesFor(deps, conference.bridgeInstance).map((each) => each.instance);
  // A bridge that is no longer configured stays wanted, so that Details can say so.
  const instances = wanted.length > 0 ? wanted : [conference.bridgeInstance];
  await dropBridges(tx, conference, known.filter((each) => !instances.includes(each.instance) && each.members === 0).map((each) => each.instance));
  for (const instance of instances) {
    const before = known.find((each) => each.instance === instance);
    if (before?.state === 'agreed') continue;
    await writeBridge(tx, conference, asked(before ?? { instance, state: 'none', since: now, error: null, members: 0, isLocked: false }));
  }
}
