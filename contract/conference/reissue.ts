import { z } from 'zod';
import { conferenceId } from './conference.ts';
import { endpoint } from '../endpoint.ts';
import { reissueRoutes } from './reissue-routes.ts';

/**
 * Reissue (M10): after a change of numbers, codes, bridges or templates the block in invites that were sent already is written anew. First a preview, which only reads;
 * then the writing, so many a minute; and for seven days the way back.
 */

/** Why an invite is left alone. The words are in docs/operations.md. */
export const reissueReason = z.enum(['no-event', 'read-only', 'gone', 'over', 'no-block', 'several-blocks', 'own-words', 'damaged', 'body', 'too-large', 'denied', 'refused', 'no-answer', 'in-doubt', 'in-use', 'changed-since']);

/** `look`: not looked at yet. `due`: to be written. `same`: says it already. `left`: left alone. `kept`: not brought back by undo. */
export const reissueInviteState = z.enum(['look', 'due', 'writing', 'written', 'same', 'left', 'undoing', 'undone', 'kept']);

export const reissueView = z
  .object({
    id: z.string(),
    /** Only conferences on this bridge; null: on all. */
    bridge: z.string().nullable(),
    /** The conferences move to this one, each with its invite, and back with undo; null: they stay where they are. */
    toBridge: z.string().nullable().optional(),
    /** What it is at: reading only, writing, bringing back. */
    phase: z.enum(['preview', 'write', 'undo']),
    state: z.enum(['running', 'stopped', 'done']),
    eventsPerMinute: z.number().int().nullable(),
    madeAt: z.iso.datetime(),
    /** Until when what was written can be brought back; null before anything was. */
    undoUntil: z.iso.datetime().nullable(),
    /** Invites by their state, and people: mails of those that are due, and of those that were written (undo mails them again). */
    invites: z.record(z.string(), z.number().int()),
    reasons: z.record(z.string(), z.number().int()),
    peopleToMail: z.number().int(),
    peopleMailed: z.number().int(),
  })
  .meta({ id: 'Reissue' });

const invite = z
  .object({
    conferenceId,
    /** Null where no calendar holds it. */
    eventId: z.string().nullable(),
    state: reissueInviteState,
    reason: reissueReason.nullable(),
    /** People whom the calendar mails, or mailed, because of it. */
    people: z.number().int(),
  })
  .meta({ id: 'ReissueInvite' });

/** A bridge that is connected, or that conferences still to come are on. */
const bridgeInUse = z.object({ instance: z.string(), isConnected: z.boolean(), conferences: z.number().int() });

const nothing = z.object({});
const one = z.object({ id: z.uuid() });
const answer = z.object({ reissue: reissueView });
/** The slowest and the fastest that make sense: a mailbox system takes four writes at a time, and people take notice. */
const eventsPerMinute = z.number().int().min(1).max(600);

export const reissueApi = {
  list: endpoint({ route: reissueRoutes.list, summary: 'Reissues, the newest first; and bridges with how many conferences that are still to come', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ reissues: z.array(reissueView), bridges: z.array(bridgeInUse) }) }),
  preview: endpoint({
    route: reissueRoutes.preview, summary: 'Look which invites would be written, and how many people mailed; writes nothing', kind: 'change', params: nothing, query: nothing,
    body: z.object({
      /** Made by the client: the same id gives the same reissue. */
      id: z.uuid(),
      /** Connector instance; conferences on all bridges when it is left out. */
      bridge: z.string().min(1).max(64).nullish(),
      /** Connector instance of the bridge to which the conferences of `bridge` move. Codes and links stay; numbers change. */
      toBridge: z.string().min(1).max(64).nullish(),
    }),
    response: answer,
  }),
  read: endpoint({ route: reissueRoutes.read, summary: 'How far it is', kind: 'read', params: one, query: nothing, body: nothing, response: answer }),
  invites: endpoint({
    route: reissueRoutes.invites, summary: 'Its invites, the soonest meeting first', kind: 'read', params: one,
    query: z.object({ state: reissueInviteState.optional(), skip: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    body: nothing, response: z.object({ invites: z.array(invite) }),
  }),
  start: endpoint({ route: reissueRoutes.start, summary: 'Write what the preview found, or go on', kind: 'change', params: one, query: nothing, body: z.object({ eventsPerMinute }), response: answer }),
  stop: endpoint({ route: reissueRoutes.stop, summary: 'Stop; what is being written at this moment is written', kind: 'change', params: one, query: nothing, body: nothing, response: answer }),
  undo: endpoint({ route: reissueRoutes.undo, summary: 'Bring the former blocks back, or go on with that', kind: 'change', params: one, query: nothing, body: z.object({ eventsPerMinute }), response: answer }),
};

export type ReissueView = z.output<typeof reissueView>;
export type ReissuesResponse = z.output<typeof reissueApi.list.response>;
export type ReissueInvite = z.output<typeof invite>;
export type ReissueReason = z.output<typeof reissueReason>;
export type ReissueInviteState = z.output<typeof reissueInviteState>;
