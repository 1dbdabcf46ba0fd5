import { z } from 'zod';
import { instant } from '../conference/conference.ts';
import { endpoint } from '../endpoint.ts';
import { operationsRoutes } from './operations-routes.ts';

/** How the connected systems do, what can be set in motion by hand, and the log. */

const nothing = z.object({});

const gap = z.object({ capability: z.string(), reason: z.string(), remedy: z.string() });

export const systemStatus = z
  .object({
    instance: z.string(),
    type: z.string(),
    /** `elsewhere`: no process that has it has told yet. */
    state: z.enum(['elsewhere', 'starting', 'ready', 'limited', 'down', 'refused']),
    since: instant,
    /** When it was told last; older than minutes where the process that had it is gone. */
    toldAt: instant,
    /** Where it is reached, as it is configured; null where there is no one address. */
    address: z.string().nullable(),
    version: z.string().nullable(),
    capabilities: z.array(z.string()),
    gaps: z.array(gap),
    /** Work that waits for this system and failed last time, with what it said. */
    failing: z.array(z.object({ kind: z.string(), waiting: z.number().int(), error: z.string() })),
    canForce: z.boolean(),
  })
  .meta({ id: 'SystemStatus' });

const logLine = z
  .object({
    /** Rises with each line. */
    seq: z.number().int(),
    at: instant,
    level: z.enum(['info', 'warn', 'error']),
    message: z.string(),
    /** Which step of working with a system this is; the page has words for it. */
    step: z.string().nullable(),
    fields: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'LogLine' });

export const operationsApi = {
  status: endpoint({
    route: operationsRoutes.status, summary: 'Each connected system: state, capabilities, what is missing and how to mend it', kind: 'read', params: nothing, query: nothing, body: nothing,
    response: z.object({ version: z.string(), asOf: instant, systems: z.array(systemStatus) }),
  }),
  force: endpoint({
    route: operationsRoutes.force, summary: 'Look at everything of a system now: subscriptions, calendars, automatic replies, boxes, lines', kind: 'change', params: z.object({ instance: z.string().max(31) }), query: nothing, body: nothing,
    response: z.object({ asked: z.array(z.string()) }),
  }),
  log: endpoint({
    route: operationsRoutes.log, summary: 'The log: the newest lines, those after a line, or those before one', kind: 'read', params: nothing,
    query: z.object({
      after: z.coerce.number().int().min(0).optional(), before: z.coerce.number().int().min(1).optional(), level: z.enum(['info', 'warn', 'error']).default('info'),
      instance: z.string().max(31).optional(), limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    body: nothing, response: z.object({
      lines: z.array(logLine),
      /** Whom and what ids in the fields stand for: people by their names, mailboxes by their addresses. The log itself keeps ids alone. */
      names: z.record(z.string(), z.string()), usedMegabytes: z.number(), oldest: instant.nullable(),
    }),
  }),
};

export type StatusResponse = z.output<typeof operationsApi.status.response>;
export type SystemStatus = z.output<typeof systemStatus>;
export type LogResponse = z.output<typeof operationsApi.log.response>;
export type LogLine = z.output<typeof logLine>;
