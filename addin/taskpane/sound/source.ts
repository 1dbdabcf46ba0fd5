import type { Transport } from '../../talk/http.ts';
import { mayPass } from '../../talk/fault.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { partsOf } from './parts.ts';
import type { Part } from './parts.ts';
import { readWavHead, wavOf } from './wav-head.ts';

/** A recording that can be played from any second: what is fetched is no more than what is near. */
export interface Source {
  durationSeconds: number;
  parts: readonly Part[];
  /** A part as a file that plays by itself. @throws TalkFault */
  file: (part: Part) => Promise<Blob>;
}

/** With the head of the file comes the sound of its first part: one request between click and sound. A head is 44 bytes, rarely a few hundred; 16-bit sound of 8 s has 128,000. */
const FIRST_BYTES = 132_000;
/** Parts that are kept, so that seeking a little fetches nothing: about four minutes. */
const KEPT = 8;

/** The same again after a hiccup: a part that is missing is a hole in what somebody listens to. */
const PAUSES = [300, 1500];

/** Opens a recording. @throws TalkFault, whose problem says why nothing plays. */
export async function openSource(transport: Transport, id: string, end: AbortSignal): Promise<Source> {
  async function bytes(from: number, to: number): Promise<ArrayBuffer> {
    for (let round = 0; ; round += 1) {
      try {
        return await fetchBytes(transport, id, { from, to }, end);
      } catch (fault) {
        const pause = PAUSES[round];
        if (pause === undefined || end.aborted || !mayPass(fault)) throw fault;
        await transport.wait(pause);
      }
    }
  }

  const first = await bytes(0, FIRST_BYTES);
  const head = readWavHead(first);
  // A head that is longer than that, or no WAV at all: the browser may still know what it is.
  if (head === undefined) return whole(await fetchBytes(transport, id, undefined, end));
  const { dataAt, dataBytes, bytesPerSecond } = head;
  const parts = partsOf(head);
  const files = new Map<number, Promise<Blob>>();

  async function load({ from, to }: Part): Promise<Blob> {
    const isHere = dataAt + to <= first.byteLength;
    return wavOf(head ?? { format: new Uint8Array() }, isHere ? first.slice(dataAt + from, dataAt + to) : await bytes(dataAt + from, dataAt + to));
  }

  return {
    durationSeconds: dataBytes / bytesPerSecond,
    parts,
    file(part) {
      const known = files.get(part.index);
      if (known !== undefined) return known;
      const file = load(part);
      files.set(part.index, file);
      // What could not be fetched is asked for again the next time.
      file.catch(() => files.delete(part.index));
      for (const old of [...files.keys()].slice(0, -KEPT)) files.delete(old);
      return file;
    },
  };
}

/** Played as one file, whose length the browser finds out. */
function whole(bytes: ArrayBuffer): Source {
  return { durationSeconds: Number.NaN, parts: [{ index: 0, from: 0, to: bytes.byteLength, startsAt: 0, endsAt: Number.POSITIVE_INFINITY }], file: async () => new Blob([bytes]) };
}
