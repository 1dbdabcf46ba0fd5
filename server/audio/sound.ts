import type { VoicemailAudio } from '../domain/voicemail.ts';
import type { Codec } from './codec.ts';
import { imaCodec } from './codecs/ima-adpcm.ts';
import { msCodec } from './codecs/ms-adpcm.ts';
import { plainCodec } from './codecs/plain.ts';
import { gsmCodec, wav49Codec } from './gsm/codec.ts';
import { isWav, readWav, type WavFile } from './riff.ts';
import type { SeekPoints, SeekShelf } from './seek-points.ts';
import { empty, unreadable } from './trouble.ts';

/** A recording that can be played. */
export interface Sound {
  /** "GSM 6.10": to be shown. */
  format: string;
  sampleRate: number;
  channels: number;
  durationSeconds: number;
  /** False: the end is missing or damaged; this is what could be read. */
  isWhole: boolean;
  codec: Codec;
  /** Set when browsers play the samples as they are stored. */
  asStored: { tag: 1 | 6 | 7; bitsPerSample: 8 | 16; data: Uint8Array; /** The stored file is right as it is, header too. */ isFileWhole: boolean } | null;
}

/** Of bare files, which do not say it: telephones. */
const bareRate = 8_000;

type Made = Pick<Sound, 'format' | 'asStored'> & { codec: Codec };

/** By the `fmt ` tag (RFC 2361). The tag decides, whatever the file is called. */
const byTag: Record<number, (wav: WavFile, points: () => SeekPoints | null) => Made> = {
  1: (wav) => ({ format: `PCM ${wav.bitsPerSample} bit`, codec: plainCodec(wav.data, wav), asStored: stored(wav, 1) }),
  2: (wav) => ({ format: 'Microsoft ADPCM', codec: msCodec(wav), asStored: null }),
  3: (wav) => ({ format: `floating point ${wav.bitsPerSample} bit`, codec: plainCodec(wav.data, wav), asStored: null }),
  6: (wav) => ({ format: 'A-law', codec: plainCodec(wav.data, wav), asStored: stored(wav, 6) }),
  7: (wav) => ({ format: 'µ-law', codec: plainCodec(wav.data, wav), asStored: stored(wav, 7) }),
  0x11: (wav) => ({ format: 'IMA ADPCM', codec: imaCodec(wav), asStored: null }),
  0x31: (wav, points) => ({ format: 'GSM 6.10', codec: oneChannel(wav, wav49Codec(wav.data, wav.fact, points())), asStored: null }),
};

/** By the content type, of files without any header. */
const byType: readonly (readonly [RegExp, (data: Uint8Array, points: () => SeekPoints | null) => Made])[] = [
  [/^audio\/(?:x-)?gsm\b/i, (data, points) => ({ format: 'GSM 6.10', codec: gsmCodec(data, points()), asStored: null })],
  [/^audio\/(?:x-mulaw|x-ulaw|pcmu|basic)\b/i, (data) => ({ format: 'µ-law', ...bareLaw(data, 7) })],
  [/^audio\/(?:x-alaw|pcma)\b/i, (data) => ({ format: 'A-law', ...bareLaw(data, 6) })],
];

/**
 * Reads what a recording is. Decodes nothing yet. Throws UserError 422: `sound-empty`, `sound-unreadable`. `shelf`: for whoever reads parts of the same recording again and again; where
 * the samples of a format need all those before them, what was decoded once is then not decoded again.
 */
export function readSound({ bytes, contentType }: VoicemailAudio, shelf?: SeekShelf): Sound {
  if (bytes.length === 0) throw empty();
  const points = (): SeekPoints | null => shelf?.of(bytes) ?? null;
  if (isWav(bytes)) return fromWav(readWav(bytes), points);
  const make = byType.find(([type]) => type.test(contentType))?.[1];
  if (!make) throw unreadable('it does not begin as a WAV file does');
  return finish(make(bytes, points), { channels: 1, sampleRate: bareRate, isWhole: true });
}

function fromWav(wav: WavFile, points: () => SeekPoints | null): Sound {
  const make = byTag[wav.tag];
  if (!make) throw unreadable(`the format 0x${wav.tag.toString(16)} is not known`);
  if (wav.data.length === 0) throw empty();
  return finish(make(wav, points), wav);
}

function finish({ format, codec, asStored }: Made, { channels, sampleRate, isWhole }: Pick<WavFile, 'channels' | 'sampleRate' | 'isWhole'>): Sound {
  if (codec.frames === 0) throw empty();
  return { format, channels, sampleRate, durationSeconds: codec.frames / sampleRate, isWhole: isWhole && codec.isWhole, codec, asStored };
}

function stored({ bitsPerSample, blockAlign, channels, data, isExtensible, isWhole }: WavFile, tag: 1 | 6 | 7): Sound['asStored'] {
  const bits = tag === 1 ? bitsPerSample : 8;
  if (channels > 2 || (bits !== 8 && bits !== 16)) return null;
  const isUsual = !isExtensible && isWhole && bitsPerSample === bits && blockAlign === (channels * bits) / 8;
  return { tag, bitsPerSample: bits, data, isFileWhole: isUsual };
}

function bareLaw(data: Uint8Array, tag: 6 | 7): Omit<Made, 'format'> {
  return { codec: plainCodec(data, { tag, bitsPerSample: 8, channels: 1 }), asStored: { tag, bitsPerSample: 8, data, isFileWhole: false } };
}

function oneChannel({ channels }: WavFile, codec: Codec): Codec {
  if (channels !== 1) throw unreadable('GSM speech has one channel');
  return codec;
}
