import { lineKey, lineOfKey } from '../../../domain/line.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { dropTarget, everyTarget, forgetShownOf } from './target-rows.ts';

/**
 * Work `availability.release`: a line that was told something and is nobody's any more would go on sending callers away by the last state of whoever had it. Its phone system forgets that state, and calls ring as
 * before. Where another line drives the same extension, that one's state stands. One line that fails holds up no other.
 */
export async function release(deps: AvailabilityDeps, tenantId: string): Promise<void> {
  const driven = [...(await deps.crowd.lines(tenantId, await deps.people.withLines(tenantId))).values()].flat();
  const lines = new Set(driven.map(lineKey));
  const phones = new Set(driven.map(({ pbx, extension }) => `${pbx}/${extension}`));
  let failure: unknown = null;
  for (const told of await everyTarget(deps.store.db, tenantId)) {
    const line = lineOfKey(told.target);
    if (!line || lines.has(told.target)) continue;
    const target = deps.targets.find((each) => each.instance === told.instance);
    try {
      if (target && !phones.has(`${line.pbx}/${line.extension}`)) await deps.effect('availability.release', () => target.forget(line));
      await deps.effect('availability.shown.write', () => dropTarget(deps.store.db, tenantId, told));
      await tellNewOwner(deps, tenantId, line);
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== null) throw failure;
}

/** Whoever got the line in this very moment was told before it was forgotten: once more. */
async function tellNewOwner(deps: AvailabilityDeps, tenantId: string, { pbx, extension }: { pbx: string; extension: string }): Promise<void> {
  const owner = await deps.people.ownerOfExtension(tenantId, pbx, extension);
  if (owner === null) return;
  await deps.store.transaction(async (tx) => {
    await forgetShownOf(tx, tenantId, pbx, extension);
    await putWork(tx, { tenantId, kind: 'availability.show', key: owner, dueAt: deps.clock.now() });
  });
}
