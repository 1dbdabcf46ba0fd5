import type { TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Connector, ConnectorStatus } from '../../ports/connector.ts';
import type { Transcriber } from '../../ports/transcriber.ts';
import { createTranscriptionHttp } from './client/http.ts';
import type { TranscriptionConfig } from './config.ts';
import { createTranscriber } from './transcriber.ts';

export { transcriptionConfig } from './config.ts';

export interface TranscriptionConnector extends Connector {
  readonly transcriber: Transcriber;
}

export interface TranscriptionOptions {
  config: TranscriptionConfig;
  clock: Clock;
  env: Readonly<Record<string, string | undefined>>;
  /** Certificate authorities to trust besides the public ones, PEM. */
  ca: string | undefined;
  /** Gives [0, 1). */
  random?: () => number;
}

/** An engine that writes down what was said. It is first spoken to with the first recording. */
export function createTranscription({ config, clock, env, ca, random = Math.random }: TranscriptionOptions): TranscriptionConnector {
  const { instance, type, url, model, keyEnv, deadlineMs, atOnce, maxMegabytes } = config;
  const watchers = new Set<(status: ConnectorStatus) => void>();
  let current: ConnectorStatus = { instance, type, state: 'ready', since: clock.now(), capabilities: ['transcription'], gaps: [] };
  const http = createTranscriptionHttp({ connector: instance, url, key: keyEnv === undefined ? undefined : env[keyEnv], ca, deadlineMs, atOnce, clock, random });

  function heard(trouble: TheirError | null): void {
    // A recording that it will not have says nothing of the engine.
    const isOurs = trouble !== null && trouble.fault !== 'refused';
    const state = !isOurs ? 'ready' : trouble.fault === 'denied' ? 'refused' : 'down';
    const gaps = isOurs ? [{ capability: 'transcription', reason: trouble.message, remedy: trouble.remedy ?? 'Look at the engine\'s log.' }] : [];
    current = { ...current, state, gaps, since: state === current.state ? current.since : clock.now() };
    for (const fn of watchers) fn(current);
  }

  return {
    instance,
    type,
    doors: [],
    transcriber: createTranscriber({ instance, http, model, maxAudioBytes: maxMegabytes * 1_000_000, onOutcome: heard }),
    status: () => current,
    onStatus(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    async start() {
      // Nothing to keep: each recording is a request of its own.
    },
    stop: () => http.close(),
  };
}
