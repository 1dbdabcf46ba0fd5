import assert from 'node:assert/strict';
import { plainName } from '../../../../../server/domain/plain-text.ts';
import { composeMail } from '../../../../../server/features/voicemail/mail/compose.ts';
import { voicemailSettings } from '../../../../../contract/voicemail/settings.ts';
import { anns, bobs, createEngineWorld, mailboxId, mailFrame, start, type EngineWorld, type VoicemailWorldOptions } from '../../../../support/voicemail-world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('faults and bad input between voicemail and mail', () => {
  let world: EngineWorld;
  afterEach(() => world.stop());

  async function begun(options: VoicemailWorldOptions = {}): Promise<EngineWorld> {
    world = createEngineWorld(options);
    await world.settle();
    return world;
  }

  function whys(): string[] {
    return world.memory.lines.map(({ because }) => because);
  }

  it('a full mailbox: the mail waits, the voicemail and the lamp stay, nothing is mailed twice', async () => {
    const { pbx, mail, clock } = await begun();
    mail.isFull = true;
    pbx.boxes.leave(anns);
    for (let left = 3; left > 0; left--) {
      await world.round();
      clock.advance(16 * minute);
    }
    assert.equal((await world.pairs())[0]?.trouble, 'mailbox-full');
    assert.equal(whys().filter((why) => why === 'mailbox full').length, 1, 'said once');
    assert.equal(pbx.boxes.all.get(anns)?.shown, 1);
    mail.isFull = false;
    await world.settle();
    assert.equal(world.mails().length, 1);
    assert.equal((await world.pairs())[0]?.trouble, null);
  });

  it('a full mailbox does not hold up what was mailed before', async () => {
    const { pbx, mail } = await begun();
    const first = pbx.boxes.leave(anns);
    await world.settle();
    mail.isFull = true;
    pbx.boxes.leave(anns);
    pbx.boxes.move(anns, first?.copy ?? '', 'Old');
    await world.round();
    assert.equal(world.mails()[0]?.isRead, true);
  });

  it('a full voicemail box goes on being synchronised', async () => {
    const { pbx } = await begun();
    pbx.boxes.add(bobs, { capacity: 1 });
    const box = pbx.boxes.all.get(anns);
    if (box) box.capacity = 2;
    pbx.boxes.leave(anns);
    pbx.boxes.leave(anns);
    assert.equal(pbx.boxes.leave(anns), null);
    await world.settle();
    assert.equal(world.mails().length, 2);
  });

  it('the mailbox is moved to another server: its mails are found there again, and stay in step', async () => {
    const { pbx, mail } = await begun();
    const message = pbx.boxes.leave(anns);
    await world.settle();
    mail.mailboxes.moveMailbox(mailboxId, 'new-home');
    // Before anybody says where it is now.
    await world.round();
    assert.equal(world.memory.boxes.get(`pbx/${anns}`)?.parked, 'mailbox-gone');
    assert.equal(pbx.boxes.find(anns, message?.copy ?? '')?.folder, 'INBOX');
    world.mailbox = { instance: 'm365', id: 'new-home' };
    await world.settle();
    const [moved] = world.mails();
    mail.mailboxes.setRead('new-home', moved?.copy ?? '', true);
    await world.settle();
    assert.equal(pbx.boxes.find(anns, message?.copy ?? '')?.folder, 'Old');
    assert.equal(world.memory.boxes.get(`pbx/${anns}`)?.parked, null);
  });

  it('the mailbox is moved and its mails stay behind: they are missing, the voicemail stays', async () => {
    const { pbx, mail } = await begun();
    const message = pbx.boxes.leave(anns);
    await world.settle();
    mail.mailboxes.add('empty-home');
    world.mailbox = { instance: 'm365', id: 'empty-home' };
    await world.settle();
    assert.equal((await world.pairs())[0]?.mail, 'missing');
    assert.equal(pbx.boxes.find(anns, message?.copy ?? '')?.folder, 'INBOX');
    assert.ok(whys().includes('mail missing'));
  });

  it('a mail that its owner destroyed is missing, not a deletion', async () => {
    const { pbx, mail } = await begun();
    const message = pbx.boxes.leave(anns);
    await world.settle();
    mail.mailboxes.destroy(mailboxId, world.mails()[0]?.copy ?? '');
    await world.settle();
    assert.equal(pbx.boxes.find(anns, message?.copy ?? '')?.folder, 'INBOX');
    assert.equal(world.mails().length, 0, 'and it is not sent again');
  });

  it('one message id many times: one mail; heard when all are, deleted when all are gone', async () => {
    const { pbx, mail } = await begun({ voicemailCan: { trash: false } });
    const first = pbx.boxes.leave(anns);
    assert.ok(first);
    const second = pbx.boxes.duplicate(first, anns, 'INBOX');
    const third = pbx.boxes.duplicate(first, anns, 'INBOX');
    await world.settle();
    assert.equal(world.mails().length, 1);
    pbx.boxes.move(anns, first.copy, 'Old');
    await world.settle();
    assert.equal(world.mails()[0]?.isRead, false);
    mail.mailboxes.setRead(mailboxId, world.mails()[0]?.copy ?? '', true);
    await world.settle();
    for (const { copy } of [first, second, third]) assert.equal(pbx.boxes.find(anns, copy)?.folder, 'Old');
    pbx.boxes.erase(anns, first.copy);
    pbx.boxes.erase(anns, second.copy);
    await world.settle();
    assert.equal(world.mails()[0]?.place, 'inbox');
    pbx.boxes.leave(anns, { callerName: 'witness' });
    pbx.boxes.erase(anns, third.copy);
    await world.settle();
    assert.equal(world.mails()[0]?.place, 'trash');
  });

  it('an emptied phone system deletes no mail, and says that it was held', async () => {
    const { pbx, clock } = await begun();
    for (let left = 3; left > 0; left--) pbx.boxes.leave(anns);
    await world.settle();
    pbx.isEmptied = true;
    for (let left = 5; left > 0; left--) {
      await world.round();
      clock.advance(6 * minute);
    }
    assert.ok(world.mails().every(({ place }) => place === 'inbox'));
    assert.equal(world.memory.boxes.get(`pbx/${anns}`)?.brake, 'emptied');
    pbx.isEmptied = false;
    assert.equal(await world.settle(), 0);
    assert.equal(world.memory.boxes.get(`pbx/${anns}`)?.brake, null);
  });

  it('the brake lets through what an administrator says is meant', async () => {
    const { pbx, clock } = await begun();
    pbx.boxes.leave(anns);
    await world.settle();
    const box = world.pbx.boxes.all.get(anns);
    if (box) box.folders.INBOX = [];
    await world.round();
    assert.equal(world.mails()[0]?.place, 'inbox', 'the last message of the only known box vanished: nobody can tell');
    const state = world.memory.boxes.get(`pbx/${anns}`);
    assert.equal(state?.brake, 'emptied');
    clock.advance(minute);
    if (state) world.memory.put({ ...state, brakeReleasedAt: clock.now() });
    await world.settle();
    assert.equal(world.mails()[0]?.place, 'trash');
  });

  it('the last message, deleted by a phone that was seen, is deleted', async () => {
    const { pbx, clock, deps } = await begun();
    pbx.boxes.leave(anns);
    await world.settle();
    clock.advance(minute);
    const phone = pbx.boxes.pickUp(anns);
    await deps.journal.phoneSeen('default', 'pbx', anns, clock.now());
    phone.remove(phone.sees.INBOX[0] ?? '');
    phone.hangUp();
    await world.settle();
    assert.equal(world.mails()[0]?.place, 'trash');
  });

  it('many mails thrown away at once: no voicemail follows before somebody says so', async () => {
    const { pbx, mail, clock } = await begun({ policy: { mostAtOnce: 3 } });
    for (let left = 5; left > 0; left--) pbx.boxes.leave(anns);
    await world.settle();
    for (const { copy } of world.mails()) mail.mailboxes.move(mailboxId, copy, 'trash');
    await world.round();
    assert.equal(pbx.boxes.all.get(anns)?.folders.INBOX.length, 5);
    const state = world.memory.boxes.get(`pbx/${anns}`);
    assert.equal(state?.brake, 'too-many-mails');
    clock.advance(minute);
    if (state) world.memory.put({ ...state, brakeReleasedAt: clock.now() });
    await world.settle();
    assert.equal(pbx.boxes.all.get(anns)?.folders.Deleted.length, 5);
  });

  it('a phone system whose clock is wrong: the time when we first saw the message counts', async () => {
    const { pbx, clock } = await begun();
    clock.advance(3 * day);
    await world.settle();
    pbx.boxes.leave(anns, { callerName: 'future', leftAt: clock.now() + 365 * day });
    pbx.boxes.leave(anns, { callerName: 'past', leftAt: Date.UTC(1970, 0, 2) });
    pbx.boxes.leave(anns, { callerName: 'untold', leftAt: null });
    pbx.boxes.leave(anns, { callerName: 'right', leftAt: clock.now() - minute });
    const now = clock.now();
    await world.settle();
    const times = Object.fromEntries(world.mails().map(({ draft }) => [draft?.call.name, draft?.sentAt]));
    assert.deepEqual(times, { future: now, past: now, untold: now, right: now - minute });
    assert.equal(whys().filter((why) => why === 'clock of the phone system is wrong').length, 2);
  });

  it('without a trash on the phone system a deleted voicemail can be heard from our copy', async () => {
    const { pbx, mail, clock } = await begun({ voicemailCan: { trash: false } });
    pbx.boxes.leave(anns);
    pbx.boxes.leave(anns, { callerName: 'stays' });
    await world.settle();
    const copy = world.mails().find(({ draft }) => draft?.call.name === 'Dee Dove')?.copy ?? '';
    mail.mailboxes.move(mailboxId, copy, 'trash');
    await world.settle();
    const pair = (await world.pairs()).find(({ call }) => call.name === 'Dee Dove');
    assert.equal(pair?.voicemail, 'gone');
    assert.ok(await world.deps.journal.audio('default', pair?.id ?? ''));
    mail.mailboxes.move(mailboxId, copy, 'inbox');
    assert.equal(await world.settle(), 0, 'there is nothing to bring back to, and nothing breaks');
    clock.advance(31 * day);
    await world.settle();
    assert.equal(await world.deps.journal.audio('default', pair?.id ?? ''), null, 'after the undo time it is gone for good');
  });

  it('with neither trash nor sound nothing is deleted that could not be brought back', async () => {
    const { pbx, mail } = await begun({ voicemailCan: { trash: false, audio: false } });
    pbx.boxes.leave(anns);
    await world.settle();
    mail.mailboxes.move(mailboxId, world.mails()[0]?.copy ?? '', 'trash');
    await world.settle();
    assert.equal(pbx.boxes.all.get(anns)?.folders.INBOX.length, 1);
    assert.ok(whys().includes('kept-no-undo'));
  });

  it('a phone that is never hung up holds back only what would be written to its box', async () => {
    const { pbx, mail } = await begun();
    pbx.boxes.leave(anns);
    await world.settle();
    const phone = pbx.boxes.pickUp(anns);
    mail.mailboxes.setRead(mailboxId, world.mails()[0]?.copy ?? '', true);
    pbx.boxes.leave(anns, { callerName: 'meanwhile' });
    const { againAt, failure } = await world.round();
    assert.equal(failure, null, 'waiting for a hang-up is no failure');
    assert.ok(againAt !== null && againAt <= start + day);
    assert.equal(world.mails().length, 2);
    phone.hangUp();
    await world.settle();
    assert.equal(pbx.boxes.all.get(anns)?.folders.Old.length, 1);
  });

  describe('what callers say of themselves', () => {
    const hostile = ['Eve\r\nBcc: all@example.com', '<img src=x onerror=alert(1)>', '\u202egnp.exe', '👩‍👩‍👧‍👦 family', '\u0000\u0007bell', ' ', 'x'.repeat(5_000), '"Mallory" <boss@example.com>', 'e\u0301\u0301\u0301'.repeat(200)];

    for (const callerName of hostile) {
      it(`${JSON.stringify(callerName.slice(0, 30))} neither breaks a line nor deceives`, async () => {
        const { pbx } = await begun();
        pbx.boxes.leave(anns, { callerName, callerNumber: '+1\n555' });
        await world.settle();
        const draft = world.mails()[0]?.draft;
        assert.ok(draft);
        assert.doesNotMatch(`${draft.subject}${draft.from.name}${draft.call.name}${draft.call.number}`, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        assert.ok([...new Intl.Segmenter().segment(draft.call.name)].length <= 80);
        const [pair] = await world.pairs();
        assert.ok(pair);
        const { html, subject, from } = composeMail(pair, voicemailSettings.standard, mailFrame, null);
        assert.doesNotMatch(html, /<(?!\/?(?:table|tr|th|td|p|b|a)\b)/);
        assert.ok(from.name.length > 0 && subject.length > 0);
      });
    }

    it('emoji of several parts stay whole', () => {
      assert.equal(plainName('👩‍👩‍👧‍👦 family'), '👩‍👩‍👧‍👦 family');
    });
  });
});
