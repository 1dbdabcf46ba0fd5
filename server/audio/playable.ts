import type { VoicemailAudio } from '../domain/voicemail.ts';
import type { Sound } from './sound.ts';
import { headerBytes, wavHeader } from './wav-header.ts';

/** A file that every browser plays, made while it is read: of an hour nothing but the stored bytes and one piece is in memory. */
export interface PlayableFile {
  contentType: string;
  /** Bytes. */
  length: number;
  /** The bytes from `from` to before `to`, piece by piece. Empty pieces are work that had to be done and gave nothing: a chance for others. */
  read(from: number, to: number): Generator<Uint8Array>;
}

/** PCM of 8 and 16 bits, µ-law and A-law play everywhere and stay as they are; all else becomes PCM of 16 bits. A header that is missing or wrong is made anew. */
export function playableFile(audio: VoicemailAudio, sound: Sound): PlayableFile {
  const { asStored, channels, sampleRate, codec } = sound;
  if (asStored?.isFileWhole) return fileOf('audio/wav', audio.bytes.length, (from) => bytesFrom(audio.bytes, from));
  if (asStored) {
    const { tag, bitsPerSample } = asStored;
    const data = asStored.data.subarray(0, (codec.frames * channels * bitsPerSample) / 8);
    return headed(wavHeader({ tag, bitsPerSample, channels, sampleRate, dataBytes: data.length }), data.length, (from) => bytesFrom(data, from));
  }
  const dataBytes = codec.frames * channels * 2;
  return headed(wavHeader({ tag: 1, bitsPerSample: 16, channels, sampleRate, dataBytes }), dataBytes, (from) => pcmFrom(sound, from));
}

function headed(header: Uint8Array, dataBytes: number, dataFrom: (from: number) => Generator<Uint8Array>): PlayableFile {
  return fileOf('audio/wav', headerBytes + dataBytes, function* (from) {
    if (from < headerBytes) yield header.subarray(from);
    yield* dataFrom(Math.max(0, from - headerBytes));
  });
}

function fileOf(contentType: string, length: number, readFrom: (from: number) => Generator<Uint8Array>): PlayableFile {
  return {
    contentType,
    length,
    *read(from, to) {
      let left = Math.min(to, length) - from;
      for (const piece of readFrom(from)) {
        if (left <= 0) return;
        yield piece.length > left ? piece.subarray(0, left) : piece;
        left -= piece.length;
      }
    },
  };
}

/** Bytes of a piece of what needs no work. */
const pieceBytes = 64 * 1024;

function* bytesFrom(bytes: Uint8Array, from: number): Generator<Uint8Array> {
  for (let at = from; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** From a byte of the 16-bit samples on; that may be the second of a sample. */
function* pcmFrom({ codec, channels }: Sound, from: number): Generator<Uint8Array> {
  const frameBytes = channels * 2;
  let skip = from % frameBytes;
  for (const samples of codec.read(Math.floor(from / frameBytes))) {
    const piece = littleEndian(samples);
    yield piece.subarray(skip);
    if (piece.length > 0) skip = 0;
  }
}

function littleEndian(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < samples.length; index += 1) view.setInt16(index * 2, samples[index] ?? 0, true);
  return bytes;
}
