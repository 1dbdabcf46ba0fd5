import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import type { TurnableClock } from '../../../../../lab/clock.ts';
import { createMemoryMailNotifier, createMemoryVoicemail, type MemoryMailStore, type MemoryVoicemail } from '../../../../../server/connectors/memory/index.ts';
import { TheirError, UserError } from '../../../../../server/domain/errors.ts';
import { createJournal } from '../../../../../server/features/voicemail/index.ts';
import { Overtaken } from '../../../../../server/features/voicemail/journal.ts';
import { boxesInTrouble, putBoxes, trailOf } from '../../../../../server/features/voicemail/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { anns, bobs, mailboxId, start } from '../../../../support/voicemail-world.ts';
import { testStore } from '../../../../support/database.ts';
import { voicemailServer, type VoicemailServer } from '../../../../support/voicemail-server.ts';

const tenantId = 'default';
const minute = 60_000;

describe('the voicemail feature, as the server runs it', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: VoicemailServer;
  let clock: TurnableClock;
  let pbx: MemoryVoicemail;
  let mail: MemoryMailStore;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    world = await voicemailServer(store);
    ({ clock, pbx, mail } = world);
  });
  afterEach(() => world.stop());

  const serve: VoicemailServer['serve'] = (...given) => world.serve(...given);
  const until: VoicemailServer['until'] = (...given) => world.until(...given);
  const ready = (): Promise<void> => world.ready();
  const mails = () => world.mails();

  it('mails a new message within seconds, and follows its mail', async () => {
    await serve();
    await ready();
    const at = clock.now();
    const message = pbx.boxes.leave(anns);
    await until('it is mailed', () => mails().length === 1);
    assert.ok(clock.now() - at <= 5_000, `${clock.now() - at} ms`);
    mail.mailboxes.setRead(mailboxId, mails()[0]?.copy ?? '', true);
    await until('it is heard', () => pbx.boxes.find(anns, message?.copy ?? '')?.folder === 'Old');
    assert.ok(clock.now() - at <= 20_000);
    const [pair] = await store.db.selectFrom('voicemail_pair').selectAll().execute();
    assert.deepEqual((await trailOf(store.db, tenantId, pair?.id ?? '')).map(({ what, because }) => `${what}: ${because}`), ['seen: new message', 'delivered: new message', 'mark voicemail heard: e-mail read']);
  });

  it('finds what nobody told by comparing all boxes with one question', async () => {
    await serve();
    await ready();
    pbx.events = 'lost';
    pbx.boxes.leave(anns);
    clock.advance(15_000);
    await until('it is mailed', () => mails().length === 1);
  });

  it('follows within twenty seconds a mail that was just read, though its mail system lost the word', async () => {
    // Watched, and silent for all that.
    await serve({ mails: [{ ...mail.port, watch: async () => ({ id: 'watch', expiresAt: null }) }] });
    await ready();
    const message = pbx.boxes.leave(anns);
    await until('it is mailed', () => mails().length === 1);
    mail.mailboxes.setRead(mailboxId, mails()[0]?.copy ?? '', true);
    const from = clock.now();
    await until('it is heard', () => pbx.boxes.find(anns, message?.copy ?? '')?.folder === 'Old');
    assert.ok(clock.now() - from <= 20_000, `after ${clock.now() - from} ms`);
  });

  it('leaves a box alone that mails by itself, says so, and takes it up when that is mended', async () => {
    pbx.boxes.add(anns, { mailsByItself: true });
    const feature = await serve();
    await until('the box is known', async () => (await boxesInTrouble(store.db, tenantId)).some(({ handsOff }) => handsOff === 'mails-by-itself'));
    pbx.boxes.leave(anns);
    await feature.wakes.person(tenantId, 'ann');
    await world.running[0]?.worker.idle();
    assert.equal(mails().length, 0);
    const box = pbx.boxes.all.get(anns);
    if (box) box.mailsByItself = false;
    clock.advance(5 * minute);
    await until('it was looked at', async () => (await createJournal(store, () => undefined).load(tenantId, 'pbx', anns))?.pairs.length === 1);
  });

  it('lists a box that is nobody\'s, and does not touch it', async () => {
    pbx.boxes.leave(bobs);
    await serve();
    await ready();
    const trouble = await boxesInTrouble(store.db, tenantId);
    assert.deepEqual(trouble.map(({ box, personId }) => [box, personId]), [[bobs, null]]);
    assert.equal((await store.db.selectFrom('voicemail_pair').selectAll().where('box', '=', bobs).execute()).length, 0);
  });

  it('goes on where it was when the mail system comes back, and shows the lag meanwhile', async () => {
    const feature = await serve();
    await ready();
    mail.faults.isAway = true;
    pbx.boxes.leave(anns);
    await until('it waits', () => feature.lag.read(clock.now()).some(({ connector, waiting }) => connector === 'm365' && waiting === 1));
    clock.advance(minute);
    assert.ok(feature.lag.read(clock.now()).some(({ connector, lagSeconds }) => connector === 'm365' && lagSeconds >= 60));
    mail.faults.isAway = false;
    await until('it is mailed', () => mails().length === 1);
    await until('nothing waits', () => feature.lag.read(clock.now()).every(({ waiting }) => waiting === 0));
  });

  it('a mail system that cannot even say whose mailbox is whose: what comes meanwhile is listed and has its sound, is sent by no other way, and is mailed when it is back', async () => {
    let isAway = false;
    const notifier = createMemoryMailNotifier({ instance: 'smtp' });
    const feature = await serve({
      mailboxOf: async () => {
        if (isAway) throw new TheirError('m365', 'unavailable', 'does not answer');
        return { instance: 'm365', id: mailboxId };
      },
      notifierOf: async () => ({ port: notifier.port, to: { name: 'Ann', address: 'ann@contoso.test' } }),
    });
    await ready();
    pbx.boxes.leave(anns, { callerName: 'before' });
    await until('it is mailed', () => mails().length === 1);
    mail.faults.isAway = isAway = true;
    pbx.boxes.leave(anns, { callerName: 'meanwhile' });
    const ann = { tenantId, personId: 'ann', name: '', address: '', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'x' } satisfies Caller;
    const shown = async () => (await feature.handlers.list({ params: {}, query: { limit: 5 }, body: {} }, ann)).voicemail.find(({ callerName }) => callerName === 'meanwhile');
    await until('it is listed, with its sound', async () => (await shown())?.hasAudio === true);
    assert.equal((await shown())?.mail.place, 'waiting');
    mail.faults.isAway = isAway = false;
    await until('it is mailed', () => mails().length === 2);
    assert.equal(notifier.outbox.length, 0);
  });

  it('two phone systems with boxes and messages of the same names: each message is its own, and one that is away holds up nobody', async () => {
    const other = createMemoryVoicemail({ instance: 'pbx-2', clock });
    other.boxes.add(anns, { name: 'Ann Alder' });
    const feature = await serve({ voicemails: [pbx.port, other.port] });
    await ready();
    await until('the other box was looked at', async () => ((await createJournal(store, () => undefined).load(tenantId, 'pbx-2', anns))?.state.cutOverAt ?? null) !== null);
    const [here, there] = [pbx.boxes.leave(anns, { id: 'same', callerName: 'here' }), other.boxes.leave(anns, { id: 'same', callerName: 'there' })];
    await until('both are mailed', () => mails().length === 2);
    other.setAway(true);
    for (const { copy } of mails()) mail.mailboxes.setRead(mailboxId, copy, true);
    await until('the one that can be reached is heard', () => pbx.boxes.find(anns, here?.copy ?? '')?.folder === 'Old');
    await until('the other waits for its phone system alone', () => feature.lag.read(clock.now()).some(({ connector, waiting }) => connector === 'pbx-2' && waiting > 0));
    assert.ok(feature.lag.read(clock.now()).every(({ connector, waiting }) => connector === 'pbx-2' || waiting === 0));
    other.setAway(false);
    await until('the other is heard too', () => other.boxes.find(anns, there?.copy ?? '')?.folder === 'Old');
    assert.equal(mails().length, 2);
  });

  it('two servers on one database: one mail per message, and every change is followed', async () => {
    await serve();
    await serve();
    await ready();
    const messages = Array.from({ length: 12 }, () => pbx.boxes.leave(anns));
    await until('all are mailed', () => mails().length >= 12);
    for (const { copy } of mails()) mail.mailboxes.setRead(mailboxId, copy, true);
    await until('all are heard', () => messages.every((message) => pbx.boxes.find(anns, message?.copy ?? '')?.folder === 'Old'));
    assert.equal(mails().length, 12);
    assert.equal(new Set(mails().map(({ messageId }) => messageId)).size, 12);
  });

  const ann: Caller = { tenantId, personId: 'ann', name: 'Ann', address: 'ann@contoso.test', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };
  const ask = <B extends object>(params: { id: string }, body: B) => ({ params, query: {}, body });

  it('a person marks, deletes and brings back in our window: both sides follow, and the trail says who asked', async () => {
    const { handlers, snapshot } = await serve();
    await ready();
    const message = pbx.boxes.leave(anns, { callerName: 'Eve\r\n\u202e', isUrgent: true });
    await until('it is mailed', () => mails().length === 1);
    const { voicemail: [shown] } = await handlers.list({ params: {}, query: { limit: 10 }, body: {} }, ann);
    assert.ok(shown);
    assert.deepEqual([shown.callerName, shown.state, shown.mail.place, shown.isUrgent, shown.hasAudio, shown.undoUntil], ['Eve', 'unheard', 'inbox', true, true, null]);
    const folder = () => pbx.boxes.find(anns, message?.copy ?? '')?.folder;

    await handlers.mark(ask({ id: shown.id }, { isHeard: true }), ann);
    await until('it is heard', () => folder() === 'Old' && mails()[0]?.isRead === true);
    await handlers.mark(ask({ id: shown.id }, { isHeard: false }), ann);
    await until('it is unheard', () => folder() === 'INBOX' && mails()[0]?.isRead === false);
    await handlers.remove(ask({ id: shown.id }, {}), ann);
    await until('it is deleted', () => folder() === 'Deleted' && mails()[0]?.place === 'trash');
    await until('it says so', async () => (await handlers.one(ask({ id: shown.id }, {}), ann)).voicemail.undoUntil !== null);
    await assert.rejects(handlers.mark(ask({ id: shown.id }, { isHeard: true }), ann), UserError);
    await handlers.restore(ask({ id: shown.id }, {}), ann);
    await until('it is back', () => folder() === 'Old' && mails()[0]?.place === 'inbox');
    await until('nothing is asked for any more', async () => (await handlers.one(ask({ id: shown.id }, {}), ann)).voicemail.wish === null);

    const { trail } = await handlers.one(ask({ id: shown.id }, {}), ann);
    assert.deepEqual(trail.filter(({ because }) => because === 'delete').map(({ what }) => what), ['delete voicemail', 'delete e-mail']);
    const byMail = await handlers.ofMail({ params: {}, query: { messageId: `<${mails()[0]?.messageId}>` }, body: {} }, ann);
    assert.equal(byMail.voicemail?.id, shown.id);
    const live = await snapshot(tenantId, 'ann', 'voicemail:ann');
    assert.ok(Array.isArray(live));
    assert.equal(live.length, 1);
    assert.equal(await snapshot(tenantId, 'ben', 'voicemail:ann'), undefined);
  });

  it('a mailbox that cannot be watched is told to its owner, until it can', async () => {
    let isRefused = true;
    const { handlers } = await serve({ mails: [{ ...mail.port, async watch() {
      if (isRefused) throw new TheirError('m365', 'refused', 'no subscriptions here');
      return { id: 'watch', expiresAt: null };
    } }] });
    const inTheWay = async (): Promise<string[]> => (await handlers.list({ params: {}, query: { limit: 1 }, body: {} }, ann)).inTheWay;
    await until('it is told', async () => (await inTheWay()).join() === 'not-watched');
    isRefused = false;
    await until('it is watched', async () => (await inTheWay()).length === 0);
  });

  it('what is in the way is told live: to the owner of the box, and to everybody when a phone system goes away', async () => {
    const told: string[] = [];
    const stop = store.live.onAnnouncement(({ topic }) => void (topic?.startsWith('voicemail-in-the-way:') && told.push(topic)));
    let turn = (): void => undefined;
    let isAway = false;
    let isRefused = true;
    const feature = await serve({
      journal: createJournal(store, store.live.announce), isAway: async () => isAway,
      onAway(fn) {
        turn = fn;
        return () => undefined;
      },
      mails: [{ ...mail.port, async watch() {
        if (isRefused) throw new TheirError('m365', 'refused', 'no subscriptions here');
        return { id: 'watch', expiresAt: null };
      } }],
    });
    const shown = (topic: string, who = 'ann') => feature.snapshot(tenantId, who, topic);
    await until('it is told', () => told.includes('voicemail-in-the-way:ann'));
    assert.deepEqual(await shown('voicemail-in-the-way:ann'), { inTheWay: ['not-watched'] });
    assert.equal(await shown('voicemail-in-the-way:ann', 'ben'), undefined, 'to nobody else');
    told.length = 0;
    isRefused = false;
    await until('it is told again', () => told.includes('voicemail-in-the-way:ann'));
    assert.deepEqual(await shown('voicemail-in-the-way:ann'), { inTheWay: [] });

    told.length = 0;
    const box = pbx.boxes.all.get(anns);
    if (box) box.mailsByItself = true;
    clock.advance(5 * minute);
    await until('the box is left alone', () => told.includes('voicemail-in-the-way:ann'));
    assert.deepEqual(await shown('voicemail-in-the-way:ann'), { inTheWay: ['left-alone'] });
    if (box) box.mailsByItself = false;
    told.length = 0;
    clock.advance(5 * minute);
    await until('the box is free', () => told.includes('voicemail-in-the-way:ann'));

    told.length = 0;
    isAway = true;
    turn();
    await until('everybody is told', () => told.includes('voicemail-in-the-way:all'));
    assert.deepEqual(await shown('voicemail-in-the-way:all'), { inTheWay: ['phone-away'] });
    stop();
  });

  it('a watch that only runs out is told live, once, and so is the next one', async () => {
    const told: string[] = [];
    const stop = store.live.onAnnouncement(({ topic }) => void (topic === 'voicemail-in-the-way:ann' && told.push(topic)));
    let isRefused = false;
    const feature = await serve({
      journal: createJournal(store, store.live.announce),
      mails: [{ ...mail.port, async watch() {
        if (isRefused) throw new TheirError('m365', 'refused', 'no subscriptions at the moment');
        return { id: 'watch', expiresAt: clock.now() + 60 * minute };
      } }],
    });
    const shown = () => feature.snapshot(tenantId, 'ann', 'voicemail-in-the-way:ann');
    await until('it is watched', () => told.length > 0);
    isRefused = true;
    clock.advance(59 * minute);
    await until('it is still watched', async () => told.length > 0);
    assert.deepEqual(await shown(), { inTheWay: [] });
    told.length = 0;
    await until('it has run out', () => told.length > 0 || (clock.advance(5_000), false));
    assert.deepEqual(await shown(), { inTheWay: ['not-watched'] });
    const looks = clock.now();
    await until('it was looked at again and again', () => clock.now() - looks > 3 * minute || (clock.advance(5_000), false));
    assert.equal(told.length, 1);
    isRefused = false;
    await until('it is watched again', async () => told.length === 2);
    assert.deepEqual(await shown(), { inTheWay: [] });
    stop();
  });

  it('nobody sees or touches somebody else\'s voicemail', async () => {
    const { handlers } = await serve();
    await ready();
    pbx.boxes.leave(anns);
    await until('it is mailed', () => mails().length === 1);
    const { voicemail: [shown] } = await handlers.list({ params: {}, query: { limit: 10 }, body: {} }, ann);
    const ben: Caller = { ...ann, personId: 'ben' };
    assert.deepEqual((await handlers.list({ params: {}, query: { limit: 10 }, body: {} }, ben)).voicemail, []);
    for (const attempt of [handlers.one, handlers.remove, handlers.restore]) await assert.rejects(attempt(ask({ id: shown?.id ?? '' }, {}), ben), (error: unknown) => error instanceof UserError && error.status === 404);
    await assert.rejects(handlers.mark(ask({ id: shown?.id ?? '' }, { isHeard: true }), { ...ann, personId: null }), UserError);
  });

  it('an administrator sees what the brake holds back, and lets go of it', async () => {
    const { handlers } = await serve();
    await ready();
    pbx.boxes.leave(anns);
    await until('it is mailed', () => mails().length === 1);
    const box = pbx.boxes.all.get(anns);
    if (box) box.folders.INBOX = [];
    clock.advance(5 * minute);
    await until('it is held', async () => (await handlers.boxes({ params: {}, query: {}, body: {} }, ann)).boxes.some(({ brake }) => brake === 'emptied'));
    assert.equal(mails()[0]?.place, 'inbox');
    clock.advance(minute);
    await handlers.release({ params: {}, query: {}, body: { instance: 'pbx', box: anns } }, ann);
    await until('its mail follows', () => mails()[0]?.place === 'trash');
    await assert.rejects(handlers.release({ params: {}, query: {}, body: { instance: 'pbx', box: bobs } }, ann), UserError);
  });

  it('what is left while the owner of a box is still being looked for is mailed to them; what lay there before is not', async () => {
    pbx.boxes.leave(anns, { callerName: 'before us', leftAt: start - 10 * minute });
    const owners = new Map<string, string>();
    const feature = await serve({}, owners);
    await until('the box is known', async () => (await boxesInTrouble(store.db, tenantId)).length === 2);
    clock.advance(minute);
    pbx.boxes.leave(anns, { callerName: 'meanwhile' });
    await until('nothing is due', () => true);
    owners.set(anns, 'ann');
    await feature.wakes.boxes(tenantId);
    await until('it is mailed', () => mails().length > 0);
    await until('nothing more is due', () => true);
    assert.deepEqual(mails().map(({ draft }) => draft?.call.name), ['meanwhile']);
  });

  it('a box that was somebody else\'s, or mailed by itself, or was nobody\'s for long, does not mail what was left then', async () => {
    const box = { tenantId, instance: 'pbx', box: anns, name: '', address: '', isFull: false };
    const since = async (): Promise<number | null | undefined> => (await createJournal(store, () => undefined).load(tenantId, 'pbx', anns))?.state.knownSince;
    await putBoxes(store.db, [{ ...box, personId: null, handsOff: null, knownSince: start }]);
    await putBoxes(store.db, [{ ...box, personId: 'ben', handsOff: null, knownSince: start + 1 }]);
    assert.equal(await since(), start, 'its first owner');
    await putBoxes(store.db, [{ ...box, personId: null, handsOff: null, knownSince: start + 2 }]);
    assert.equal(await since(), start + 2, 'nobody\'s any more');
    await putBoxes(store.db, [{ ...box, personId: null, handsOff: 'mails-by-itself', knownSince: start + 3 }]);
    await putBoxes(store.db, [{ ...box, personId: 'ann', handsOff: null, knownSince: start + 4 }]);
    assert.equal(await since(), start + 4, 'until then it mailed by itself');
    pbx.boxes.leave(anns, { callerName: 'hours ago', leftAt: start + minute });
    clock.advance(3 * 60 * minute);
    await serve();
    await ready();
    await until('nothing is due', () => true);
    assert.deepEqual(mails(), []);
  });

  it('whoever lost their lease is overtaken, and writes nothing', async () => {
    const journal = createJournal(store, () => undefined);
    await putBoxes(store.db, [{ tenantId, instance: 'pbx', box: anns, personId: 'ann', name: '', address: '', isFull: false, handsOff: null, knownSince: null }]);
    const [one, other] = [await journal.load(tenantId, 'pbx', anns), await journal.load(tenantId, 'pbx', anns)];
    assert.ok(one && other);
    await journal.save({ ...one.state, cursor: 'one' }, [], []);
    await assert.rejects(journal.save({ ...other.state, cursor: 'other' }, [], []), Overtaken);
    assert.equal((await journal.load(tenantId, 'pbx', anns))?.state.cursor, 'one');
  });
});
