import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeCopies, isDeleted, type VoicemailSide } from '../../../server/features/voicemail/rules/pair.ts';
import { anns, bobs, createEngineWorld, start, type EngineWorld, type VoicemailWorldOptions } from '../../support/voicemail-world.ts';
import { acts, Crash, hangUp, lots, type Run } from './steps.ts';

/** One random history: which mail system, what happens, and what is tried at the end. */
export interface History {
  system: number;
  steps: readonly (readonly [lot: number, n: number])[];
  probe: number;
}

/** At least 50 steps, then the faults stop. fast-check prints the seed with the shortest history that fails. */
export const history: fc.Arbitrary<History> = fc.record({
  system: fc.nat(100), probe: fc.nat(1_000), steps: fc.array(fc.tuple(fc.nat(10_000), fc.nat(1_000)), { minLength: 50, maxLength: 80 }),
});

const systems: readonly VoicemailWorldOptions[] = [
  {}, { mailCan: { stableIds: false } }, { mailCan: { stableIds: false, visibleWithinMs: 5_000 } }, { mailCan: { changes: false, notifications: false } }, { voicemailCan: { trash: false } },
];
const minute = 60_000;

/** Begins a run over a system, with a neighbour whose messages bear witness. */
export async function begin(world: EngineWorld): Promise<Run> {
  const run: Run = { world, left: [], phone: null, pressed: new Set(), thrown: new Set(), saved: new Set(), untrashed: new Set(), destroyed: new Set(), filed: new Set(), crashIn: null, crashAfter: false };
  world.onEffect = async (_name, effect) => {
    if (run.crashIn === null || run.crashIn-- > 0) return effect();
    run.crashIn = null;
    if (run.crashAfter) await effect();
    throw new Crash();
  };
  world.pbx.port.onEvent((event) => {
    if (event.type !== 'resync' && event.type !== 'changed') void world.deps.journal.phoneSeen(world.tenantId, 'pbx', event.box, event.at);
  });
  await world.round();
  await addNeighbour(world);
  return run;
}

/** Bob's box, with a message that is known: what bears witness that the phone system has its disk. */
async function addNeighbour({ pbx, deps, tenantId }: EngineWorld): Promise<void> {
  const message = pbx.boxes.leave(bobs, { callerName: 'for Bob' });
  const known = await deps.journal.load(tenantId, 'pbx', bobs);
  assert.ok(known && message);
  await deps.journal.save(known.state, [{
    tenantId, id: 'bobs-pair', personId: 'bob', instance: 'pbx', box: bobs, voicemailId: message.id, state: 'listed', call: { name: '', number: '', durationSeconds: 1, isUrgent: false },
    leftAt: start, firstSeenAt: start, voicemail: 'unheard', mailbox: null, messageId: 'bob@tieline.test', mailId: null, mail: null, settled: null, wish: null, begun: null, deliveryBeganAt: null, missingSince: null,
    hasAudio: true, binnedAt: null, removedByUs: false, trouble: null,
  }], []);
}

/** Step by step. */
export async function happen(run: Run, steps: History['steps']): Promise<void> {
  for (const [lot, n] of steps) await acts[lots[lot % lots.length] ?? 'round']?.act(run, n);
}

/** Lets it happen, lets the faults stop, and holds the end against the promises. `plant` puts a mistake into the engine's way. Throws what is broken. */
export async function live({ system, steps, probe }: History, plant: (options: VoicemailWorldOptions) => VoicemailWorldOptions = (options) => options): Promise<void> {
  const run = await begin(createEngineWorld(plant(systems[system % systems.length] ?? {})));
  try {
    await happen(run, steps);
    await faultsStop(run);
    await converge(run);
    await holdsPromises(run);
    await probed(run, probe);
  } finally {
    run.world.stop();
  }
}

export async function faultsStop(run: Run): Promise<void> {
  const { world } = run;
  hangUp(run);
  world.pbx.isEmptied = false;
  world.pbx.events = 'told';
  world.pbx.setAway(false);
  world.mail.isFull = false;
  Object.assign(world.pbx.faults, { pretend: 0, loseAnswers: 0, throttle: 0 });
  Object.assign(world.mail.faults, { isAway: false, pretend: 0, loseAnswers: 0, throttle: 0 });
  run.crashIn = null;
  // Nobody told of a mailbox that was away when it changed: the sweep is the net.
  world.clock.advance(7 * 60 * minute);
}

/** Two rounds bring both sides to where they stay; what is only found late may be looked for once more. */
export async function converge({ world }: Run): Promise<void> {
  for (let left = 2; left > 0; left--) {
    const { failure } = await world.round();
    assert.equal(failure, null, 'nothing stands in the way any more');
    world.clock.advance(10_000);
  }
  const lines = world.trailLength();
  for (let left = 2; left > 0; left--) {
    const { effects } = await world.round();
    assert.equal(effects, 0, 'echo: a round did something again');
    world.clock.advance(10_000);
  }
  assert.equal(world.trailLength(), lines, 'echo: a round wrote a reason again');
}

/** Each caller's message over all its copies. */
export function sideOf({ world }: Run, caller: string): VoicemailSide {
  const { folders } = world.pbx.boxes.all.get(anns) ?? { folders: { INBOX: [], Old: [], Deleted: [] } };
  const has = (list: readonly { callerName: string }[]): boolean => list.some(({ callerName }) => callerName === caller);
  return mergeCopies([...(has(folders.INBOX) ? ['unheard' as const] : []), ...(has(folders.Old) ? ['heard' as const] : []), ...(has(folders.Deleted) ? ['deleted' as const] : [])]);
}

async function holdsPromises(run: Run): Promise<void> {
  const { world } = run;
  for (const { callerName } of run.left) {
    const voicemail = sideOf(run, callerName);
    const mails = world.mails().filter(({ draft }) => draft?.call.name === callerName);
    const wasThrown = run.thrown.has(callerName);
    assert.ok(mails.length <= 1, `${callerName} was mailed ${mails.length} times`);
    assert.ok(!isDeleted(voicemail) || wasThrown, `${callerName} was deleted, and by nobody`);
    const [mail] = mails;
    if (!mail) {
      // Thrown away before its mail was made, or its mail was destroyed by its owner.
      assert.ok(wasThrown || run.destroyed.has(callerName), `${callerName} has no mail`);
      continue;
    }
    assert.ok(mail.place !== 'trash' || wasThrown, `the mail of ${callerName} was thrown away, and by nobody`);
    const wasTakenBack = run.untrashed.has(callerName);
    if (!wasTakenBack) assert.equal(isDeleted(voicemail), mail.place === 'trash', `${callerName} is ${voicemail}, its mail in ${mail.place}`);
    if (voicemail === 'unheard') assert.equal(mail.isRead, false, `${callerName} is unheard, its mail read`);
    if (voicemail === 'heard' && !wasTakenBack && !run.saved.has(callerName)) assert.equal(mail.isRead, true, `${callerName} is heard, its mail unread`);
  }
  const pairs = await world.pairs();
  assert.ok(pairs.every(({ hasAudio, voicemail }) => hasAudio || voicemail === 'gone' || voicemail === 'deleted'), 'a message without a copy of ours');
  const box = world.pbx.boxes.all.get(anns);
  assert.equal((box?.shown ?? 0) > 0, (box?.folders.INBOX.length ?? 0) > 0, 'the lamp shows something else than the box');
}

/** In quiet times a person does one thing on one side: it stands, and the other side follows. */
async function probed(run: Run, probe: number): Promise<void> {
  const { world } = run;
  const quiet = run.left.flatMap(({ callerName, copy }) => {
    const mail = world.mails().find(({ draft }) => draft?.call.name === callerName);
    const found = world.pbx.boxes.find(anns, copy);
    const isOne = run.left.filter((each) => each.callerName === callerName).length === 1 && copiesOf(world, callerName) === 1;
    return mail && mail.place === 'inbox' && found?.folder === 'Old' && mail.isRead && isOne ? [{ callerName, copy, mail }] : [];
  });
  const one = quiet[probe % Math.max(1, quiet.length)];
  if (!one || !world.mailbox) return;
  if (probe % 2 === 0) world.pbx.boxes.move(anns, one.copy, 'INBOX');
  else world.mail.mailboxes.setRead(world.mailbox.id, one.mail.copy, false);
  await world.round();
  assert.equal(sideOf(run, one.callerName), 'unheard', `${one.callerName} was marked unheard ${probe % 2 === 0 ? 'by phone' : 'in its mail'}`);
  assert.equal(world.mails().find(({ copy }) => copy === one.mail.copy)?.isRead, false, `${one.callerName} was marked unheard, its mail is read`);
}

function copiesOf(world: EngineWorld, caller: string): number {
  const { INBOX = [], Old = [], Deleted = [] } = world.pbx.boxes.all.get(anns)?.folders ?? {};
  return [...INBOX, ...Old, ...Deleted].filter(({ callerName }) => callerName === caller).length;
}
