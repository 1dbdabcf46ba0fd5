import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { voicemailRoutes } from './voicemail-routes.ts';

const piece = z.object({
  /** A stranger's words, as an engine understood them. */
  text: z.string(),
  startSeconds: z.number(),
  endSeconds: z.number(),
  /** 0 to 1; below 0.6 it is shown as unsure. Null where the engine does not say. */
  confidence: z.number().min(0).max(1).nullable(),
});

export const transcriptView = z
  .object({
    /** `off`: nobody asked for transcripts, or none may be made of this message; `waiting`; `done`; `failed`, with the problem. */
    state: z.enum(['off', 'waiting', 'done', 'failed']),
    problem: z.enum(['no-sound', 'too-large', 'refused', 'unavailable']).nullable(),
    /** Two letters; null where the engine does not say. */
    language: z.string().nullable(),
    pieces: z.array(piece),
    /** The first words that make it sound urgent; null where none do. A hint: nothing follows from it. */
    urgent: z.object({ said: z.string(), confidence: z.number().nullable() }).nullable(),
    /** Phone numbers that were said, as a phone dials them. Whoever calls one back should look at the sound first where they are unsure. */
    numbers: z.array(z.object({ said: z.string(), number: z.string(), confidence: z.number().nullable() })),
  })
  .meta({ id: 'VoicemailTranscript' });

export const voicemailTranscriptApi = {
  transcript: endpoint({
    route: voicemailRoutes.transcript, summary: 'What was said in a voicemail, as an engine understood it', kind: 'read', params: z.object({ id: z.uuid() }), query: z.object({}), body: z.object({}), response: z.object({ transcript: transcriptView }),
  }),
};

export type TranscriptView = z.output<typeof transcriptView>;
