import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { VoicemailForwardView } from '../../../../../contract/voicemail/voicemail.ts';
import { createLabClock, type TurnableClock } from '../../../../../lab/clock.ts';
import { createMemoryVoicemail, type MemoryVoicemail } from '../../../../../server/connectors/memory/index.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { runEffect, type EffectName, type VoicemailDeps } from '../../../../../server/features/voicemail/deps.ts';
import { askForward, forwardLimits } from '../../../../../server/features/voicemail/forward/ask.ts';
import { forwardsOf } from '../../../../../server/features/voicemail/forward/forward-rows.ts';
import { performForward } from '../../../../../server/features/voicemail/forward/perform.ts';
import { createJournal } from '../../../../../server/features/voicemail/index.ts';
import type { Pair } from '../../../../../server/features/voicemail/rules/pair.ts';
import { putBoxes } from '../../../../../server/features/voicemail/rows.ts';
import { silent } from '../../../../../server/ports/log.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { testStore } from '../../../../support/database.ts';
import { anns, bobs, start } from '../../../../support/voicemail-world.ts';

const tenantId = 'default';

class Killed extends Error {}

describe('forwarding a voicemail to a colleague\'s box', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let clock: TurnableClock;
  let pbx: MemoryVoicemail;
  let pair: Pair;
  let onEffect: (name: EffectName, run: () => Promise<unknown>) => Promise<unknown>;
  let deps: Pick<VoicemailDeps, 'clock' | 'log' | 'voicemails' | 'effect' | 'colleague'>;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    for (const table of ['work', 'voicemail_pair', 'voicemail_box'] as const) await store.db.deleteFrom(table).execute();
    clock = createLabClock({ startAt: start, paused: true });
    pbx = createMemoryVoicemail({ instance: 'pbx', clock });
    for (const [box, personId] of [[anns, 'ann'], [bobs, 'bob']] as const) {
      pbx.boxes.add(box, {});
      await putBoxes(store.db, [{ tenantId, instance: 'pbx', box, personId, name: '', address: '', isFull: false, handsOff: null, knownSince: null }]);
    }
    onEffect = runEffect;
    deps = {
      clock, log: silent, voicemails: [pbx.port], effect: (name, run) => onEffect(name, run) as ReturnType<typeof run>,
      colleague: async (_tenant, address) => ({ 'ann@contoso.test': { personId: 'ann', name: 'Ann' }, 'bob@contoso.test': { personId: 'bob', name: 'Bob' }, 'cid@contoso.test': { personId: 'cid', name: 'Cid' } })[address] ?? null,
    };
    const message = pbx.boxes.leave(anns, { callerName: 'Jonas' });
    pair = {
      tenantId, id: randomUUID(), personId: 'ann', instance: 'pbx', box: anns, voicemailId: message?.id ?? '', state: 'listed', call: { name: 'Jonas', number: '', durationSeconds: 1, isUrgent: false },
      leftAt: start, firstSeenAt: start, voicemail: 'unheard', mailbox: null, messageId: 'a@b', mailId: null, mail: null, settled: null, wish: null, begun: null, deliveryBeganAt: null, missingSince: null,
      hasAudio: false, binnedAt: null, removedByUs: false, trouble: null,
    };
    const journal = createJournal(store, () => undefined);
    const box = await journal.load(tenantId, 'pbx', anns);
    assert.ok(box);
    await journal.save(box.state, [pair], []);
  });
  afterEach(() => clock.stop());

  const ask = (to = 'bob@contoso.test', id = randomUUID() as string, askedBy = 'ann'): Promise<VoicemailForwardView> => askForward(deps, store, pair, askedBy, { id, to });
  const perform = (id: string): Promise<{ againAt: number } | void> => performForward(deps, store, tenantId, `${pair.id}/${id}`);
  const bobHas = (): number => pbx.boxes.all.get(bobs)?.folders.INBOX.length ?? 0;
  const stands = async (): Promise<(string | null)[]> => (await forwardsOf(store.db, tenantId, pair.id)).flatMap(({ state, problem }) => [state, problem]);

  it('arrives unheard, once, however often it is asked and worked on', async () => {
    const asked = await ask();
    assert.equal(asked.state, 'waiting');
    assert.equal((await ask('bob@contoso.test', asked.id)).id, asked.id);
    assert.equal((await store.db.selectFrom('work').selectAll().where('kind', '=', 'voicemail.forward').execute()).length, 1);
    await perform(asked.id);
    await perform(asked.id);
    assert.equal(bobHas(), 1);
    assert.deepEqual(await stands(), ['done', null]);
    assert.equal((await ask('bob@contoso.test', asked.id)).state, 'done');
  });

  it('a full box is told, although the phone system says that it is done', async () => {
    const box = pbx.boxes.all.get(bobs);
    assert.ok(box);
    box.capacity = 0;
    await perform((await ask()).id);
    assert.deepEqual(await stands(), ['failed', 'box-full']);
  });

  it('a lost answer is told from a lost copy by what lies in the box; a copy that is not seen is doubt, and is not sent again', async () => {
    pbx.faults.loseAnswers = 1;
    const first = await ask();
    assert.ok(await perform(first.id));
    await perform(first.id);
    assert.deepEqual([bobHas(), ...(await stands())], [1, 'done', null]);
    onEffect = async (name, run) => {
      if (name === 'voicemail.forward') throw new Killed();
      return run();
    };
    clock.advance(1_000);
    const second = await ask();
    await assert.rejects(perform(second.id), Killed);
    onEffect = runEffect;
    await perform(second.id);
    await perform(second.id);
    assert.deepEqual([bobHas(), ...(await stands())], [1, 'doubt', 'no-answer', 'done', null]);
  });

  for (const name of ['forward.write', 'voicemail.forward'] as const) {
    for (const side of ['before', 'after'] as const) {
      for (const nth of name === 'forward.write' ? [1, 2] : [1]) {
        it(`killed ${side} ${name} (${nth}): one copy at most, and never silence`, async () => {
          const { id } = await ask();
          let left = nth;
          onEffect = async (each, run) => {
            if (each !== name || --left !== 0) return run();
            if (side === 'after') await run();
            throw new Killed();
          };
          await assert.rejects(perform(id), Killed);
          onEffect = runEffect;
          await perform(id);
          const [state] = await stands();
          assert.ok(state === 'done' ? bobHas() === 1 : state === 'doubt' && bobHas() === 0, `${state}, ${bobHas()} copies`);
        });
      }
    }
  }

  it('waits while a phone has one of the boxes, or the phone system is away; not for ever', async () => {
    const phone = pbx.boxes.pickUp(bobs);
    const { id } = await ask();
    assert.ok(await perform(id));
    assert.deepEqual([bobHas(), ...(await stands())], [0, 'waiting', null]);
    phone.hangUp();
    pbx.faults.isAway = true;
    assert.ok(await perform(id));
    pbx.faults.isAway = false;
    await perform(id);
    assert.deepEqual([bobHas(), ...(await stands())], [1, 'done', null]);
    // Of two in one millisecond neither is the newest.
    clock.advance(1);
    const other = await ask();
    pbx.faults.isAway = true;
    clock.advance(11 * 60_000);
    await perform(other.id);
    assert.deepEqual((await stands()).slice(0, 2), ['failed', 'unavailable']);
  });

  it('says why it cannot be: nobody, no box, one\'s own box, deleted, too many', async () => {
    const code = (expected: string) => (error: unknown): boolean => error instanceof UserError && error.problem.code === expected;
    await assert.rejects(ask('nobody@contoso.test'), code('colleague-unknown'));
    await assert.rejects(ask('cid@contoso.test'), code('colleague-without-box'));
    await assert.rejects(ask('ann@contoso.test'), code('own-box'));
    await assert.rejects(askForward(deps, store, { ...pair, voicemail: 'gone' }, 'ann', { id: randomUUID(), to: 'bob@contoso.test' }), code('voicemail-deleted'));
    for (let left = forwardLimits.most; left > 0; left--) await ask();
    await assert.rejects(ask(), code('too-many-forwards'));
    assert.equal((await forwardsOf(store.db, tenantId, pair.id)).length, forwardLimits.most, 'what is refused is not kept');
  });

  it('of a shared box, a member forwards within their own limit, not its owner\'s, and into their own box, too', async () => {
    for (let left = forwardLimits.most; left > 0; left--) await ask();
    const { id } = await ask('bob@contoso.test', randomUUID(), 'bob');
    await perform(id);
    assert.equal(bobHas(), 1);
    await assert.rejects(ask('ann@contoso.test', randomUUID(), 'bob'), (error: unknown) => error instanceof UserError && error.problem.code === 'own-box', 'it lies there already');
  });
});
