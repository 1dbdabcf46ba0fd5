import assert from 'node:assert/strict';
import { effectNames, type EffectName } from '../../server/features/voicemail/deps.ts';
import type { VoicemailPolicy } from '../../server/features/voicemail/rules/policy.ts';
import { anns, createEngineWorld, mailboxId, type EngineWorld } from '../support/voicemail-world.ts';

/** The end of the process's world. */
class Killed extends Error {}

const day = 24 * 60 * 60_000;

/** Deliver, mark, delete and undo, from both sides, and the bin in the end. Each step is done by people; between them the engine works. */
async function story(world: EngineWorld, work: () => Promise<void>): Promise<void> {
  const { pbx, mail } = world;
  // They lie there already: listed, and their sounds copied together.
  for (const name of ['old', 'older']) {
    const message = pbx.boxes.leave(anns, { callerName: name, leftAt: world.clock.now() - day });
    pbx.boxes.move(anns, message?.copy ?? '', 'Old');
  }
  await work();
  const one = pbx.boxes.leave(anns, { callerName: 'one' });
  const two = pbx.boxes.leave(anns, { callerName: 'two' });
  assert.ok(one && two);
  await work();
  const mailOf = (name: string): string => world.mails().find(({ draft }) => draft?.call.name === name)?.copy ?? '';
  mail.mailboxes.setRead(mailboxId, mailOf('one'), true);
  pbx.boxes.move(anns, two.copy, 'Old');
  await work();
  mail.mailboxes.setRead(mailboxId, mailOf('one'), false);
  pbx.boxes.move(anns, two.copy, 'INBOX');
  await work();
  mail.mailboxes.move(mailboxId, mailOf('one'), 'trash');
  pbx.boxes.move(anns, two.copy, 'Deleted');
  await work();
  mail.mailboxes.move(mailboxId, mailOf('one'), 'inbox');
  pbx.boxes.move(anns, two.copy, 'INBOX');
  await work();
  pbx.boxes.playBehind(anns, two.copy);
  await work();
  mail.mailboxes.move(mailboxId, mailOf('one'), 'trash');
  await work();
  world.clock.advance(31 * day);
  await work();
}

/** Where everything ends, whatever was killed on the way. */
function end(world: EngineWorld): unknown {
  const box = world.pbx.boxes.all.get(anns);
  const { INBOX = [], Old = [], Deleted = [] } = box?.folders ?? {};
  const names = (list: readonly { callerName: string }[]): string[] => list.map(({ callerName }) => callerName);
  return {
    voicemail: { INBOX: names(INBOX), Old: names(Old), Deleted: names(Deleted), lamp: (box?.shown ?? 0) > 0 },
    mails: world.mails().map(({ draft, isRead, place }) => `${draft?.call.name} ${isRead ? 'read' : 'unread'} ${place}`).toSorted(),
    pairs: [...world.memory.pairs.values()].map(({ call, voicemail, hasAudio }) => `${call.name} ${voicemail} ${hasAudio ? 'with sound' : 'silent'}`).toSorted(),
    sounds: world.memory.sounds.size,
  };
}

/** Runs the story and dies before or after the effect with this number, or never. */
async function run(killAt: number | null, isAfter: boolean, policy: Partial<VoicemailPolicy> = {}): Promise<{ names: EffectName[]; end: unknown }> {
  const world = createEngineWorld({ policy });
  const names: EffectName[] = [];
  world.onEffect = async (name, effect) => {
    names.push(name);
    if (names.length - 1 !== killAt) return effect();
    if (isAfter) await effect();
    throw new Killed();
  };
  async function work(): Promise<void> {
    try {
      await world.settle();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      world.restart();
      await world.settle();
    }
  }
  try {
    await story(world, work);
    return { names, end: end(world) };
  } finally {
    world.stop();
  }
}

describe('promise 6: killed before or after any effect of deliver, mark, delete and undo', () => {
  it('ends as if nothing had happened, at every effect', async function () {
    this.timeout(60_000);
    const plain = await run(null, false);
    assert.deepEqual(plain.end, {
      voicemail: { INBOX: [], Old: ['old', 'older', 'two'], Deleted: [], lamp: false },
      mails: ['one unread trash', 'two read inbox'],
      pairs: ['old heard with sound', 'older heard with sound', 'two heard with sound'],
      sounds: 3,
    });
    const missed = effectNames.filter((name) => !plain.names.includes(name));
    assert.deepEqual(missed, [], 'every effect has its place in the story');
    for (let at = 0; at < plain.names.length; at++) {
      for (const isAfter of [false, true]) {
        const killed = await run(at, isAfter);
        assert.deepEqual(killed.end, plain.end, `killed ${isAfter ? 'after' : 'before'} effect ${at}, ${plain.names[at]}`);
      }
    }
  });
});
