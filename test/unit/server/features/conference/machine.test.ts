import assert from 'node:assert/strict';
import { guards, step, transitions, type Happening, type Standing } from '../../../../../server/features/conference/machine.ts';

const states = ['held', 'scheduled', 'live', 'ended', 'expired', 'cancelled'] as const;
const happenings: Happening[] = [
  'sent', 'seen', 'not-found', 'cancelled-in-calendar', 'deleted-in-calendar', 'block-removed', 'mailbox-gone', 'joined', 'emptied', 'released', 'restore', 'created', 'cancelled-here', 'time',
];
const now = 1_000_000;
const sides = [now - 1, now, now + 1];

/** Every combination that can make a difference: each instant before, at and after now, or unknown. */
function* standings(): Generator<Standing> {
  for (const state of states)
    for (const expiresAt of sides)
      for (const restorableUntil of [null, ...sides])
        for (const closesAt of [null, ...sides])
          for (const isOccupied of [false, true])
            for (const wasSeen of [false, true]) yield { state, expiresAt, restorableUntil, closesAt, isOccupied, wasSeen };
}

/** The laws of a conference, said without the table. Returns what is broken, or null. */
function brokenLaw(from: Standing, on: Happening, to: string): string | null {
  const isOver = from.closesAt !== null && from.closesAt <= now;
  const isRestorable = from.restorableUntil !== null && from.restorableUntil > now;
  if (to === 'scheduled' && !['sent', 'seen', 'emptied', 'created'].includes(on)) return 'only the calendar, the send handler or whoever creates it outright makes a conference joinable';
  if (from.state === 'cancelled' && !isRestorable) return 'a cancelled conference never comes back after its time to be restored';
  if (from.state === 'held' && on === 'time' && from.expiresAt > now) return 'a held conference is not dropped before its time';
  if (on === 'not-found' && from.wasSeen) return 'an event that the calendar has shown is not "never sent"';
  if (from.state === 'ended' && (on === 'sent' || on === 'seen' || on === 'created') && isOver) return 'a conference whose time is over does not start again';
  if (to === 'ended' && (!isOver || (from.isOccupied && on === 'time'))) return 'nobody is thrown out, and nothing ends before its time';
  if (from.state === 'live' && on === 'emptied' && to === 'scheduled' && isOver) return 'an empty conference whose time is over is ended';
  return null;
}

/** Only what is reached from `held` counts as visited: a state that nothing leads to would be walked by nobody. */
function explore(table: typeof transitions, known: Parameters<typeof step>[4]): { reached: Set<string>; visited: Set<string>; broken: Set<string> } {
  const reached = reachable(table);
  const visited = new Set<string>();
  const broken = new Set<string>();
  for (const standing of standings()) {
    for (const on of happenings) {
      const taken = step(standing, on, now, table, known);
      if (!taken) continue;
      if (reached.has(standing.state)) visited.add(`${standing.state} -${on}-> ${taken.to} (${taken.why})`);
      const law = brokenLaw(standing, on, taken.to);
      if (law) broken.add(law);
    }
  }
  return { reached, visited, broken };
}

/** States to which some row leads, one after the other, from a conference that was just held. */
function reachable(table: typeof transitions): Set<string> {
  const reached = new Set<string>(['held']);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const row of table) if (reached.has(row.from)) reached.add(row.to);
  }
  return reached;
}

describe('conference machine: every state, every happening', () => {
  it('breaks no law anywhere, and every row of the table is walked', () => {
    const { reached, visited, broken } = explore(transitions, guards);
    assert.deepEqual([...broken], []);
    assert.deepEqual([...reached].toSorted(), states.toSorted());
    for (const row of transitions) assert.ok(visited.has(`${row.from} -${row.on}-> ${row.to} (${row.why})`), `never walked: ${row.from} -${row.on}-> ${row.to}`);
    console.log(`      states visited: ${[...reached].join(', ')}`);
    console.log(`      transitions visited (${visited.size}, in ${[...standings()].length * happenings.length} situations):`);
    for (const each of visited) console.log(`        ${each}`);
  });

  for (const name of Object.keys(guards).filter((each) => each !== 'always') as (keyof typeof guards)[]) {
    it(`notices when the guard ${name} is taken out`, () => {
      const { broken } = explore(transitions, { ...guards, [name]: () => true });
      assert.ok(broken.size > 0);
    });
  }

  for (const row of transitions.filter(({ guard }) => guard !== 'always')) {
    it(`notices when ${row.guard} is taken out of ${row.from} -${row.on}-> ${row.to} alone`, () => {
      const { broken } = explore(transitions.map((each) => (each === row ? { ...row, guard: 'always' as const } : each)), guards);
      assert.ok(broken.size > 0);
    });
  }

  it('ends in cancelled from every joinable state when the event goes, in any way', () => {
    for (const state of ['scheduled', 'live'] as const) {
      for (const on of ['cancelled-in-calendar', 'deleted-in-calendar', 'block-removed', 'mailbox-gone'] as const) {
        const standing: Standing = { state, expiresAt: 0, restorableUntil: null, closesAt: now + 1, isOccupied: state === 'live', wasSeen: true };
        assert.deepEqual(step(standing, on, now), { to: 'cancelled', why: on });
      }
    }
  });
});
