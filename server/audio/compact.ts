import { playableFile, type PlayableFile } from './playable.ts';
import type { Sound } from './sound.ts';
import { headerBytes, wavHeader } from './wav-header.ts';
import type { VoicemailAudio } from '../domain/voicemail.ts';

/** Forms of a recording besides the one that is stored. Each says its length before anything is decoded. */

/** PCM of 16 bits, whatever is stored: what the oldest programs play. */
export function pcmFile(audio: VoicemailAudio, sound: Sound): PlayableFile {
  const isPcm = sound.asStored?.tag === 1 && sound.asStored.bitsPerSample === 16;
  return playableFile(audio, isPcm ? sound : { ...sound, asStored: null });
}

/** µ-law: half of PCM, and played by the same programs, because every system's WAV reader knows G.711. */
export function compactFile(audio: VoicemailAudio, sound: Sound): PlayableFile {
  const { asStored, codec, channels, sampleRate } = sound;
  if (asStored?.bitsPerSample === 8) return playableFile(audio, sound);
  const dataBytes = codec.frames * channels;
  const header = wavHeader({ tag: 7, bitsPerSample: 8, channels, sampleRate, dataBytes });
  return {
    contentType: 'audio/wav',
    length: headerBytes + dataBytes,
    *read(from, to) {
      let at = 0;
      for (const piece of pieces(header, codec.read(0))) {
        const [begin, end] = [Math.max(from - at, 0), Math.min(to - at, piece.length)];
        if (begin < end) yield piece.subarray(begin, end);
        at += piece.length;
        if (at >= to) return;
      }
    },
  };
}

function* pieces(header: Uint8Array, samples: Generator<Int16Array>): Generator<Uint8Array> {
  yield header;
  for (const piece of samples) yield Uint8Array.from(piece, muLaw);
}

/** G.711: a bias, so that the smallest step has a segment too, and the loudest value that then still fits. */
const bias = 0x84;
const loudest = 32_635;

/** One sample of 16 bits as µ-law (ITU-T G.711 table 2a; all bits are turned over on the wire). */
export function muLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const value = Math.min(Math.abs(sample), loudest) + bias;
  const segment = 31 - Math.clz32(value) - 7;
  return ~(sign | (segment << 4) | ((value >> (segment + 3)) & 0x0f)) & 0xff;
}
