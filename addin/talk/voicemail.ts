import { callsRoutes } from '../../contract/people/calls-routes.ts';
import type { CallRequest, CallsResponse, CallView } from '../../contract/people/calls.ts';
import type { VoicemailForwardView, VoicemailView } from '../../contract/voicemail/voicemail.ts';
import type { SharedVoicemail, VoicemailTeamView } from '../../contract/voicemail/team.ts';
import type { TranscriptView } from '../../contract/voicemail/transcript.ts';
import { voicemailRoutes } from '../../contract/voicemail/voicemail-routes.ts';
import { expectField } from './client.ts';
import { ask } from './http.ts';
import type { Asked, Transport } from './http.ts';
import type { Route } from '../../contract/endpoint.ts';

/** One message with all that is known of it. */
export interface OneVoicemail {
  voicemail: VoicemailView;
  /** Null when nobody shares its box. */
  team: VoicemailTeamView | null;
  transcript: TranscriptView;
  trail: readonly { at: string; what: string; because: string }[];
  /** The newest first. */
  forwards: readonly VoicemailForwardView[];
  /** The colleague whose extension called; a server that is older tells none. */
  callerPersonId?: string | null;
}

/** Length and loudness of a recording. */
export interface Waveform {
  durationSeconds: number;
  isWhole: boolean;
  peaks: readonly number[];
}

/** What the voicemail panel asks of the server; apart from the client, whose weight the first panel bears. Each throws TalkFault or SignInFault. */
export interface VoicemailTalk {
  /** Newest first; with `before` (ISO 8601) those that are older. `inTheWay`: what stands in the way of mail and voicemail being in step, codes; a server that is older tells none. */
  list: (before?: string) => Promise<{ voicemail: readonly VoicemailView[]; inTheWay?: readonly string[] }>;
  /** Of the boxes that I share, newest first. */
  teamList: () => Promise<readonly SharedVoicemail[]>;
  /** Takes it from whom I see as the one who has it (null: nobody). */
  take: (id: string, from: string | null) => Promise<VoicemailTeamView>;
  finish: (id: string, isDone: boolean) => Promise<VoicemailTeamView>;
  /** Null when the mail is not about a voicemail of mine. */
  ofMail: (messageId: string) => Promise<VoicemailView | null>;
  one: (id: string) => Promise<OneVoicemail>;
  waveform: (id: string) => Promise<Waveform>;
  mark: (id: string, isHeard: boolean) => Promise<VoicemailView>;
  remove: (id: string) => Promise<VoicemailView>;
  restore: (id: string) => Promise<VoicemailView>;
  /** `key`: a UUID; asked again with it, nothing is sent twice. */
  forward: (id: string, key: string, to: string) => Promise<VoicemailForwardView>;
  phones: () => Promise<CallsResponse>;
  call: (request: CallRequest) => Promise<CallView>;
  hangUp: (id: string) => Promise<CallView>;
}

export function voicemailTalk(transport: Transport): VoicemailTalk {
  async function get<T extends object>(route: Route, field: keyof T & string, asked: Asked = {}): Promise<T> {
    return expectField<T>(await ask(transport, route, asked), field);
  }
  const change = async (route: Route, id: string, body?: object): Promise<VoicemailView> =>
    (await get<{ voicemail: VoicemailView }>(route, 'voicemail', { params: { id }, ...(body === undefined ? {} : { body }) })).voicemail;

  return {
    list: (before) => get(voicemailRoutes.list, 'voicemail', before === undefined ? {} : { query: { before } }),
    ofMail: async (messageId) => (await get<{ voicemail: VoicemailView | null }>(voicemailRoutes.ofMail, 'voicemail', { query: { messageId } })).voicemail,
    teamList: async () => (await get<{ voicemail: SharedVoicemail[] }>(voicemailRoutes.teamList, 'voicemail')).voicemail,
    take: async (id, from) => (await get<{ team: VoicemailTeamView }>(voicemailRoutes.take, 'team', { params: { id }, body: { from } })).team,
    finish: async (id, isDone) => (await get<{ team: VoicemailTeamView }>(voicemailRoutes.done, 'team', { params: { id }, body: { isDone } })).team,
    async one(id) {
      const asked = { params: { id } };
      const [one, { team }, { transcript }] = await Promise.all([
        get<OneVoicemail>(voicemailRoutes.one, 'forwards', asked), get<OneVoicemail>(voicemailRoutes.team, 'team', asked), get<OneVoicemail>(voicemailRoutes.transcript, 'transcript', asked),
      ]);
      return { ...one, team, transcript };
    },
    waveform: (id) => get<Waveform>(voicemailRoutes.waveform, 'peaks', { params: { id } }),
    mark: (id, isHeard) => change(voicemailRoutes.mark, id, { isHeard }),
    remove: (id) => change(voicemailRoutes.remove, id),
    restore: (id) => change(voicemailRoutes.restore, id),
    forward: async (id, key, to) => (await get<{ forward: VoicemailForwardView }>(voicemailRoutes.forward, 'forward', { params: { id }, body: { id: key, to } })).forward,
    phones: () => get<CallsResponse>(callsRoutes.list, 'phones'),
    call: async (body) => (await get<{ call: CallView }>(callsRoutes.begin, 'call', { body })).call,
    hangUp: async (id) => (await get<{ call: CallView }>(callsRoutes.hangUp, 'call', { params: { id } })).call,
  };
}
