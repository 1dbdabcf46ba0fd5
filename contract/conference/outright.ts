import { z } from 'zod';
import { conferenceId, conferenceView, instant } from './conference.ts';
import { endpoint } from '../endpoint.ts';
import { outrightRoutes } from './outright-routes.ts';

/** Conferences created outright in Tieline: without Outlook, without Exchange, or without either. */

const guest = z.object({ name: z.string().max(255).default(''), address: z.email().max(320) });
const facts = {
  subject: z.string().trim().min(1).max(255),
  startsAt: instant,
  endsAt: instant,
  timeZone: z.string().min(1).max(64),
  guests: z.array(guest).max(500).default([]),
  notes: z.string().max(8_000).nullish(),
};

export const outrightView = z
  .object({
    conference: conferenceView,
    /** `calendar`: written into the owner's calendar; `mail`: invitations by mail; `page`: a file to download. */
    delivery: z.enum(['calendar', 'mail', 'page']),
    guests: z.array(z.object({ name: z.string(), address: z.string() })),
    notes: z.string(),
    calendar: z.object({ state: z.enum(['none', 'due', 'written', 'refused']), error: z.string().nullable() }),
    /** Newest first. `doubt`: it may have arrived, or not. */
    mails: z.array(z.object({ to: z.string(), method: z.enum(['REQUEST', 'CANCEL']), state: z.enum(['due', 'sending', 'sent', 'doubt', 'refused', 'superseded']), at: instant, error: z.string().nullable() })),
  })
  .meta({ id: 'Event' });

const nothing = z.object({});
const one = z.object({ id: conferenceId });

export const outrightApi = {
  create: endpoint({
    route: outrightRoutes.create, summary: 'Create a conference with its event', kind: 'change', params: nothing, query: nothing,
    body: z.object({
      ...facts,
      /** Made by the client once: the same key gives the same event. */
      idempotencyKey: z.uuid(),
      /** How it comes to people; the best that works here when it is left out. */
      delivery: z.enum(['calendar', 'mail', 'page']).optional(),
      language: z.string().regex(/^[a-z]{2}$/).nullish(),
    }),
    response: outrightView,
  }),
  read: endpoint({ route: outrightRoutes.read, summary: 'An event that was created here, with what became of its mails', kind: 'read', params: one, query: nothing, body: nothing, response: outrightView }),
  change: endpoint({
    route: outrightRoutes.change, summary: 'Change it; guests are told', kind: 'change', params: one, query: nothing,
    /** `version`: of the conference as it was shown; a newer one on the server answers 409. */
    body: z.object({ ...facts, version: z.number().int() }),
    response: outrightView,
  }),
  cancel: endpoint({ route: outrightRoutes.cancel, summary: 'Cancel it; guests are told', kind: 'change', params: one, query: nothing, body: nothing, response: outrightView }),
  restore: endpoint({ route: outrightRoutes.restore, summary: 'Bring it back with its codes, within 7 days; guests are invited again', kind: 'change', params: one, query: nothing, body: nothing, response: outrightView }),
};

export type OutrightBody = z.output<typeof outrightApi.create.body>;
export type OutrightChange = z.output<typeof outrightApi.change.body>;
export type OutrightView = z.output<typeof outrightView>;
