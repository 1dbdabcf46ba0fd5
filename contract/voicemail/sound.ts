import { z } from 'zod';
import { bytesEndpoint, endpoint } from '../endpoint.ts';
import { voicemailRoutes } from './voicemail-routes.ts';

const one = z.object({ id: z.uuid() });

const waveform = z
  .object({
    /** How the phone system stored it, to be shown: "GSM 6.10". */
    format: z.string(),
    durationSeconds: z.number(),
    /** False: the end is missing or damaged, and this is what there is. */
    isWhole: z.boolean(),
    /** The loudest sample of each of 200 equal parts, 0 to 1. */
    peaks: z.array(z.number().min(0).max(1)),
  })
  .meta({ id: 'VoicemailWaveform' });

/** What a player needs before it plays. Problems: `voicemail-silent` (404), `sound-empty`, `sound-unreadable` (422). */
export const voicemailSoundApi = {
  waveform: endpoint({ route: voicemailRoutes.waveform, summary: 'Length and loudness of a voicemail\'s sound', kind: 'read', params: one, query: z.object({}), body: z.object({}), response: waveform }),
};

/**
 * The sound itself, as every browser plays it. With `?download` as a file to be saved, and a sound that cannot be read as it is stored. Problems as above.
 */
export const voicemailAudio = bytesEndpoint({
  route: voicemailRoutes.audio, summary: 'The sound of a voicemail, in a form that every browser plays', params: one, query: z.object({ download: z.string().max(8).optional() }),
  contentTypes: ['audio/wav', 'application/octet-stream'],
});
