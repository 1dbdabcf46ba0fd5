import { z } from 'zod';
import { instant } from '../conference/conference.ts';
import { endpoint } from '../endpoint.ts';
import { linesRoutes } from './lines-routes.ts';

/** Phone lines and whose they are: for administrators. */

const nothing = z.object({});
const place = { pbx: z.string().max(31), context: z.string().max(79), extension: z.string().max(40) };

export const lineView = z
  .object({
    ...place,
    name: z.string(),
    devices: z.array(z.string()),
    voicemailBox: z.string().nullable(),
    owner: z.object({ personId: z.string(), source: z.enum(['administrator', 'directory', 'voicemail', 'template']), since: instant }).nullable(),
    /** The owner's address as an administrator named it, while nobody is known by it. */
    claim: z.string().nullable(),
  })
  .meta({ id: 'Line' });

export const linesApi = {
  all: endpoint({ route: linesRoutes.all, summary: 'All phone lines with their owners', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ lines: z.array(lineView) }) }),
  unmatched: endpoint({
    route: linesRoutes.unmatched,
    summary: 'Lines that are nobody\'s, and why: none or several people fit',
    kind: 'read',
    params: nothing,
    query: z.object({ skip: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(500).default(500) }),
    body: nothing,
    response: z.object({
      lines: z.array(z.object({ ...place, name: z.string(), reason: z.enum(['nobody', 'several', 'unknown-address']), candidates: z.array(z.string()) })),
      /** Of all of them. */
      total: z.number().int(),
    }),
  }),
  importList: endpoint({
    route: linesRoutes.importList,
    summary: 'Takes a list as CSV: pbx, context, extension, name, devices, voicemail, owner, members. What has no column stays as it is. Broken lines are named, the rest is taken',
    kind: 'change',
    params: nothing,
    query: nothing,
    body: z.object({
      csv: z.string().max(20_000_000),
      /** True writes nothing and only says what would happen. */
      onlyLook: z.boolean().default(false),
    }),
    longestBody: '24mb',
    response: z.object({
      taken: z.number().int(),
      claimed: z.number().int(),
      mistakes: z.array(z.object({ row: z.number().int(), field: z.string(), message: z.string(), remedy: z.string() })),
    }),
  }),
  exportList: endpoint({
    route: linesRoutes.exportList, summary: 'All lines as such a list; no cell of it is a formula for a table program', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ csv: z.string() }),
  }),
  remove: endpoint({ route: linesRoutes.remove, summary: 'Forgets a line', kind: 'change', params: z.object(place), query: nothing, body: nothing, response: z.object({ removed: z.boolean() }) }),
};

export type UnmatchedResponse = z.output<typeof linesApi.unmatched.response>;
