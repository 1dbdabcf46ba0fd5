import type { Caller, Handlers } from '../../../../contract/endpoint.ts';
import type { voicemailTranscriptApi, TranscriptView } from '../../../../contract/voicemail/transcript.ts';
import type { Store } from '../../../store/connect.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { Pair } from '../rules/pair.ts';
import { numbersIn } from './numbers.ts';
import { mayTranscribe, patienceMs } from './transcribe.ts';
import { findTranscript } from './transcript-rows.ts';
import { urgencyIn } from './urgency.ts';

type Deps = Pick<VoicemailDeps, 'clock' | 'policyOf' | 'transcriber'>;

/** `need`: the message, for somebody who may hear it; throws otherwise. */
export function transcriptHandlers(deps: Deps, store: Pick<Store, 'db'>, need: (caller: Caller, id: string) => Promise<Pair>): Handlers<typeof voicemailTranscriptApi> {
  return {
    async transcript({ params }, caller) {
      return { transcript: await transcriptOf(deps, store, await need(caller, params.id)) };
    },
  };
}

async function transcriptOf({ clock, policyOf, transcriber }: Deps, { db }: Pick<Store, 'db'>, { tenantId, personId, id, firstSeenAt }: Pair): Promise<TranscriptView> {
  const stored = await findTranscript(db, tenantId, id);
  if (stored) return { ...stored, numbers: numbersIn(stored.pieces), urgent: urgencyIn(stored.pieces) };
  // Messages that came before somebody switched it on have none, and none is on its way.
  const isDue = transcriber !== undefined && mayTranscribe(await policyOf(tenantId, personId)) && clock.now() - firstSeenAt < patienceMs;
  return { state: isDue ? 'waiting' : 'off', problem: null, language: null, pieces: [], numbers: [], urgent: null };
}
