import { z } from 'zod';
import { instant } from '../conference/conference.ts';
import { deedsRoutes } from './deeds-routes.ts';
import { endpoint } from '../endpoint.ts';

/** What administrators did and looked at: who, when, what. Written before it is done, so that nothing is done unwritten. */

const deed = z
  .object({
    /** Rises; give it back as `before` for older ones. */
    seq: z.number().int(),
    at: instant,
    by: z.string(),
    /** `look`: at what is known of a person. */
    kind: z.enum(['change', 'look']),
    /** Method and path pattern of the request: "PATCH /api/v1/groups/:group". */
    what: z.string(),
    /** Name of the person it is about; null where it is about nobody in particular. */
    about: z.string().nullable(),
    /** What the request named and said, as far as it is short. */
    details: z.record(z.string(), z.unknown()),
    /** `begun`: not known how it ended, the process died meanwhile. */
    outcome: z.enum(['begun', 'done', 'refused']),
  })
  .meta({ id: 'Deed' });

export const deedsApi = {
  list: endpoint({
    route: deedsRoutes.list, summary: 'What administrators changed, and whom they looked at, the newest first', kind: 'read', params: z.object({}),
    query: z.object({ before: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }), body: z.object({}),
    response: z.object({ deeds: z.array(deed) }),
  }),
};

export type DeedsResponse = z.output<typeof deedsApi.list.response>;
export type DeedView = z.output<typeof deed>;
