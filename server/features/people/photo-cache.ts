import type { Clock } from '../../ports/clock.ts';
import type { DirectoryPhoto } from '../../ports/directory-source.ts';

/** Photos have no notification and no delta; a day is what Microsoft's own clients wait (graph.md §6). Spread, so that a company's pictures are not all asked for at one time. */
const keptMs = 24 * 60 * 60_000;
const spreadMs = 4 * 60 * 60_000;
/** Somebody without a picture, or a directory that did not answer, is asked again after this. */
const failedMs = 10 * 60_000;
/** All pictures together; the oldest go first. Some 10 KB each. */
const mostBytes = 32 * 1024 * 1024;

interface Kept {
  until: number;
  photo: Promise<DirectoryPhoto | null>;
  bytes: number;
}

/** Pictures in the memory of this process alone: nothing of them is stored. Several who ask at once are answered by one question. */
export function createPhotoCache(clock: Clock): (key: string, ask: () => Promise<DirectoryPhoto | null>) => Promise<DirectoryPhoto | null> {
  const kept = new Map<string, Kept>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  return (key, ask) => {
    const before = kept.get(key);
    if (before && before.until > clock.now()) return before.photo;
    drop(key);
    const photo = ask();
    // The same for the same name, so that nothing here needs chance.
    const entry: Kept = { until: clock.now() + keptMs + (hash(key) % spreadMs), photo, bytes: 0 };
    kept.set(key, entry);
    photo.then(
      (found) => {
        if (kept.get(key) !== entry) return;
        entry.bytes = found?.bytes.length ?? 0;
        bytes += entry.bytes;
        for (const oldest of kept.keys()) {
          if (bytes <= mostBytes) break;
          drop(oldest);
        }
      },
      () => void (entry.until = clock.now() + failedMs),
    );
    return photo;
  };
}

function hash(key: string): number {
  return Array.from(key).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 4_294_967_291, 7);
}
