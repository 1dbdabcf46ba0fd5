import { z } from 'zod';
import { callsRoutes } from './calls-routes.ts';
import { instant } from '../conference/conference.ts';
import { endpoint } from '../endpoint.ts';

/** What somebody has rung from Outlook: their own phone rings first, then the other's; or a voicemail is played on it. Live topic: `calls`, the viewer's own, newest first. */

export const callView = z
  .object({
    id: z.uuid(),
    pbx: z.string(),
    /** The extension that rings first. */
    phone: z.string(),
    /** Whom; '' when a voicemail is played. */
    number: z.string(),
    /** Which voicemail is played; null for a call. */
    voicemailId: z.uuid().nullable(),
    /** `waiting` for the phone system, then my phone is `ringing`, was `answered`, the other is `connected`; `ended`. */
    state: z.enum(['waiting', 'ringing', 'answered', 'connected', 'ended']),
    /** With `ended` only. `far-…`: the other side. `unknown`: lost from sight, it may have rung; it is not begun again by itself. `gone`, `box-taken`: the message is not there, or a phone has the box. */
    outcome: z.enum(['done', 'unreachable', 'busy', 'no-answer', 'interrupted', 'far-unreachable', 'far-busy', 'far-no-answer', 'failed', 'refused', 'gone', 'box-taken', 'away', 'unknown']).nullable(),
    askedAt: instant,
  })
  .meta({ id: 'Call' });

/** A phone of one's own that can be rung. */
export const ownPhone = z.object({
  pbx: z.string(), extension: z.string(), name: z.string(),
  /** The phone system does not answer, as far as this server knows. */
  isAway: z.boolean(),
});

const nothing = z.object({});
const one = z.object({ call: callView });

export const callsApi = {
  list: endpoint({ route: callsRoutes.list, summary: 'My phones that can be rung from here, and my calls of the last hour', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ phones: z.array(ownPhone), calls: z.array(callView) }) }),
  begin: endpoint({
    route: callsRoutes.begin,
    summary: 'Rings my phone, and when I have answered calls a number or plays a voicemail',
    kind: 'change',
    params: nothing,
    query: nothing,
    body: z.object({
      /** Made by the asker: asked again with it, nothing rings twice. */
      id: z.uuid(),
      /** As people write it: an extension, or a number with + and country code. */
      number: z.string().min(1).max(64).optional(),
      /** Instead of a number: a voicemail that I may hear. */
      voicemailId: z.uuid().optional(),
      /** Which of my phones; the first one when left out. */
      phone: z.object({ pbx: z.string().max(64), extension: z.string().max(40) }).optional(),
    }).refine(({ number, voicemailId }) => (number === undefined) !== (voicemailId === undefined), { path: ['number'], message: 'either number or voicemailId' }),
    response: one,
  }),
  hangUp: endpoint({ route: callsRoutes.hangUp, summary: 'Ends a call of mine that was begun here', kind: 'change', params: z.object({ id: z.uuid() }), query: nothing, body: nothing, response: one }),
};

export type CallView = z.output<typeof callView>;
export type CallRequest = z.input<typeof callsApi.begin.body>;
export type CallsResponse = z.output<typeof callsApi.list.response>;
export type OwnPhone = z.output<typeof ownPhone>;
