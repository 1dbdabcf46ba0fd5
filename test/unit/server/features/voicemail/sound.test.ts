import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import type { MemoryVoicemail } from '../../../../../server/connectors/memory/index.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import type { VoicemailAudio } from '../../../../../server/domain/voicemail.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { labRecording } from '../../../../support/audio.ts';
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
  }

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
    await assert.rejects(sound.audio({ params: { id }, query: {} }, ann), (error: unknown) => error instanceof UserError && error.problem.code === 'voicemail-silent');
  });
});
