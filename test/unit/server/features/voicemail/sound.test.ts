import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { createLabClock, type TurnableClock } from '../../../../../lab/clock.ts';
import { createMemoryMailStore, createMemoryVoicemail, type MemoryMailStore, type MemoryVoicemail } from '../../../../../server/connectors/memory/index.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { composeMail, createJournal, createVoicemailFeature, defaultTimes, runEffect, type VoicemailDeps, type VoicemailFeature } from '../../../../../server/features/voicemail/index.ts';
import { defaultPolicy } from '../../../../../server/features/voicemail/policy.ts';
import { silent } from '../../../../../server/ports/log.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { createWake } from '../../../../../server/store/wake.ts';
import { createWorker, type Worker } from '../../../../../server/store/worker.ts';
import { createLagKeeper } from '../../../../../server/sync/lag.ts';
import { labRecording } from '../../../../support/audio.ts';
import { anns, bobs, mailboxId, start } from '../../../../support/voicemail-world.ts';
import { testStore } from '../../../../support/database.ts';

const tenantId = 'default';

describe('the sound of a voicemail', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let clock: TurnableClock;
  let pbx: MemoryVoicemail;
  let mail: MemoryMailStore;
  let running: { feature: VoicemailFeature; worker: Worker; stop: () => Promise<void> }[];

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    for (const table of ['work', 'voicemail_pair', 'voicemail_box'] as const) await store.db.deleteFrom(table).execute();
    clock = createLabClock({ startAt: start, paused: true });
    pbx = createMemoryVoicemail({ instance: 'pbx', clock });
    mail = createMemoryMailStore({ instance: 'm365', clock, wake: createWake(store, tenantId, clock), mailboxes: [{ id: mailboxId, addresses: ['ann@contoso.test'], displayName: 'Ann' }] });
    pbx.boxes.add(anns, { name: 'Ann Alder', address: 'ann@contoso.test' });
    pbx.boxes.add(bobs, { name: 'Bob Birch' });
    running = [];
  });
  afterEach(async () => {
    for (const each of running) await each.stop();
    clock.stop();
  });

  /** One process. */
  async function serve(): Promise<VoicemailFeature> {
    const deps: VoicemailDeps = {
      clock, log: silent, journal: createJournal(store, () => undefined), voicemails: [pbx.port], mails: [mail.port], lag: createLagKeeper(), times: defaultTimes, messageDomain: 'tieline.test', newId: randomUUID,
      policyOf: async () => defaultPolicy, mailboxOf: async (_tenant, personId) => (personId === 'ann' ? { instance: 'm365', id: mailboxId } : null), colleague: async () => null,
      compose: (pair, policy) => composeMail(pair, policy, 'voicemail@contoso.test'), effect: runEffect,
    };
    const feature = createVoicemailFeature(deps, store, { ownersOf: async () => new Map([[anns, 'ann']]) });
    const worker = createWorker({ store, clock, log: silent, handlers: feature.workHandlers });
    const forget = feature.listen(tenantId);
    running.push({ feature, worker, stop: async () => {
      forget();
      await worker.stop();
    } });
    await feature.resume(tenantId);
    worker.start();
    return feature;
  }

  /** Until nothing is due in any process. Events become work without anybody waiting for it, so the end is what is asked for. */
  async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let left = 400; left > 0; left--) {
      for (const { worker } of running) await worker.idle();
      if (await holds()) return;
      clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.fail(`never happened: ${what}`);
  }

  const mails = () => mail.mailboxes.mails(mailboxId);
  const ready = (): Promise<void> => until('the box was looked at', async () => (await createJournal(store, () => undefined).load(tenantId, 'pbx', anns))?.state.cutOverAt !== null);
  const ann: Caller = { tenantId, personId: 'ann', name: 'Ann', address: 'ann@contoso.test', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

  it('its owner hears it and sees its shape; nobody else does', async () => {
    const { handlers, sound } = await serve();
    await ready();
    pbx.boxes.leave(anns);
    await until('it is mailed', () => mails().length === 1);
    const { voicemail: [shown] } = await handlers.list({ params: {}, query: { limit: 10 }, body: {} }, ann);
    const id = shown?.id ?? '';
    await createJournal(store, () => undefined).saveAudio(tenantId, id, labRecording('wav49', 3));
    const shape = await sound.handlers.waveform({ params: { id }, query: {}, body: {} }, ann);
    assert.deepEqual([shape.format, shape.durationSeconds, shape.isWhole, shape.peaks.length], ['GSM 6.10', 3, true, 200]);
    const file = await sound.audio({ params: { id }, query: {} }, ann);
    assert.equal(file.length, 44 + 48_000);
    await createJournal(store, () => undefined).saveAudio(tenantId, id, { contentType: 'audio/wav', bytes: Buffer.from('nothing that sounds') });
    await assert.rejects(sound.audio({ params: { id }, query: {} }, ann), (error: unknown) => error instanceof UserError && error.problem.code === 'sound-unreadable');
    const stored = await sound.audio({ params: { id }, query: { download: '' } }, ann);
    assert.deepEqual([stored.contentType, stored.fileName.slice(-4), Buffer.concat([...stored.read(0, stored.length)]).toString()], ['application/octet-stream', '.wav', 'nothing that sounds']);
    for (const who of [{ ...ann, personId: 'ben' }, { ...ann, personId: null }]) {
      await assert.rejects(sound.audio({ params: { id }, query: {} }, who), (error: unknown) => error instanceof UserError && error.status === 404);
      await assert.rejects(sound.handlers.waveform({ params: { id }, query: {}, body: {} }, who), (error: unknown) => error instanceof UserError && error.status === 404);
    }
    await store.db.deleteFrom('voicemail_sound').execute();
    await assert.rejects(sound.audio({ params: { id }, query: {} }, ann), (error: unknown) => error instanceof UserError && error.problem.code === 'voicemail-silent');
  });
});
