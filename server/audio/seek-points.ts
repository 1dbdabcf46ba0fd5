import { createHash } from 'node:crypto';

/** What a decoder had in it at some places of one recording, so that a part in the middle needs not all that comes before. The codec says how far one place is from the next. */
export interface SeekPoints {
  /** The last known place that is not after this one; null when there is none but the beginning, which is place 0. */
  last(index: number): { index: number; state: Int16Array } | null;
  /** Remembers a place, if it is not known yet. */
  keep(index: number, state: () => Int16Array): void;
}

/** Seek points of the recordings that were heard last. */
export interface SeekShelf {
  /** By all bytes of the stored file, not by a name: what was decoded from other bytes is never gone on from. */
  of(recording: Uint8Array): SeekPoints;
  /** What is remembered, bytes. */
  bytes(): number;
}

/** Ours: 80 recordings of ten minutes, or 14 of an hour. */
const usualBytes = 8 * 1024 * 1024;
/** What a place takes besides its numbers, bytes: the array around them, and its share of the map (measured with Node 20, rounded up). */
const placeOverhead = 512;

export function createSeekShelf(mostBytes = usualBytes): SeekShelf {
  const recordings = new Map<string, Map<number, Int16Array>>();
  let total = 0;

  function sizeOf(state: Int16Array): number {
    return state.byteLength + placeOverhead;
  }

  /** Whatever was not heard for the longest time goes first. */
  function makeRoom(): void {
    for (const [key, places] of recordings) {
      if (total <= mostBytes) return;
      for (const state of places.values()) total -= sizeOf(state);
      recordings.delete(key);
    }
  }

  return {
    bytes: () => total,
    of(recording) {
      const key = createHash('sha256').update(recording).digest('base64');

      /** Its places, as those of what was heard last. */
      function placesNow(): Map<number, Int16Array> {
        const places = recordings.get(key) ?? new Map<number, Int16Array>();
        recordings.delete(key);
        recordings.set(key, places);
        return places;
      }

      return {
        last(index) {
          const places = recordings.get(key);
          if (!places) return null;
          placesNow();
          for (let at = index; at > 0; at -= 1) {
            const state = places.get(at);
            if (state) return { index: at, state };
          }
          return null;
        },
        keep(index, state) {
          if (recordings.get(key)?.has(index)) return;
          const copy = state();
          placesNow().set(index, copy);
          total += sizeOf(copy);
          makeRoom();
        },
      };
    },
  };
}
