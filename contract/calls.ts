import { z } from 'zod';
import { callsRoutes } from './calls-routes.ts';
import { instant } from './conference.ts';
import { endpoint } from './endpoint.ts';

/** Calls that somebody begins in Outlook: their own phone rings first, then the other's. Live topic: `calls`, the viewer's own, newest first. */

export const callView = z
  .object({
    id: z.uuid(),
    pbx: z.string(),
    /** The extension that rings first. */
    phone: z.string(),
    number: z.string(),
    /** `waiting` for the phone system, then my phone is `ringing`, was `answered`, the other is `connected`; `ended`. */
    state: z.enum(['waiting', 'ringing', 'answered', 'connected', 'ended']),
    /** With `ended` only. `far-…`: the other side. `unknown`: lost from sight, it may have rung; it is not begun again by itself. */
    outcome: z.enum(['done', 'unreachable', 'busy', 'no-answer', 'interrupted', 'far-unreachable', 'far-busy', 'far-no-answer', 'failed', 'refused', 'away', 'unknown']).nullable(),
    askedAt: instant,
  })
  .meta({ id: 'Call' });

/** A phone of one's own that can be rung. */
export const ownPhone = z.object({ pbx: z.string(), extension: z.string(), name: z.string() });

const nothing = z.object({});
const one = z.object({ call: callView });

export const callsApi = {
  list: endpoint({ route: callsRoutes.list, summary: 'My phones that can be rung from here, and my calls of the last hour', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ phones: z.array(ownPhone), calls: z.array(callView) }) }),
  begin: endpoint({
    route: callsRoutes.begin,
    summary: 'Rings my phone, and calls a number when I have answered',
    kind: 'change',
    params: nothing,
    query: nothing,
    body: z.object({
      /** Made by the asker: asked again with it, nothing rings twice. */
      id: z.uuid(),
      /** As people write it: an extension, or a number with + and country code. */
      number: z.string().min(1).max(64),
      /** Which of my phones; the first one when left out. */
      phone: z.object({ pbx: z.string().max(64), extension: z.string().max(40) }).optional(),
    }),
    response: one,
  }),
  hangUp: endpoint({ route: callsRoutes.hangUp, summary: 'Ends a call of mine that was begun here', kind: 'change', params: z.object({ id: z.uuid() }), query: nothing, body: nothing, response: one }),
};

export type CallView = z.output<typeof callView>;
export type OwnPhone = z.output<typeof ownPhone>;
