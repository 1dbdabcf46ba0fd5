import { z } from 'zod';

/** RFC 9457 problem+json, the only shape of an error answer. `code` is stable; `remedy` says what to do. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    field: z.string().optional(),
    remedy: z.string().optional(),
    correlationId: z.string(),
  })
  .meta({ id: 'Problem' });

export type ProblemView = z.output<typeof problem>;
