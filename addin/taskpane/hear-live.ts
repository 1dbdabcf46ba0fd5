import type { LiveState } from '../../contract/live.ts';
import type { Transport } from '../talk/http.ts';

/**
 * Follows topics for an effect, and returns what ends that. Nothing on the screen waits for it: what is shown is true already, this keeps it so.
 *
 * @param connected hears whether it is live, with the epoch ms of the last sound.
 */
export function hearLive(transport: Transport, topics: string | readonly string[], found: (live: LiveState) => void, connected: (isUp: boolean, heardAt: number) => void = () => undefined): () => void {
  const end = new AbortController();
  import(/* webpackChunkName: "live" */ '../talk/live.ts').then(
    ({ follow }) => follow(transport, topics, found, connected, end.signal),
    () => connected(false, Date.now()),
  );
  return () => end.abort();
}
