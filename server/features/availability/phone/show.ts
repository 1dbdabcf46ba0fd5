import { stateText } from '../../../../words/availability.ts';
import { lineKey } from '../../../domain/line.ts';
import type { PresenceTarget, ShownState } from '../../../ports/presence-target.ts';
import type { BatchOutcome } from '../../../store/batch-worker.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps, OwnedLine, PersonPolicy } from '../deps.ts';
import { findShownStates, type ShownPersonState } from '../rows.ts';
import { sideBySide } from '../side-by-side.ts';
import { phoneZone } from './phone-zone.ts';
import { forgetShown, putShown, shownAt, type Shown } from './target-rows.ts';

/** A line is told at most this often: a phone that flaps must not flood the system it hangs on. The newest state stands in the end. Ours. */
const atMostEveryMs = 1_000;
/** Lines told side by side: enough that a phone system's own budget (hub.ts) always has a next one, few enough that none waits in it for long. */
const linesAtOnce = 32;
/** Work that is put in one statement. */
const putAtOnce = 1_000;

interface Telling {
  personId: string;
  target: PresenceTarget;
  line: OwnedLine;
  shown: ShownState;
}

/**
 * Work `availability.show`: tells people's lines what they are now, where that differs from what they were told. Looks at the present, so of many changes only the newest is told. One line that fails holds up no
 * other.
 */
export async function show(deps: AvailabilityDeps, tenantId: string, personIds: readonly string[]): Promise<Map<string, BatchOutcome>> {
  const now = deps.clock.now();
  const [standing, policies, lines] = await Promise.all([findShownStates(deps.store.db, tenantId, personIds), deps.crowd.policies(tenantId, personIds), deps.crowd.lines(tenantId, personIds)]);
  const text = onceEach();
  const wanted = personIds.flatMap((personId) => {
    const [state, policy] = [standing.get(personId), policies.get(personId)];
    return state && policy ? tellingsOf(deps, personId, lines.get(personId) ?? [], (pbx) => shownOf(state, policy, phoneZone(state, policy, pbx, deps.targets), now, text)) : [];
  });
  const before = await shownAt(deps.store.db, tenantId, wanted.map(placeOf));
  const outcomes = new Map<string, BatchOutcome>();
  const told: Shown[] = [];
  await sideBySide(linesAtOnce, wanted, async (telling) => {
    const last = before.get(keyOf(telling));
    if (last?.shown && isSameShown(last.shown, telling.shown)) return;
    // A clock that was set back makes what was told last lie ahead: nobody waits for that.
    if (last?.shown && last.at <= now && now - last.at < atMostEveryMs) return void outcomes.set(telling.personId, sooner(outcomes.get(telling.personId), last.at + atMostEveryMs));
    try {
      await deps.effect('availability.show', () => telling.target.show(telling.line, telling.shown));
      told.push({ ...placeOf(telling), shown: telling.shown });
    } catch (error) {
      outcomes.set(telling.personId, { error });
    }
  });
  if (told.length > 0) await deps.effect('availability.shown.write', () => putShown(deps.store.db, tenantId, told, now));
  return outcomes;
}

function tellingsOf(deps: AvailabilityDeps, personId: string, lines: readonly OwnedLine[], shownOn: (pbx: string) => ShownState): Telling[] {
  return lines.flatMap((line) => {
    const target = deps.targets.find((each) => each.instance === line.pbx);
    return target ? [{ personId, target, line, shown: shownOn(line.pbx) }] : [];
  });
}

/** A failure stands over all, then the earliest. */
function sooner(known: BatchOutcome | undefined, againAt: number): BatchOutcome {
  if (!known) return { againAt };
  return 'error' in known ? known : { againAt: Math.min(known.againAt, againAt) };
}

function placeOf({ target, line }: Pick<Telling, 'target' | 'line'>): { instance: string; target: string } {
  return { instance: target.instance, target: lineKey(line) };
}

function keyOf(telling: Telling): string {
  return `${telling.target.instance}\n${lineKey(telling.line)}`;
}

function shownOf({ state, until, next }: ShownPersonState, { phoneLanguage: language }: PersonPolicy, timeZone: string, now: number, text: (key: string, make: () => string) => string): ShownState {
  return { availability: state.availability, face: state.face, text: text(JSON.stringify([state, until, next, language, timeZone]), () => stateText({ state, until, next }, now, { language, timeZone })) };
}

/** Many people's meetings end at one minute: what they show is written once. */
function onceEach(): (key: string, make: () => string) => string {
  const made = new Map<string, string>();
  return (key, make) => {
    const text = made.get(key) ?? make();
    made.set(key, text);
    return text;
  };
}

function isSameShown(a: ShownState, b: ShownState): boolean {
  return a.availability === b.availability && a.face === b.face && a.text === b.text;
}

/** A phone system that was away may have forgotten (an AstDB write within a second of a crash is lost): everything is told again. */
export async function tellAgain(deps: AvailabilityDeps, tenantId: string, target: PresenceTarget): Promise<void> {
  await deps.effect('availability.shown.write', () =>
    deps.store.transaction(async (tx) => {
      await forgetShown(tx, tenantId, target.instance);
      const people = (await deps.people.withLines(tenantId)).toSorted();
      const dueAt = deps.clock.now();
      for (let first = 0; first < people.length; first += putAtOnce) await putWork(tx, ...people.slice(first, first + putAtOnce).map((personId) => ({ tenantId, kind: 'availability.show', key: personId, dueAt })));
    }),
  );
}
