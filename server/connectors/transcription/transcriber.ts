import { TheirError } from '../../domain/errors.ts';
import type { Transcriber } from '../../ports/transcriber.ts';
import type { TranscriptionHttp } from './client/http.ts';
import { readAnswer } from './schema.ts';

export interface TranscriberOptions {
  instance: string;
  http: TranscriptionHttp;
  model: string;
  maxAudioBytes: number;
  /** Hears how each recording went, for the status: null when there was a text. */
  onOutcome(trouble: TheirError | null): void;
}

export function createTranscriber({ instance, http, model, maxAudioBytes, onOutcome }: TranscriberOptions): Transcriber {
  return {
    instance,
    capabilities: { maxAudioBytes },
    async transcribe({ bytes, contentType }, language) {
      try {
        const fields = { model, response_format: 'verbose_json', temperature: '0', ...(language === null ? {} : { language }) };
        const transcript = readAnswer(instance, await http.post(fields, { name: 'voicemail.wav', contentType, bytes }));
        onOutcome(null);
        return transcript;
      } catch (error) {
        if (error instanceof TheirError) onOutcome(error);
        throw error;
      }
    },
  };
}
