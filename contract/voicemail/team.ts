import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { voicemailRoutes } from './voicemail-routes.ts';
import { voicemailView } from './voicemail.ts';

const instant = z.iso.datetime();

/** What somebody may do with the messages of a box that is not theirs: `listen`; `handle`: also mark, take and be done; `manage`: also delete, bring back, forward and save. */
export const boxAccess = z.enum(['listen', 'handle', 'manage']);

const teamView = z
  .object({
    box: z.object({ instance: z.string(), box: z.string(), name: z.string() }),
    /** What the viewer may do; its owner may everything. */
    access: boxAccess,
    /** Who looks after it; null while nobody does. */
    taken: z.object({ personId: z.string(), name: z.string(), isMe: z.boolean(), at: instant, doneAt: instant.nullable() }).nullable(),
    /** Who has played it here, in the order in which they first did. */
    playedBy: z.array(z.object({ name: z.string(), isMe: z.boolean(), at: instant })),
  })
  .meta({ id: 'VoicemailTeam' });

const member = z.object({ address: z.email().max(254), access: boxAccess });
const memberView = z.object({ personId: z.string(), name: z.string(), access: boxAccess });
const boxQuery = z.object({ instance: z.string().max(64), box: z.string().max(160) });

const nothing = z.object({});
const one = z.object({ id: z.uuid() });

export const voicemailTeamApi = {
  teamList: endpoint({
    route: voicemailRoutes.teamList, summary: 'Voicemail of the boxes that I share, newest first', kind: 'read', params: nothing, query: nothing, body: nothing,
    response: z.object({ voicemail: z.array(z.object({ voicemail: voicemailView, team: teamView })) }),
  }),
  team: endpoint({ route: voicemailRoutes.team, summary: 'Who looks after a voicemail of a shared box, and who has played it; null for one of nobody else\'s', kind: 'read', params: one, query: nothing, body: nothing, response: z.object({ team: teamView.nullable() }) }),
  take: endpoint({
    route: voicemailRoutes.take, summary: 'Take a message of a shared box, or take it over', kind: 'change', params: one, query: nothing,
    /** Whom I see as the one who has it; null: nobody. When somebody else was faster the answer is 409 `taken-meanwhile`. */
    body: z.object({ from: z.string().max(64).nullable() }), response: z.object({ team: teamView }),
  }),
  done: endpoint({ route: voicemailRoutes.done, summary: 'Say that a message that I took is done, or is not', kind: 'change', params: one, query: nothing, body: z.object({ isDone: z.boolean() }), response: z.object({ team: teamView }) }),
  members: endpoint({ route: voicemailRoutes.members, summary: 'Who shares a box', kind: 'read', params: nothing, query: boxQuery, body: nothing, response: z.object({ members: z.array(memberView) }) }),
  saveMembers: endpoint({ route: voicemailRoutes.saveMembers, summary: 'Say who shares a box; whoever is not named does not', kind: 'change', params: nothing, query: nothing, body: boxQuery.extend({ members: z.array(member).max(500) }), response: z.object({ members: z.array(memberView) }) }),
};

export type BoxAccess = z.output<typeof boxAccess>;
/** A message of a shared box. */
export type SharedVoicemail = z.output<typeof voicemailTeamApi.teamList.response>['voicemail'][number];
export type VoicemailTeamView = z.output<typeof teamView>;
