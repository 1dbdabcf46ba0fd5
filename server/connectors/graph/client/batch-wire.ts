import { z } from 'zod';

/** Graph takes 20 calls in one batch (learn.microsoft.com/graph/json-batching). */
export const mostInBatch = 20;

/** What comes back for one call of a batch. Statuses outside HTTP's own are no answer. */
const reply = z.object({ id: z.string(), status: z.number().int().min(200).max(599), headers: z.record(z.string(), z.coerce.string()).nullish(), body: z.unknown().optional() });

export type BatchReply = z.output<typeof reply>;

/** The answer to `POST /$batch`: 200 even where every call in it was refused. */
export const batchReply = z.object({ responses: z.array(reply) });
