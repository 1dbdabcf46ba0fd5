import { playableFile } from '../server/audio/playable.ts';
import { readSound } from '../server/audio/sound.ts';
import { labFormats, labRecording } from '../test/support/audio.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { cpuSeconds, median, round } from './frame/statistics.ts';

/** What a voicemail costs the server before somebody hears it. */

function result(metric: string, unit: string, ours: number, runs: number): Result {
  return { metric, unit, ours: round(ours), peer: null, peerName: null, better: 'lower', runs };
}

/** CPU of making a recording playable, all of it, per minute of sound. */
async function transcoding({ isFull }: BenchContext): Promise<Result[]> {
  const runs = isFull ? 7 : 3;
  return labFormats.map((format) => {
    const audio = labRecording(format, 60);
    const spent = Array.from({ length: runs }, () => {
      const began = cpuSeconds();
      const sound = readSound(audio);
      const file = playableFile(audio, sound);
      let bytes = 0;
      for (const piece of file.read(0, file.length)) bytes += piece.length;
      if (bytes !== file.length || Math.abs(sound.durationSeconds - 60) > 1) throw new Error(`${format}: ${bytes} of ${file.length} bytes, ${sound.durationSeconds} s`);
      return (cpuSeconds() - began) * 1000;
    });
    return result(`CPU for a minute of ${format}`, 'ms', median(spent), runs);
  });
}

export const figures: readonly Figure[] = [
  { id: 'voicemail-transcoding', title: 'CPU of making a minute of voicemail playable, by stored format', run: transcoding },
];
