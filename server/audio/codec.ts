/** A way to store sound, over the bytes of one recording. A frame is one sample of each channel. */
export interface Codec {
  /** How many frames can be decoded. */
  readonly frames: number;
  /** Nothing is missing at the end, and nothing in between is damaged. */
  readonly isWhole: boolean;
  /** From a frame to the end, in pieces of at most some thousand frames: 16 bits each, channels side by side. Each piece is valid until the next is asked for. */
  read(fromFrame: number): Generator<Int16Array>;
}

/** Frames of a piece where the codec has no blocks of its own. */
export const pieceFrames = 4_096;

/** The nearest value that 16 bits hold. */
export function clip(value: number): number {
  return value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
}
