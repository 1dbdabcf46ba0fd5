import { compactFile, pcmFile } from '../../../audio/compact.ts';
import { readSound } from '../../../audio/sound.ts';
import { TheirError, UserError } from '../../../domain/errors.ts';
import type { VoicemailAudio } from '../../../domain/voicemail.ts';
import type { Transcriber } from '../../../ports/transcriber.ts';
import type { Store } from '../../../store/connect.ts';
import { putWork } from '../../../store/work.ts';
import type { VoicemailDeps } from '../deps.ts';
import { isDeleted } from '../rules/pair.ts';
import type { VoicemailPolicy } from '../rules/policy.ts';
import { pairById } from '../rows.ts';
import { topicsOfPair } from '../team/topics.ts';
import { findTranscript, putTranscript, type StoredTranscript, type TranscriptProblem } from './transcript-rows.ts';

/** The engine gets so long altogether, ms; then the message stays without a text. */
export const patienceMs = 60 * 60_000;
/** The sound is looked for again after this, ms. */
const soundPauseMs = 5_000;
/** A new message has its sound within moments, ms. */
const firstLookMs = 3_000;

/** Work for each new message; whether a text of it may be made is seen when it is done. */
export async function putTranscriptions(tx: Store['db'], tenantId: string, pairIds: readonly string[], now: number): Promise<void> {
  await putWork(tx, ...pairIds.map((key) => ({ tenantId, kind: 'voicemail.transcribe', key, dueAt: now + firstLookMs })));
}

/** May what was said go to an engine? Off unless somebody asks for it; never of what may not leave. */
export function mayTranscribe({ transcribe, protection }: Pick<VoicemailPolicy, 'transcribe' | 'protection'>): boolean {
  return transcribe && protection !== 'secure';
}

type Deps = Pick<VoicemailDeps, 'clock' | 'journal' | 'log' | 'policyOf' | 'times' | 'transcriber'>;

/** Work `voicemail.transcribe`. Safe to repeat: the engine changes nothing. Throws TheirError while it may succeed later; nothing else of the message waits for it. */
export async function transcribeVoicemail(deps: Deps, store: Store, tenantId: string, pairId: string): Promise<{ againAt: number } | void> {
  const { transcriber } = deps;
  const pair = await pairById(store.db, tenantId, pairId);
  if (!transcriber || !pair || isDeleted(pair.voicemail) || (await findTranscript(store.db, tenantId, pairId))?.state === 'done') return;
  // Asked at the moment of sending: who switches it off, or makes messages secure, means those that wait too.
  if (!mayTranscribe(await deps.policyOf(tenantId, pair.personId))) return;
  const now = deps.clock.now();
  const keep = (transcript: StoredTranscript): Promise<void> => store.transaction(async (tx) => {
    await putTranscript(tx, tenantId, pairId, transcript, deps.clock.now());
    store.live.announce(tx, tenantId, ...(await topicsOfPair(tx, pair)));
  });
  const fail = (problem: TranscriptProblem): Promise<void> => keep({ state: 'failed', language: null, pieces: [], problem });
  if (!pair.hasAudio) {
    if (pair.trouble === 'no-sound' || now - pair.firstSeenAt >= deps.times.soundlessMs) return fail('no-sound');
    return { againAt: now + soundPauseMs };
  }
  const stored = await deps.journal.audio(tenantId, pairId);
  const sound = stored === null ? 'no-sound' : soundFor(stored, transcriber);
  if (typeof sound === 'string') return fail(sound);
  try {
    // What they speak is not what the owner reads: the engine finds out.
    await keep({ state: 'done', problem: null, ...(await transcriber.transcribe(sound, null)) });
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    deps.log.warn({ instance: error.connector, pair: pairId, err: error.message }, 'a voicemail was not transcribed');
    if (error.fault === 'refused') return fail('refused');
    if (now - pair.firstSeenAt >= patienceMs) return fail('unavailable');
    throw error;
  }
}

/** PCM where it fits, for every engine reads it; else µ-law. */
function soundFor(stored: VoicemailAudio, { capabilities }: Transcriber): VoicemailAudio | TranscriptProblem {
  try {
    const sound = readSound(stored);
    const file = [pcmFile(stored, sound), compactFile(stored, sound)].find(({ length }) => length <= capabilities.maxAudioBytes);
    return file ? { contentType: file.contentType, bytes: Buffer.concat([...file.read(0, file.length)]) } : 'too-large';
  } catch (error) {
    if (error instanceof UserError) return 'no-sound';
    throw error;
  }
}
