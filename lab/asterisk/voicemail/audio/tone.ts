const sampleRate = 8000;

/** Syllables per second of calm speech; the tone swells and fades with them, so that a waveform looks like talking. */
const syllablesPerSecond = 4;

/** `seconds` of a hum whose pitch follows from `seed`, as 16-bit samples at 8 kHz. Two messages so sound, and compare, differently. */
export function tone(seconds: number, seed: number): Int16Array {
  const pitch = 160 + (seed % 40) * 15;
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  for (let index = 0; index < samples.length; index += 1) {
    const time = index / sampleRate;
    const loudness = 0.25 + 0.75 * Math.sin(Math.PI * syllablesPerSecond * time) ** 2;
    const wave = 0.6 * Math.sin(2 * Math.PI * pitch * time) + 0.3 * Math.sin(4 * Math.PI * pitch * time) + 0.1 * Math.sin(6 * Math.PI * pitch * time);
    samples[index] = Math.round(12_000 * loudness * wave);
  }
  return samples;
}
