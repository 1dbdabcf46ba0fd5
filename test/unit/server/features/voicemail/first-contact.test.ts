import assert from 'node:assert/strict';
import { anns, createEngineWorld, mailboxId, start, type EngineWorld, type VoicemailWorldOptions } from '../../../../support/voicemail-world.ts';

const day = 24 * 60 * 60_000;

describe('first contact with a box full of old messages', () => {
  let world: EngineWorld;
  afterEach(() => world.stop());

  function full(options: VoicemailWorldOptions = {}): void {
    world = createEngineWorld(options);
    const old = world.pbx.boxes.leave(anns, { callerName: 'old and heard', leftAt: start - 90 * day });
    world.pbx.boxes.move(anns, old?.copy ?? '', 'Old');
    world.pbx.boxes.leave(anns, { callerName: 'old and unheard', leftAt: start - 60 * day });
    const recent = world.pbx.boxes.leave(anns, { callerName: 'recent and heard', leftAt: start - 2 * day });
    world.pbx.boxes.move(anns, recent?.copy ?? '', 'Old');
  }

  function mailed(): string[] {
    return world.mails().map(({ draft }) => draft?.call.name ?? 'the phone system').toSorted();
  }

  it('lists what is there and mails nothing, unless the policy says so', async () => {
    full();
    await world.settle();
    assert.deepEqual(mailed(), []);
    assert.deepEqual((await world.pairs()).map(({ state }) => state), ['listed', 'listed', 'listed']);
    assert.ok((await world.pairs()).every(({ hasAudio }) => hasAudio), 'undo never depends on the phone system');
  });

  it('mails the unheard ones where that is wanted', async () => {
    full({ policy: { oldMessages: 'mail-unheard' } });
    await world.settle();
    assert.deepEqual(mailed(), ['old and unheard']);
  });

  it('mails the recent ones where that is wanted, the heard as read', async () => {
    full({ policy: { oldMessages: 'mail-recent', oldDays: 7 } });
    await world.settle();
    assert.deepEqual(mailed(), ['recent and heard']);
    assert.equal(world.mails()[0]?.isRead, true);
  });

  it('what comes afterwards is new, and is mailed', async () => {
    full();
    await world.settle();
    world.pbx.boxes.leave(anns, { callerName: 'new' });
    await world.settle();
    assert.deepEqual(mailed(), ['new']);
  });

  it('adopts the mails that the phone system sent by itself: no second one, and they are in step from now on', async () => {
    full({ policy: { oldMessages: 'mail-recent', oldDays: 365 } });
    const [heard] = world.pbx.boxes.all.get(anns)?.folders.Old ?? [];
    const [unheard] = world.pbx.boxes.all.get(anns)?.folders.INBOX ?? [];
    for (const message of [heard, unheard]) world.mail.mailboxes.make(mailboxId, { messageId: `notice-${message?.id}@pbx`, subject: 'New message', isRead: false, draft: null, noticeOf: message?.id ?? '' }, start);
    await world.settle();
    assert.deepEqual(mailed(), ['recent and heard', 'the phone system', 'the phone system']);
    const notice = (id: string | undefined) => world.mails().find(({ messageId }) => messageId === `notice-${id}@pbx`);
    assert.equal(notice(heard?.id)?.isRead, true, 'start-up: heard, so its mail is read');
    assert.equal(notice(unheard?.id)?.isRead, false);
    world.mail.mailboxes.setRead(mailboxId, notice(unheard?.id)?.copy ?? '', true);
    await world.settle();
    assert.equal(world.pbx.boxes.find(anns, unheard?.copy ?? '')?.folder, 'Old');
  });

  it('an unheard message outlives a notice that was thrown away before we came', async () => {
    full();
    const [unheard] = world.pbx.boxes.all.get(anns)?.folders.INBOX ?? [];
    const made = world.mail.mailboxes.make(mailboxId, { messageId: 'notice@pbx', subject: 'New message', isRead: false, draft: null, noticeOf: unheard?.id ?? '' }, start);
    world.mail.mailboxes.move(mailboxId, made.copy, 'trash');
    await world.settle();
    assert.equal(world.pbx.boxes.find(anns, unheard?.copy ?? '')?.folder, 'INBOX');
  });

  it('waits for the mail system before it decides what is old', async () => {
    full({ policy: { oldMessages: 'mail-unheard' } });
    world.mail.faults.isAway = true;
    await world.round();
    assert.deepEqual(await world.pairs(), []);
    world.mail.faults.isAway = false;
    await world.settle();
    assert.deepEqual(mailed(), ['old and unheard']);
  });

  it('with thousands of old messages no round does more than its share, and new ones come first', async () => {
    world = createEngineWorld({ policy: { oldMessages: 'mail-recent', oldDays: 365 } });
    const box = world.pbx.boxes.all.get(anns);
    if (box) box.capacity = 5_000;
    for (let n = 0; n < 400; n++) world.pbx.boxes.leave(anns, { callerName: `old ${n}`, leftAt: start - day - n });
    const first = await world.round();
    assert.ok(first.effects <= 60, `${first.effects} at once`);
    world.pbx.boxes.leave(anns, { callerName: 'new' });
    await world.round();
    assert.ok(mailed().includes('new'));
    let rounds = 0;
    for (let result = await world.round(); result.againAt !== null && result.againAt <= world.clock.now(); result = await world.round()) rounds += 1;
    assert.ok(rounds > 3);
    assert.equal(new Set(mailed()).size, 401);
    assert.equal(mailed().length, 401, 'none twice');
  });

  it('a box that gets another owner shows them nothing of what lay there', async () => {
    full();
    await world.settle();
    const state = world.memory.boxes.get(`pbx/${anns}`);
    assert.ok(state);
    world.memory.put({ ...state, personId: 'ben', cutOverAt: null });
    for (const pair of world.memory.pairs.values()) world.memory.pairs.set(pair.id, { ...pair, personId: 'the former owner' });
    world.pbx.boxes.leave(anns, { callerName: 'for the new owner' });
    await world.settle();
    world.pbx.boxes.leave(anns, { callerName: 'later' });
    await world.settle();
    const own = (await world.pairs()).filter(({ personId }) => personId === 'ann');
    assert.deepEqual(own.map(({ call }) => call.name).toSorted(), ['for the new owner', 'later']);
    assert.deepEqual(mailed(), ['later']);
  });
});
