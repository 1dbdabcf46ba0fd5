import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { voicemailRoutes } from './voicemail-routes.ts';

const instant = z.iso.datetime();

/** What somebody asked for and is not done yet. */
const wish = z.enum(['mark heard', 'mark unheard', 'delete', 'restore', 'heard when mailed']);

export const voicemailView = z
  .object({
    id: z.uuid(),
    /** A stranger's text, without control characters. Empty when they did not say. */
    callerName: z.string(),
    callerNumber: z.string(),
    leftAt: instant,
    durationSeconds: z.number(),
    isUrgent: z.boolean(),
    /** `gone`: the phone system has it no more; what is left is our copy. */
    state: z.enum(['unheard', 'heard', 'deleted', 'gone']),
    mail: z.object({
      /** `none`: it was never mailed; `waiting`: it is to be. */
      place: z.enum(['none', 'waiting', 'inbox', 'elsewhere', 'trash', 'missing', 'sent']),
      isRead: z.boolean(),
      /** RFC 5322, without angle brackets. */
      messageId: z.string(),
    }),
    /** We have a copy of the sound. */
    hasAudio: z.boolean(),
    /** A deleted one can be brought back until then. */
    undoUntil: instant.nullable(),
    wish: wish.nullable(),
    /** What stands in the way, a code: `mailbox-full`, `refused`, `kept-unheard`, `kept-no-undo`, `not-able`, `no-sound`, `lost`. */
    trouble: z.string().nullable(),
    /** `private`: it is not forwarded; `secure`: nor is its sound saved or mailed. Missing: `none`. */
    protection: z.enum(['none', 'private', 'secure']).optional(),
  })
  .meta({ id: 'Voicemail' });

/** Why mail and voicemail of a person are not in step. */
const inTheWay = z.enum(['phone-away', 'left-alone', 'held-back', 'mailbox-gone', 'mailbox-refused', 'not-watched']);

/** Why something was done to it. Codes; the words are in words/. */
const trailLine = z.object({ at: instant, what: z.string(), because: z.string() });

/** A message on its way into a colleague's box. */
const forwardView = z
  .object({
    id: z.uuid(),
    askedAt: instant,
    toName: z.string(),
    /** `doubt`: the phone system did not answer and the copy is not seen; it is not sent again by itself, for there may be two then. */
    state: z.enum(['waiting', 'begun', 'done', 'failed', 'doubt']),
    problem: z.enum(['box-full', 'gone', 'refused', 'unavailable', 'no-answer']).nullable(),
  })
  .meta({ id: 'VoicemailForward' });

const troubledBox = z
  .object({
    instance: z.string(), box: z.string(), name: z.string(), address: z.string(), personId: z.string().nullable(), isFull: z.boolean(),
    /** `mails-by-itself`, `deletes-by-itself`. */
    handsOff: z.string().nullable(),
    /** `mailbox-gone`, `mailbox-refused`. */
    parked: z.string().nullable(),
    /** `emptied`, `too-many`, `too-many-mails`: nothing is deleted until somebody says that it is meant. */
    brake: z.string().nullable(),
    brakeSince: instant.nullable(),
  })
  .meta({ id: 'VoicemailBox' });

const nothing = z.object({});
const one = z.object({ id: z.uuid() });
const answer = z.object({ voicemail: voicemailView });

export const voicemailApi = {
  list: endpoint({
    route: voicemailRoutes.list, summary: 'My voicemail, newest first', kind: 'read', params: nothing,
    query: z.object({ before: instant.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }), body: nothing, response: z.object({ voicemail: z.array(voicemailView), inTheWay: z.array(inTheWay) }),
  }),
  ofMail: endpoint({
    route: voicemailRoutes.ofMail, summary: 'The voicemail that a mail of mine is about', kind: 'read', params: nothing, query: z.object({ messageId: z.string().min(3).max(998) }), body: nothing,
    response: z.object({ voicemail: voicemailView.nullable() }),
  }),
  /** `callerPersonId`: the colleague whose extension called, for their picture; null for strangers. */
  one: endpoint({ route: voicemailRoutes.one, summary: 'One voicemail, and what was done to it and why', kind: 'read', params: one, query: nothing, body: nothing, response: answer.extend({ trail: z.array(trailLine), forwards: z.array(forwardView), callerPersonId: z.string().nullable() }) }),
  mark: endpoint({ route: voicemailRoutes.mark, summary: 'Mark a voicemail heard or unheard, on the phone and in the mailbox', kind: 'change', params: one, query: nothing, body: z.object({ isHeard: z.boolean() }), response: answer }),
  remove: endpoint({ route: voicemailRoutes.remove, summary: 'Delete a voicemail and its mail; it can be brought back', kind: 'change', params: one, query: nothing, body: nothing, response: answer }),
  restore: endpoint({ route: voicemailRoutes.restore, summary: 'Bring back a deleted voicemail and its mail', kind: 'change', params: one, query: nothing, body: nothing, response: answer }),
  forward: endpoint({
    route: voicemailRoutes.forward, summary: 'Copy a voicemail into a colleague\'s box, once', kind: 'change', params: one, query: nothing,
    /** `id`: made by the asker. Asked again with it, nothing is sent twice. `to`: the colleague's mail address. */
    body: z.object({ id: z.uuid(), to: z.email().max(254) }), response: z.object({ forward: forwardView }),
  }),
  boxes: endpoint({ route: voicemailRoutes.boxes, summary: 'Voicemail boxes that wait for somebody, and why', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ boxes: z.array(troubledBox) }) }),
  release: endpoint({
    route: voicemailRoutes.release, summary: 'Say that what vanished from a box is meant', kind: 'change', params: nothing, query: nothing,
    body: z.object({ instance: z.string().max(64), box: z.string().max(160) }), response: z.object({ boxes: z.array(troubledBox) }),
  }),
};

export type VoicemailInTheWay = z.output<typeof inTheWay>;
export type VoicemailForwardView = z.output<typeof forwardView>;
export type VoicemailView = z.output<typeof voicemailView>;
