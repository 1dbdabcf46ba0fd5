import assert from 'node:assert/strict';
import { acknowledged, progressed } from '../../../../../server/features/voicemail/round/begun.ts';
import type { Begun, Pair } from '../../../../../server/features/voicemail/rules/pair.ts';
import { anns, createEngineWorld, mailboxId, type EngineWorld } from '../../../../support/voicemail-world.ts';

const hour = 60 * 60_000;

describe('our own deed whose end was never written down is not taken for a person’s', () => {
  let world: EngineWorld;
  afterEach(() => world.stop());

  /** A message that was mailed; besides it one that stays, so that the box never looks as if its disk were lost. */
  async function mailed(callerName: string): Promise<{ copy: string; mailCopy: string }> {
    world = createEngineWorld();
    await world.settle();
    world.pbx.boxes.leave(anns, { callerName: 'beside' });
    const message = world.pbx.boxes.leave(anns, { callerName });
    await world.settle();
    const mail = world.mails().find(({ draft }) => draft?.call.name === callerName);
    assert.ok(message && mail);
    return { copy: message.copy, mailCopy: mail.copy };
  }

  const mailOf = (name: string) => world.mails().find(({ draft }) => draft?.call.name === name);

  for (const isRead of [false, true]) {
    it(`undeleted by phone, its mail ${isRead ? 'read and ' : ''}brought back without an answer, deleted by phone again: the mail goes too`, async () => {
      const { copy, mailCopy } = await mailed('one');
      world.mail.mailboxes.setRead(mailboxId, mailCopy, isRead);
      world.mail.mailboxes.move(mailboxId, mailCopy, 'trash');
      await world.settle();
      world.pbx.boxes.move(anns, copy, 'INBOX');
      world.mail.faults.loseAnswers = 1;
      await world.round();
      assert.equal(mailOf('one')?.place, 'inbox', 'done, and we were not told');
      world.pbx.boxes.move(anns, copy, 'Deleted');
      world.clock.advance(7 * hour);
      await world.settle();
      assert.equal(mailOf('one')?.place, 'trash');
    });
  }

  it('undeleted by phone and read in the trash, brought back in vain, heard by phone meanwhile: the mail comes back all the same', async () => {
    const { copy, mailCopy } = await mailed('one');
    world.mail.mailboxes.move(mailboxId, mailCopy, 'trash');
    await world.settle();
    world.pbx.boxes.move(anns, copy, 'INBOX');
    world.mail.mailboxes.setRead(mailboxId, mailCopy, true);
    world.mail.faults.pretend = 1;
    await world.round();
    assert.equal(mailOf('one')?.place, 'trash', 'said to be done, and was not');
    world.pbx.boxes.move(anns, copy, 'Old');
    await world.settle();
    assert.deepEqual([mailOf('one')?.place, mailOf('one')?.isRead], ['inbox', true]);
  });

  it('heard by phone, its mail marked read without an answer, kept as new by phone: it stays unheard', async () => {
    const { copy } = await mailed('one');
    world.pbx.boxes.move(anns, copy, 'Old');
    world.mail.faults.loseAnswers = 1;
    await world.round();
    assert.equal(mailOf('one')?.isRead, true, 'done, and we were not told');
    world.pbx.boxes.move(anns, copy, 'INBOX');
    await world.settle();
    assert.equal(world.pbx.boxes.find(anns, copy)?.folder, 'INBOX');
    assert.equal(mailOf('one')?.isRead, false);
  });

  it('read mail, killed after the voicemail was marked heard, marked unread meanwhile: the voicemail is unheard again', async () => {
    const { copy, mailCopy } = await mailed('one');
    world.mail.mailboxes.setRead(mailboxId, mailCopy, true);
    world.onEffect = async (name, effect) => {
      const result = await effect();
      if (name === 'voicemail.heard') throw new Error('killed');
      return result;
    };
    await assert.rejects(world.round(), /killed/);
    world.onEffect = (_name, effect) => effect();
    world.restart();
    world.mail.mailboxes.setRead(mailboxId, mailCopy, false);
    await world.settle();
    assert.equal(world.pbx.boxes.find(anns, copy)?.folder, 'INBOX');
  });

  it('what was begun and not done is done, once', async () => {
    const { copy, mailCopy } = await mailed('one');
    world.mail.mailboxes.setRead(mailboxId, mailCopy, true);
    world.onEffect = async (name, effect) => {
      if (name === 'voicemail.heard') throw new Error('killed');
      return effect();
    };
    await assert.rejects(world.round(), /killed/);
    world.onEffect = (_name, effect) => effect();
    world.restart();
    await world.settle();
    assert.equal(world.pbx.boxes.find(anns, copy)?.folder, 'Old');
    assert.ok((await world.pairs()).every(({ begun }) => begun === null), 'nothing is under way any more');
  });

  it('one that we threw away and its owner took back and threw away by phone is theirs: the undo bin leaves the phone’s trash alone', async () => {
    const { copy, mailCopy } = await mailed('one');
    world.mail.mailboxes.move(mailboxId, mailCopy, 'trash');
    await world.settle();
    world.pbx.boxes.move(anns, copy, 'INBOX');
    await world.settle();
    world.pbx.boxes.move(anns, copy, 'Deleted');
    await world.settle();
    assert.equal((await world.pairs()).find(({ call }) => call.name === 'one')?.removedByUs, false);
  });
});

describe('what of the begun steps is so', () => {
  const begun: Begun = { from: { voicemail: 'deleted', isRead: true, isTrash: true }, voicemail: 'unheard', mail: { isRead: true, isTrash: true }, steps: ['move e-mail to Inbox', 'mark e-mail unread'], wish: null };
  const pair = { settled: begun.from, begun, wish: null } as Pair;

  it('all: settled as it was meant', () => {
    assert.deepEqual(acknowledged(pair, { voicemail: 'gone', mail: { isRead: false, isTrash: false } }), { settled: { voicemail: 'unheard', isRead: false, isTrash: false }, begun: null, wish: null });
  });

  it('a part: undeleted counts, and that it is unheard is still to be told', () => {
    const { settled, begun: left } = acknowledged(pair, { voicemail: 'unheard', mail: { isRead: true, isTrash: false } });
    assert.deepEqual(settled, { voicemail: 'heard', isRead: true, isTrash: false });
    assert.deepEqual(left?.steps, ['mark e-mail unread']);
  });

  it('the mark on the voicemail without the move of the mail: that it was undeleted is still to be told', () => {
    const both: Begun = { ...begun, from: { voicemail: 'deleted', isRead: false, isTrash: true }, steps: ['move e-mail to Inbox', 'mark voicemail heard'] };
    const { settled, begun: left } = acknowledged({ ...pair, settled: both.from, begun: both }, { voicemail: 'heard', mail: { isRead: true, isTrash: true } });
    assert.deepEqual(settled, { voicemail: 'deleted', isRead: true, isTrash: true });
    assert.deepEqual(left?.steps, ['move e-mail to Inbox']);
  });

  it('nothing: as agreed before', () => {
    assert.deepEqual(acknowledged(pair, { voicemail: 'gone', mail: { isRead: true, isTrash: true } }).settled, begun.from);
  });

  it('a mail that cannot be seen proves nothing', () => {
    assert.deepEqual(acknowledged(pair, { voicemail: 'unheard', mail: null }).settled, begun.from);
  });

  it('agreed anew since then, by a process of the release before: over', () => {
    const since = { voicemail: 'unheard', isRead: false, isTrash: false } as const;
    assert.deepEqual(acknowledged({ ...pair, settled: since }, { voicemail: 'unheard', mail: { isRead: false, isTrash: false } }), { settled: since, begun: null, wish: null });
  });

  it('a wish whose steps are all done is fulfilled; another one that came meanwhile stands', () => {
    const wished: Begun = { ...begun, steps: ['move e-mail to Inbox'], wish: 'restore' };
    assert.equal(progressed({ ...pair, wish: 'restore' }, wished, ['move e-mail to Inbox']).wish, null);
    assert.equal(progressed({ ...pair, wish: 'delete' }, wished, ['move e-mail to Inbox']).wish, 'delete');
  });
});
