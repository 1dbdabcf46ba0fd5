import { clip } from '../codec.ts';

/**
 * GSM 06.10 full rate speech decoder, bit-exact as ETSI EN 300 961 (section 5.3) asks for: numbers of 16 bits, every sum clipped, products rounded.
 */

export const frameSamples = 160;
const subframeSamples = 40;
/** The longest way back that a lag can name. */
const longestLag = 120;
/** Parameters of one of four parts of a frame; the ratios stand before them. */
const subframeParameters = 17;
const ratioCount = 8;

/** Table 4.1 and 5.1: B, MIC and 1/A of each log area ratio. */
const ratioTables: readonly (readonly [number, number, number])[] = [
  [0, -32, 13_107], [0, -32, 13_107], [2_048, -16, 13_107], [-2_560, -16, 13_107], [94, -8, 19_223], [-1_792, -8, 17_476], [-341, -4, 31_454], [-1_144, -4, 29_708],
];
/** Table 5.3b: gains of the long-term filter. */
const gains = Int16Array.of(3_277, 11_469, 21_299, 32_767);
/** Table 5.6: mantissas of the block maximum. */
const mantissas = Int16Array.of(18_431, 20_479, 22_527, 24_575, 26_623, 28_671, 30_719, 32_767);

/** Product of two fractions, rounded. */
function times(left: number, right: number): number {
  return clip((left * right + 16_384) >> 15);
}

export interface GsmDecoder {
  /** Decodes the next frame of 76 parameters into 160 samples. Frames follow each other: each needs what those before left behind. */
  decode(parameters: Uint8Array, into: Int16Array): void;
  /** All that the frames until now left behind, as a copy: a decoder that is made with it goes on from here, to the bit. */
  state(): Int16Array;
}

/** `from`: what another decoder's `state` gave; without it, from the beginning of a recording. */
export function createGsmDecoder(from?: Int16Array): GsmDecoder {
  /** What the long-term filter looks back at, and then the part at hand. */
  const excitation = new Int16Array(longestLag + subframeSamples);
  const residual = new Int16Array(frameSamples);
  const lattice = new Int16Array(ratioCount + 1);
  let lag = subframeSamples;
  let ratios = new Int16Array(ratioCount);
  let before = new Int16Array(ratioCount);
  let emphasis = 0;
  if (from) {
    excitation.set(from.subarray(0, longestLag));
    lattice.set(from.subarray(longestLag, longestLag + ratioCount + 1));
    ratios.set(from.subarray(longestLag + ratioCount + 1, -2));
    [lag = subframeSamples, emphasis = 0] = from.subarray(-2);
  }

  /** 5.3.1 and 5.3.2: pulses, grid and the repetition of what was. */
  function excite(parameters: Uint8Array, from: number): void {
    const asked = parameters[from] ?? 0;
    // A lag that cannot be is a broken one: the last good stands.
    if (asked >= subframeSamples && asked <= longestLag) lag = asked;
    const gain = gains[parameters[from + 1] ?? 0] ?? 0;
    const grid = parameters[from + 2] ?? 0;
    const { exponent, mantissa } = blockMaximum(parameters[from + 3] ?? 0);
    const shift = 6 - exponent;
    const half = shift > 0 ? 1 << (shift - 1) : 0;
    for (let index = 0; index < subframeSamples; index += 1) {
      excitation[longestLag + index] = times(gain, excitation[longestLag + index - lag] ?? 0);
    }
    for (let pulse = 0; pulse < 13; pulse += 1) {
      const place = longestLag + grid + pulse * 3;
      const height = clip(times(mantissas[mantissa] ?? 0, ((parameters[from + 4 + pulse] ?? 0) * 2 - 7) << 12) + half) >> shift;
      excitation[place] = clip(height + (excitation[place] ?? 0));
    }
  }

  /** 5.3.3: from residual to speech; the ratios glide from those of the frame before in the first 40 samples. */
  function filter(from: number, to: number, weight: (old: number, fresh: number) => number, into: Int16Array): void {
    const reflections = ratios.map((fresh, index) => reflection(weight(before[index] ?? 0, fresh)));
    for (let at = from; at < to; at += 1) {
      let sample = residual[at] ?? 0;
      for (let order = ratioCount - 1; order >= 0; order -= 1) {
        const coefficient = reflections[order] ?? 0;
        const held = lattice[order] ?? 0;
        sample = clip(sample - times(coefficient, held));
        lattice[order + 1] = clip(held + times(coefficient, sample));
      }
      lattice[0] = sample;
      // 5.3.5 to 5.3.7: de-emphasis, and 13 bits in the upper part of 16.
      emphasis = clip(sample + times(emphasis, 28_180));
      into[at] = clip(emphasis * 2) & 0xfff8;
    }
  }

  return {
    decode(parameters, into) {
      for (let part = 0; part < 4; part += 1) {
        excite(parameters, ratioCount + part * subframeParameters);
        residual.set(excitation.subarray(longestLag), part * subframeSamples);
        excitation.copyWithin(0, subframeSamples);
      }
      [before, ratios] = [ratios, before];
      ratios.forEach((_, index) => (ratios[index] = ratioOf(parameters[index] ?? 0, index)));
      filter(0, 13, (old, fresh) => clip(clip((old >> 2) + (fresh >> 2)) + (old >> 1)), into);
      filter(13, 27, (old, fresh) => clip((old >> 1) + (fresh >> 1)), into);
      filter(27, 40, (old, fresh) => clip(clip((old >> 2) + (fresh >> 2)) + (fresh >> 1)), into);
      filter(40, frameSamples, (_, fresh) => fresh, into);
    },
    state: () => Int16Array.of(...excitation.subarray(0, longestLag), ...lattice, ...ratios, lag, emphasis),
  };
}

/** 5.2.15: exponent and mantissa of the largest pulse. */
function blockMaximum(coded: number): { exponent: number; mantissa: number } {
  let exponent = coded > 15 ? (coded >> 3) - 1 : 0;
  let mantissa = coded - (exponent << 3);
  if (mantissa === 0) return { exponent: -4, mantissa: 7 };
  while (mantissa <= 7) {
    mantissa = (mantissa << 1) | 1;
    exponent -= 1;
  }
  return { exponent, mantissa: mantissa - 8 };
}

/** 5.2.8: the decoded log area ratio. */
function ratioOf(coded: number, index: number): number {
  const [offset, least, inverse] = ratioTables[index] ?? [0, 0, 0];
  const half = times(inverse, clip(((coded + least) << 10) - (offset << 1)));
  return clip(half * 2);
}

/** 5.2.9.2: from a log area ratio to a reflection coefficient, in three straight lines. */
function reflection(ratio: number): number {
  const size = ratio === -32_768 ? 32_767 : Math.abs(ratio);
  const value = size < 11_059 ? size << 1 : size < 20_070 ? size + 11_059 : clip((size >> 2) + 26_112);
  return ratio < 0 ? -value : value;
}
