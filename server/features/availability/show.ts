import { stateText } from '../../../words/availability.ts';
import { lineKey } from '../../domain/line.ts';
import type { PresenceTarget, ShownState } from '../../ports/presence-target.ts';
import { putWork } from '../../store/work.ts';
import type { AvailabilityDeps } from './deps.ts';
import { findPersonState, type PersonState } from './rows.ts';
import type { PersonPolicy } from './deps.ts';
import { forgetShown, putShown, shownAt } from './target-rows.ts';

/** A line is told at most this often: a phone that flaps must not flood the system it hangs on. The newest state stands in the end. Ours. */
const atMostEveryMs = 1_000;

/**
 * Work `availability.show`: tells the person's lines what they are now, where that differs from what they were told. Looks at the present, so of many changes
 * only the newest is told.
 */
export async function show(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<{ againAt: number } | void> {
  const now = deps.clock.now();
  const standing = await findPersonState(deps.store.db, tenantId, personId);
  if (!standing) return;
  const policy = await deps.policyOf(tenantId, personId);
  const shown = shownOf(standing, policy, now);
  let againAt = Infinity;
  for (const line of await deps.people.linesOf(tenantId, personId)) {
    const target = deps.targets.find((each) => each.instance === line.pbx);
    if (!target) continue;
    const before = await shownAt(deps.store.db, tenantId, target.instance, lineKey(line));
    if (before && isSameShown(JSON.parse(before.shown) as ShownState, shown)) continue;
    // A clock that was set back makes what was told last lie ahead: nobody waits for that.
    if (before && before.at <= now && now - before.at < atMostEveryMs) {
      againAt = Math.min(againAt, before.at + atMostEveryMs);
      continue;
    }
    await deps.effect('availability.show', () => target.show(line, shown));
    await deps.effect('availability.shown.write', () => putShown(deps.store.db, tenantId, target.instance, lineKey(line), shown, now));
  }
  if (Number.isFinite(againAt)) return { againAt };
}

function shownOf({ state, until, next }: PersonState, policy: PersonPolicy, now: number): ShownState {
  return { availability: state.availability, face: state.face, text: stateText({ state, until, next }, now, { language: policy.phoneLanguage, timeZone: policy.phoneTimeZone }) };
}

function isSameShown(a: ShownState, b: ShownState): boolean {
  return a.availability === b.availability && a.face === b.face && a.text === b.text;
}

/** A phone system that was away may have forgotten (an AstDB write within a second of a crash is lost): everything is told again. */
export async function tellAgain(deps: AvailabilityDeps, tenantId: string, target: PresenceTarget): Promise<void> {
  await deps.effect('availability.shown.write', () =>
    deps.store.transaction(async (tx) => {
      await forgetShown(tx, tenantId, target.instance);
      const people = await deps.people.withLines(tenantId);
      await putWork(tx, ...people.map((personId) => ({ tenantId, kind: 'availability.show', key: personId, dueAt: deps.clock.now() })));
    }),
  );
}
