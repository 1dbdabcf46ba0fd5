import assert from 'node:assert/strict';
import { createMemoryMailNotifier, type MemoryMailNotifier } from '../../../../../server/connectors/memory/index.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { MailStore } from '../../../../../server/ports/mail-store.ts';
import { anns, bobs, createEngineWorld, mailboxId, type EngineWorld, type VoicemailWorldOptions } from '../../../../support/voicemail-world.ts';

const minute = 60_000;

describe('voicemail where the mailbox is closed to us: mails are sent, and that is all', () => {
  let world: EngineWorld;
  let notifier: MemoryMailNotifier;
  /** Mail.ReadWrite is not given. */
  let isClosed: boolean;
  beforeEach(() => {
    isClosed = true;
    notifier = createMemoryMailNotifier({ instance: 'smtp' });
  });
  afterEach(() => world.stop());

  function closed(port: MailStore): MailStore {
    const guard = <A extends unknown[], R>(run: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
      if (isClosed) throw new TheirError('m365', 'denied', 'refuses Mail.ReadWrite', { remedy: 'Give it.' });
      return run(...args);
    };
    const { deliver, find, findNotices, setRead, trash, restore, changes, watch } = port;
    return {
      ...port, get capabilities() {
        return port.capabilities;
      },
      deliver: guard(deliver), find: guard(find), findNotices: guard(findNotices), setRead: guard(setRead), trash: guard(trash), restore: guard(restore), changes: guard(changes), watch: guard(watch),
    };
  }

  async function begun(options: VoicemailWorldOptions = {}): Promise<EngineWorld> {
    world = createEngineWorld({ notifier: notifier.port, throughMail: closed, ...options, policy: { audioFormat: 'stored', ...options.policy } });
    await world.round();
    return world;
  }

  const onlyPair = async () => (await world.pairs())[0];

  it('a new message is mailed once, with its sound; the light and the box stay its own', async () => {
    const { pbx } = await begun();
    const message = pbx.boxes.leave(anns, { callerName: 'Dee' });
    for (let left = 3; left > 0; left--) await world.round();
    assert.deepEqual(notifier.outbox.map(({ to, draft }) => [to, draft.call.name, draft.audio?.fileName]), [['ann@contoso.test', 'Dee', 'voicemail.wav']]);
    assert.equal(pbx.boxes.all.get(anns)?.shown, 1);
    pbx.boxes.move(anns, message?.copy ?? '', 'Old');
    await world.round();
    assert.equal((await onlyPair())?.voicemail, 'heard');
    assert.equal(notifier.outbox.length, 1);
    const box = world.memory.boxes.get(`pbx/${anns}`);
    assert.equal(box?.parked, 'mailbox-refused', 'and an administrator sees why');
  });

  it('somebody without any mailbox that we reach gets the mail as well', async () => {
    await begun();
    world.mailbox = null;
    world.pbx.boxes.leave(anns);
    await world.round();
    assert.equal(notifier.outbox.length, 1);
  });

  it('at first contact what lies there is listed, though nobody can look for old notices', async () => {
    world = createEngineWorld({ notifier: notifier.port, throughMail: closed });
    world.pbx.boxes.leave(anns);
    await world.round();
    await world.round();
    assert.equal((await onlyPair())?.state, 'listed');
    assert.equal(notifier.outbox.length, 0);
  });

  it('without anybody who sends, the message waits; nothing is lost', async () => {
    world = createEngineWorld({ throughMail: closed });
    isClosed = false;
    await world.round();
    isClosed = true;
    world.pbx.boxes.leave(anns);
    await world.round();
    assert.equal((await onlyPair())?.state, 'waiting');
    isClosed = false;
    await world.settle();
    assert.equal(world.mails().length, 1);
  });

  it('what is asked for in our own window is done on the phone', async () => {
    await begun();
    const message = world.pbx.boxes.leave(anns);
    await world.round();
    const pair = await onlyPair();
    assert.ok(pair);
    world.memory.pairs.set(pair.id, { ...pair, wish: 'mark heard' });
    await world.round();
    assert.equal(world.pbx.boxes.find(anns, message?.copy ?? '')?.folder, 'Old');
    assert.equal((await onlyPair())?.wish, null);
  });

  it('heard when mailed holds here as well', async () => {
    await begun({ policy: { heardWhenMailed: true } });
    const message = world.pbx.boxes.leave(anns);
    await world.settle();
    assert.equal(world.pbx.boxes.find(anns, message?.copy ?? '')?.folder, 'Old');
  });

  it('an answer that is lost: once more with the same Message-ID, and no third time', async () => {
    await begun();
    notifier.behave('silent');
    world.pbx.boxes.leave(anns);
    for (let left = 4; left > 0; left--) {
      await world.round();
      world.clock.advance(20 * minute);
    }
    assert.equal(notifier.outbox.length, 2);
    assert.equal(new Set(notifier.outbox.map(({ draft }) => draft.messageId)).size, 1);
    assert.equal((await onlyPair())?.state, 'paired');
  });

  for (const isAfter of [false, true]) {
    it(`killed ${isAfter ? 'after' : 'before'} it was sent: it comes, ${isAfter ? 'at most twice' : 'once'}`, async () => {
      await begun();
      world.pbx.boxes.leave(anns);
      world.onEffect = async (name, effect) => {
        if (name !== 'deliver') return effect();
        if (isAfter) await effect();
        throw new Error('killed');
      };
      await assert.rejects(world.round(), /killed/);
      world.onEffect = (_name, effect) => effect();
      world.restart();
      for (let left = 3; left > 0; left--) await world.round();
      assert.equal(notifier.outbox.length, isAfter ? 2 : 1);
    });
  }

  it('sent without an answer, and killed over it the second time: no third time', async () => {
    await begun();
    notifier.behave('silent');
    world.pbx.boxes.leave(anns);
    await world.round();
    world.onEffect = async (name, effect) => {
      const result = await effect();
      if (name === 'deliver') throw new Error('killed');
      return result;
    };
    notifier.behave('well');
    await assert.rejects(world.round(), /killed/);
    world.onEffect = (_name, effect) => effect();
    world.restart();
    for (let left = 3; left > 0; left--) await world.round();
    assert.equal(notifier.outbox.length, 2);
  });

  it('a mail server that is away, then back: once', async () => {
    await begun();
    notifier.behave('away');
    world.pbx.boxes.leave(anns);
    const { failure } = await world.round();
    assert.equal(failure?.fault, 'unavailable', 'the worker tries again');
    assert.equal((await onlyPair())?.deliveryBeganAt, null, 'it certainly was not taken');
    notifier.behave('well');
    await world.round();
    assert.equal(notifier.outbox.length, 1);
  });

  it('a server that takes no sounds gets the mail without, which says where the message is', async () => {
    await begun();
    notifier.behave('refuses sounds');
    world.pbx.boxes.leave(anns);
    await world.round();
    assert.deepEqual(notifier.outbox.map(({ draft }) => draft.audio), [null]);
  });

  it('a mail with a heavy sound whose end nobody knows is sent once more without it: the sound may be what it broke at', async () => {
    notifier = createMemoryMailNotifier({ instance: 'smtp', maxAudioBytes: 7_000_000 });
    await begun({ throughVoicemail: (port) => ({ ...port, capabilities: port.capabilities, audio: async () => ({ contentType: 'audio/wav', bytes: new Uint8Array(900_000) }) }) });
    notifier.behave('silent');
    world.pbx.boxes.leave(anns);
    await world.round();
    await world.round();
    await world.round();
    assert.deepEqual(notifier.outbox.map(({ draft }) => draft.audio?.bytes.length ?? null), [900_000, null]);
    assert.match(notifier.outbox[1]?.draft.messageId ?? '', /./);
    assert.equal(notifier.outbox[1]?.draft.messageId, notifier.outbox[0]?.draft.messageId);
  });

  it('a sound that is too large for the server does not go', async () => {
    notifier = createMemoryMailNotifier({ instance: 'smtp', maxAudioBytes: 3 });
    await begun();
    world.pbx.boxes.leave(anns);
    await world.round();
    assert.deepEqual(notifier.outbox.map(({ draft }) => draft.audio), [null]);
  });

  for (const how of ['refuses', 'denies'] as const) {
    it(`a server that ${how}: said at the message, tried again after a while, and the others are not held up`, async () => {
      await begun();
      notifier.behave(how);
      world.pbx.boxes.leave(anns, { callerName: 'one' });
      const { againAt } = await world.round();
      assert.equal((await onlyPair())?.trouble, 'refused');
      assert.ok(againAt !== null && againAt <= world.clock.now() + 15 * minute);
      notifier.behave('well');
      world.pbx.boxes.leave(anns, { callerName: 'two' });
      world.clock.advance(15 * minute);
      await world.round();
      assert.deepEqual(notifier.outbox.map(({ draft }) => draft.call.name).toSorted(), ['one', 'two']);
      assert.equal((await onlyPair())?.trouble, null);
    });
  }

  it('deleted before it could be sent: it is not', async () => {
    await begun();
    notifier.behave('away');
    const message = world.pbx.boxes.leave(anns);
    world.pbx.boxes.leave(bobs);
    await world.round();
    world.pbx.boxes.move(anns, message?.copy ?? '', 'Deleted');
    notifier.behave('well');
    await world.round();
    assert.equal(notifier.outbox.length, 0);
  });

  it('when the right is given, the mail that was sent is found by its Message-ID and kept in step from then on', async () => {
    await begun();
    const [heard, unheard] = [world.pbx.boxes.leave(anns, { callerName: 'heard' }), world.pbx.boxes.leave(anns, { callerName: 'unheard' })];
    await world.round();
    for (const { draft } of notifier.outbox) world.mail.mailboxes.make(mailboxId, { messageId: draft.messageId, subject: draft.subject, isRead: false, draft }, world.clock.now());
    world.pbx.boxes.move(anns, heard?.copy ?? '', 'Old');
    await world.round();
    isClosed = false;
    world.clock.advance(15 * minute);
    await world.settle();
    const mailOf = (name: string) => world.mails().find(({ draft }) => draft?.call.name === name);
    assert.deepEqual([mailOf('heard')?.isRead, mailOf('unheard')?.isRead], [true, false]);
    world.mail.mailboxes.setRead(mailboxId, mailOf('unheard')?.copy ?? '', true);
    await world.settle();
    assert.equal(world.pbx.boxes.find(anns, unheard?.copy ?? '')?.folder, 'Old');
    assert.deepEqual([notifier.outbox.length, world.mails().length], [2, 2]);
    assert.equal(world.memory.boxes.get(`pbx/${anns}`)?.parked, null);
  });
});
