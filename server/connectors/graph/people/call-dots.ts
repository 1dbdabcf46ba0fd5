import { z } from 'zod';
import type { CallDots } from '../../../ports/call-dots.ts';
import { graphPath, type GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';
import { createSeen } from './seen.ts';

/** Shortest and longest that Graph grants (graph.md §4): five minutes, four hours. */
const [shortest, longest] = [5, 240];

/**
 * Presence sessions of our application. Busy/InACall beats what Teams says of an idle or available person, and loses to a manual status and to Presenting: nothing that
 * a person chose there is overridden. Our own session comes back in reads; we never take it for news, because we do not read to learn.
 */
export function createCallDots({ client, instance, clientId }: { client: GraphClient; instance: string; clientId: string }): CallDots {
  const askSeen = createSeen(client);

  function write(what: string, path: string, body: object): GraphCall {
    return { what, method: 'POST', target: { path }, body: { sessionId: clientId, ...body }, right: 'Presence.ReadWrite.All', budget: { workload: 'presence' }, repeat: 'always' };
  }

  async function set(id: string, availability: string, activity: string, minutes: number): Promise<void> {
    const expirationDuration = `PT${Math.min(longest, Math.max(shortest, Math.ceil(minutes)))}M`;
    await client.call(write('set presence', graphPath`/users/${id}/presence/setPresence`, { availability, activity, expirationDuration }), z.unknown());
  }

  return {
    instance,
    isSeen: ({ id }) => askSeen(id),
    inCall: ({ id }, forMs) => set(id, 'Busy', 'InACall', forMs / 60_000),
    async callOver({ id }, thenAvailable) {
      if (thenAvailable) return set(id, 'Available', 'Available', shortest);
      try {
        await client.call(write('clear presence', graphPath`/users/${id}/presence/clearPresence`, {}), z.unknown());
      } catch (error) {
        // No such session: it ended by itself.
        if (refusalOf(error)?.status !== 404) throw error;
      }
    },
  };
}
