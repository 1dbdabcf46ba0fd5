import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import { graphPath } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';

const presence = z.object({ availability: z.string() });
const presences = z.object({ value: z.array(z.object({ id: z.string(), availability: z.string() })) });

/** Most ids that one call takes (graph.md §3). */
export const idsAtOnce = 650;

/** Of a user id: whether they use Teams at all. Throws TheirError. */
export type AskSeen = (id: string) => Promise<boolean>;

/**
 * One question at a time; whoever wants to know meanwhile is in the next one, for all of them in one request. In a storm of calls, half of what Graph grants to presence would go into asking for each person alone.
 */
export function createSeen(client: GraphClient): AskSeen {
  let last: Promise<unknown> = Promise.resolve();
  let gathering: { ids: Set<string>; answer: Promise<AskSeen> } | undefined;

  const common = { right: 'Presence.ReadWrite.All', budget: { workload: 'presence' }, repeat: 'always' } as const;

  async function askOne(id: string): Promise<boolean> {
    const told = await client.call({ ...common, what: 'read presence', method: 'GET', target: { path: graphPath`/users/${id}/presence` } }, presence);
    return isKnown(told);
  }

  /** Everybody's answer, or, where Graph refuses the list for the sake of one, the way to ask for each. */
  async function askAll(ids: readonly string[]): Promise<AskSeen> {
    const [only] = ids;
    if (only !== undefined && ids.length === 1) {
      const isSeen = await askOne(only);
      return async () => isSeen;
    }
    try {
      const { value } = await client.call({ ...common, what: 'read presences', method: 'POST', target: { path: '/communications/getPresencesByUserId' }, body: { ids } }, presences);
      const known = new Set(value.filter(isKnown).map(({ id }) => id));
      return async (id) => known.has(id);
    } catch (error) {
      if (error instanceof TheirError && !error.passing) return askOne;
      throw error;
    }
  }

  function begin(): NonNullable<typeof gathering> {
    const ids = new Set<string>();
    const answer = last.then(() => {
      if (gathering?.ids === ids) gathering = undefined;
      return askAll([...ids]);
    });
    last = answer.catch(() => undefined);
    return { ids, answer };
  }

  return async (id) => {
    if (!gathering || gathering.ids.size >= idsAtOnce) gathering = begin();
    gathering.ids.add(id);
    return (await gathering.answer)(id);
  };
}

function isKnown({ availability }: { availability: string }): boolean {
  return availability.toLowerCase() !== 'presenceunknown';
}
