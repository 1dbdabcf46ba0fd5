import { randomUUID } from 'node:crypto';
import { voicemailPages, type VoicemailPagesDeps } from '../features/voicemail/index.ts';
import type { Feature } from './feature.ts';

/** The web pages of voicemail: between that feature, which says who may hear what, and calls, which ring phones. */
export function voicemailPagesFeature(voicemail: { handlers: VoicemailPagesDeps['voicemail']; transcripts: VoicemailPagesDeps['transcripts']; team: VoicemailPagesDeps['team'] }, calls: { handlers: VoicemailPagesDeps['calls'] }): Feature {
  return { endpoints: [], pages: voicemailPages({ voicemail: voicemail.handlers, transcripts: voicemail.transcripts, team: voicemail.team, calls: calls.handlers, newId: randomUUID }) };
}
