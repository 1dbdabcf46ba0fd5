import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import type { MemoryVoicemail } from '../../../../../server/connectors/memory/index.ts';
import { playableFile } from '../../../../../server/audio/playable.ts';
import { readSound } from '../../../../../server/audio/sound.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import type { VoicemailAudio } from '../../../../../server/domain/voicemail.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { createJournal } from '../../../../../server/features/voicemail/index.ts';
import { voicemailSettings } from '../../../../../contract/voicemail/settings.ts';
import { labRecording, wavOf } from '../../../../support/audio.ts';
import { anns } from '../../../../support/voicemail-world.ts';
import { testStore } from '../../../../support/database.ts';
import { voicemailServer, type VoicemailServer } from '../../../../support/voicemail-server.ts';

const tenantId = 'default';

describe('the sound of a voicemail', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: VoicemailServer;
  let pbx: MemoryVoicemail;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    world = await voicemailServer(store);
    ({ pbx } = world);
  });
  afterEach(() => world.stop());

  const serve: VoicemailServer['serve'] = (...given) => world.serve(...given);
  const until: VoicemailServer['until'] = (...given) => world.until(...given);
  const ready = (): Promise<void> => world.ready();
  const mails = () => world.mails();
  const ann: Caller = { tenantId, personId: 'ann', name: 'Ann', address: 'ann@contoso.test', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

  async function storeSound(id: string, { contentType, bytes }: VoicemailAudio): Promise<void> {
    await store.db.updateTable('voicemail_sound').set({ content_type: contentType, bytes: Buffer.from(bytes) }).where('pair_id', '=', id).execute();
    // What was heard is remembered for a moment: a recording never changes but here.
    world.clock.advance(2 * 60_000);
  }

  it('a recording is read once for its shape and all of its parts, also for two who ask at once, and forgotten soon', async () => {
    const reads: string[] = [];
    const plain = createJournal(store, () => undefined);
    const { handlers, sound } = await serve({ journal: { ...plain, audio: (tenant, pair) => (reads.push(pair), plain.audio(tenant, pair)) }, policyOf: async () => ({ ...voicemailSettings.standard, withAudio: false }), voicemails: [{ ...pbx.port, audio: async () => wavOf({ tag: 1, bits: 16, data: Buffer.alloc(60 * 16_000) }) }] });
    await ready();
    pbx.boxes.leave(anns);
    await until('it is mailed', () => mails().length === 1);
    const { voicemail: [shown] } = await handlers.list({ params: {}, query: { limit: 10 }, body: {} }, ann);
    const asked = { params: { id: shown?.id ?? '' }, query: {} };
    reads.length = 0;
    const [shape, file] = await Promise.all([sound.handlers.waveform({ ...asked, body: {} }, ann), sound.audio(asked, ann)]);
    assert.deepEqual([shape.durationSeconds, shape.isWhole, file.length], [60, true, 960_044]);
    const last = await sound.audio(asked, ann);
    assert.equal([...last.read(960_000, 960_044)].reduce((sum, { length }) => sum + length, 0), 44);
    assert.equal(reads.length, 1);
    await assert.rejects(sound.audio(asked, { ...ann, personId: 'ben' }), (error: unknown) => error instanceof UserError && error.status === 404, 'what one hears is nobody else\'s');
    world.clock.advance(2 * 60_000);
    await store.db.deleteFrom('voicemail_sound').execute();
    await assert.rejects(sound.audio(asked, ann), (error: unknown) => error instanceof UserError && error.problem.code === 'voicemail-silent');
  });

  it('its owner hears it and sees its shape; nobody else does', async () => {
    const { handlers, sound } = await serve();
    await ready();
    pbx.boxes.leave(anns);
    await until('it is mailed', () => mails().length === 1);
    const { voicemail: [shown] } = await handlers.list({ params: {}, query: { limit: 10 }, body: {} }, ann);
    const id = shown?.id ?? '';
    await storeSound(id, labRecording('wav49', 3));
    const shape = await sound.handlers.waveform({ params: { id }, query: {}, body: {} }, ann);
    assert.deepEqual([shape.format, shape.durationSeconds, shape.isWhole, shape.peaks.length], ['GSM 6.10', 3, true, 200]);
    const file = await sound.audio({ params: { id }, query: {} }, ann);
    assert.equal(file.length, 44 + 48_000);
    await storeSound(id, { contentType: 'audio/wav', bytes: Buffer.from('nothing that sounds') });
    await assert.rejects(sound.audio({ params: { id }, query: {} }, ann), (error: unknown) => error instanceof UserError && error.problem.code === 'sound-unreadable');
    const stored = await sound.audio({ params: { id }, query: { download: '' } }, ann);
    assert.deepEqual([stored.contentType, stored.fileName.slice(-4), Buffer.concat([...stored.read(0, stored.length)]).toString()], ['application/octet-stream', '.wav', 'nothing that sounds']);
    for (const who of [{ ...ann, personId: 'ben' }, { ...ann, personId: null }]) {
      await assert.rejects(sound.audio({ params: { id }, query: {} }, who), (error: unknown) => error instanceof UserError && error.status === 404);
      await assert.rejects(sound.handlers.waveform({ params: { id }, query: {}, body: {} }, who), (error: unknown) => error instanceof UserError && error.status === 404);
    }
    await store.db.deleteFrom('voicemail_sound').execute();
    world.clock.advance(2 * 60_000);
    await assert.rejects(sound.audio({ params: { id }, query: {} }, ann), (error: unknown) => error instanceof UserError && error.problem.code === 'voicemail-silent');
  });

  it('a message whose number changes at the phone system while it plays sounds to its end, and never as the one that took its number', async () => {
    const callers = ['Dee', 'Eve', 'Finn'];
    const recordings = callers.map((_, index) => labRecording('wav49', 12, index + 3));
    const recordingOf = (name: string): VoicemailAudio => recordings[callers.indexOf(name)] ?? { contentType: 'audio/wav', bytes: new Uint8Array() };
    const { handlers, sound } = await serve({
      voicemails: [{ ...pbx.port, audio: async (box, id) => recordingOf((await pbx.port.messages(box)).find((message) => message.id === id)?.callerName ?? '') }],
    });
    await ready();
    const left = callers.map((callerName) => pbx.boxes.leave(anns, { callerName }));
    const shown = async () => (await handlers.list({ params: {}, query: { limit: 10 }, body: {} }, ann)).voicemail;
    await until('all are mailed', () => mails().length === 3);
    const id = (await shown()).find(({ callerName }) => callerName === 'Finn')?.id ?? '';
    const play = () => sound.audio({ params: { id }, query: {} }, ann);
    const bytes = (file: Awaited<ReturnType<typeof play>>, from: number, to: number): Buffer => Buffer.concat([...file.read(from, to)]);
    const expected = playableFile(recordingOf('Finn'), readSound(recordingOf('Finn')));
    const whole = Buffer.concat([...expected.read(0, expected.length)]);
    const first = await play();
    const half = 44 + 6 * 16_000;
    assert.ok(bytes(first, 0, half).equals(whole.subarray(0, half)));
    // Two before it are deleted on the phone, and it is heard there: its folder and its number are others now, and a fourth message gets the one that it had.
    for (const copy of left.slice(0, 2)) pbx.boxes.erase(anns, copy?.copy ?? '');
    pbx.boxes.move(anns, left[2]?.copy ?? '', 'Old');
    pbx.boxes.leave(anns, { callerName: 'Eve' });
    const states = async () => (await shown()).map(({ callerName, state }) => `${callerName} ${state}`).toSorted().join(', ');
    await until('it is followed', async () => (await states()) === 'Dee gone, Eve gone, Eve unheard, Finn heard');
    const second = await play();
    assert.equal(second.version, first.version, 'a player that goes on by If-Range goes on');
    assert.ok(bytes(second, half, second.length).equals(whole.subarray(half)));
    // Gone from the phone system between two parts: what began to play comes to its end from our copy, and no other's sound is in it.
    pbx.boxes.erase(anns, left[2]?.copy ?? '');
    await until('it is gone', async () => (await states()).includes('Finn gone'));
    const third = await play();
    assert.equal(third.version, first.version);
    assert.ok(bytes(third, 0, third.length).equals(whole));
    // Our copy is over as well: said in words.
    world.clock.advance(2 * 60_000);
    await store.db.deleteFrom('voicemail_sound').where('pair_id', '=', id).execute();
    await assert.rejects(play(), (error: unknown) => error instanceof UserError && error.problem.code === 'voicemail-silent' && error.problem.remedy !== undefined);
  });
});
