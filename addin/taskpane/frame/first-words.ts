import { useEffect } from 'react';

/** ux.md section 2 calls it "longer than usual" from here on, ms. */
const LONG_MS = 5000;

/** What stands in place of words that are still coming; the first is the panel itself. */
let waiting = 1;
let tell: () => void;

/**
 * What only adds to the frame waits for this, so that it does not race the first panel for the line: people wait for words, not for a dot.
 * Resolves when the first panel has its words, or when they are long in coming.
 */
export const firstWords = new Promise<void>((done) => {
  tell = done;
  setTimeout(done, LONG_MS);
});

/** After the frame in which the words are drawn. A pane in the background draws none; there `LONG_MS` counts. */
function came(): void {
  if (--waiting === 0) requestAnimationFrame(() => setTimeout(tell));
}

/** For what stands in place of words. */
export function useStandsForWords(): void {
  useEffect(() => {
    waiting++;
    return came;
  }, []);
}

/** Stands behind a panel, in the same boundary: its effect runs when the panel is there, after the panel's own. */
export function PanelIsThere(): null {
  useEffect(came, []);
  return null;
}
