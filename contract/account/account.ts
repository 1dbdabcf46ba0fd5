import { z } from 'zod';
import { accountRoutes } from './account-routes.ts';
import { endpoint } from '../endpoint.ts';

export const accountApi = {
  me: endpoint({
    route: accountRoutes.me,
    summary: 'Who am I, and what works for me',
    kind: 'read',
    params: z.object({}),
    query: z.object({}),
    body: z.object({}),
    response: z
      .object({
        personId: z.string(),
        name: z.string(),
        address: z.string(),
        roles: z.array(z.string()),
        /** The calendar that Tieline watches for this person; null with the reason when there is none. */
        mailbox: z.object({ instance: z.string(), address: z.string() }).nullable(),
        mailboxReason: z.string().nullable(),
        serverVersion: z.string(),
      })
      .meta({ id: 'Me' }),
  }),
};

export type MeView = z.output<typeof accountApi.me.response>;
