import type { z } from 'zod';
import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import type { BoxAccess } from '../../../contract/voicemail/team.ts';
import type { voicemailAudio, voicemailSoundApi } from '../../../contract/voicemail/sound.ts';
import { playableFile } from '../../audio/playable.ts';
import { createSeekShelf } from '../../audio/seek-points.ts';
import { readSound } from '../../audio/sound.ts';
import { waveformOf } from '../../audio/waveform.ts';
import { UserError } from '../../domain/errors.ts';
import type { VoicemailAudio } from '../../domain/voicemail.ts';
import type { ByteAnswer } from '../../ports/byte-answer.ts';
import type { Store } from '../../store/connect.ts';
import type { VoicemailDeps } from './deps.ts';
import { createHeardSounds } from './heard-sounds.ts';
import { ownVoicemail } from './own-voicemail.ts';
import type { Pair } from './rules/pair.ts';
import { mayDownload } from './rules/protect.ts';
import { isShared, notePlayed } from './team/team-rows.ts';
import { topicsOfPair } from './team/topics.ts';

/** What people hear in a window of ours: always our own copy, so that it plays with the phone system away. */
export interface VoicemailSound {
  handlers: Handlers<typeof voicemailSoundApi>;
  audio(input: { params: z.output<typeof voicemailAudio.params>; query: z.output<typeof voicemailAudio.query> }, caller: Caller): Promise<ByteAnswer>;
}

export function createVoicemailSound({ clock, journal, policyOf }: Pick<VoicemailDeps, 'clock' | 'journal' | 'policyOf'>, store: Store): VoicemailSound {
  /** A player asks for a shape first and then for one part after the other. */
  const shelf = createSeekShelf();
  const sounds = createHeardSounds({ clock, journal });

  async function need(caller: Caller, id: string, access: BoxAccess = 'listen'): Promise<{ pair: Pair; stored: VoicemailAudio }> {
    const pair = await ownVoicemail(store, caller, id, access);
    const stored = await sounds.of(pair.tenantId, pair.id);
    if (!stored) throw new UserError(404, { code: 'voicemail-silent', message: 'The sound of this voicemail is not here.', remedy: 'Play it on the phone; it may come within a minute of a new message.' });
    return { pair, stored };
  }

  /** Of a recording that is fetched in parts the first one counts, and the others of the team see it. */
  async function playedOnce(pair: Pair, personId: string): Promise<void> {
    await store.transaction(async (tx) => {
      if (await notePlayed(tx, pair.tenantId, pair.id, personId, clock.now())) store.live.announce(tx, pair.tenantId, ...(await topicsOfPair(tx, pair)));
    });
  }

  return {
    handlers: {
      async waveform({ params }, caller) {
        const { stored } = await need(caller, params.id);
        const sound = readSound(stored, shelf);
        const work = waveformOf(sound);
        let step = work.next();
        for (; !step.done; step = work.next()) await new Promise<void>((resolve) => void setImmediate(resolve));
        return { format: sound.format, durationSeconds: sound.durationSeconds, isWhole: sound.isWhole, peaks: step.value };
      },
    },
    async audio({ params, query }, caller) {
      const isDownload = query.download !== undefined;
      const { pair, stored } = await need(caller, params.id, isDownload ? 'manage' : 'listen');
      if (!isDownload && caller.personId !== null && (await isShared(store.db, pair))) await playedOnce(pair, caller.personId);
      const policy = await policyOf(pair.tenantId, pair.personId);
      if (isDownload) mayDownload(policy);
      const named = { isDownload, isSecret: policy.protection === 'secure', fileName: `voicemail-${stamp(pair.leftAt)}` };
      try {
        const file = playableFile(stored, readSound(stored, shelf));
        return { ...file, ...named, fileName: `${named.fileName}.wav`, version: `${pair.id}.${stored.bytes.length}.${file.length}` };
      } catch (error) {
        if (!isDownload || !(error instanceof UserError)) throw error;
        return asStored(stored, pair, named);
      }
    },
  };
}

/** What cannot be played can still be given to somebody who knows more about it. */
function asStored({ bytes, contentType }: VoicemailAudio, { id }: Pair, { fileName, isDownload, isSecret }: Pick<ByteAnswer, 'fileName' | 'isDownload' | 'isSecret'>): ByteAnswer {
  const ending = /^audio\/(?:x-)?(wav|gsm|mulaw|alaw)$/.exec(contentType)?.[1] ?? 'bin';
  return {
    contentType: 'application/octet-stream', length: bytes.length, version: `${id}.${bytes.length}.stored`, fileName: `${fileName}.${ending}`, isDownload, isSecret,
    read: (from, to) => [bytes.subarray(from, to)],
  };
}

/** `2026-11-28-1837`, UTC. */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', '-').replace(':', '');
}
