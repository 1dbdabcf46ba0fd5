import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import type { voicemailApi, VoicemailInTheWay, VoicemailView } from '../../../contract/voicemail/voicemail.ts';
import type { SharedVoicemail, voicemailTeamApi } from '../../../contract/voicemail/team.ts';
import type { voicemailTranscriptApi } from '../../../contract/voicemail/transcript.ts';
import type { Store } from '../../store/connect.ts';
import type { WorkHandlers } from '../../store/worker.ts';
import type { LagKeeper } from '../../sync/lag.ts';
import { lookAtBoxes, type BoxOwners } from './boxes.ts';
import type { VoicemailDeps } from './deps.ts';
import { performForward } from './forward/perform.ts';
import { sendNotice } from './notice/send.ts';
import { createHandlers, viewOf } from './handlers.ts';
import { inTheWayTopic, readInTheWay } from './in-the-way.ts';
import { comparePause } from './round/nets.ts';
import { ownVoicemail, phoneMessage, type PhoneMessage } from './own-voicemail.ts';
import { pairsOf } from './rows.ts';
import { createVoicemailSound, type VoicemailSound } from './sound.ts';
import { transcriptHandlers } from './transcript/handlers.ts';
import { createTeam } from './team/handlers.ts';
import { transcribeVoicemail } from './transcript/transcribe.ts';
import { newMemory, syncPerson } from './round/sync-person.ts';
import { createWakes, type Wakes } from './round/wakes.ts';

export { defaultTimes, runEffect, type VoicemailDeps } from './deps.ts';
export { composeMail } from './mail/compose.ts';
export { createJournal } from './rows.ts';
export type { PhoneMessage } from './own-voicemail.ts';
export { putNotices } from './notice/send.ts';
export { putTranscriptions } from './transcript/transcribe.ts';
export { followed } from './rules/policy.ts';
export { voicemailPages, type VoicemailPagesDeps } from './pages/pages.ts';

/** What the voicemail feature gives to the server. */
export interface VoicemailFeature {
  handlers: Handlers<typeof voicemailApi>;
  sound: VoicemailSound;
  transcripts: Handlers<typeof voicemailTranscriptApi>;
  team: Handlers<typeof voicemailTeamApi>;
  /** The newest of a person's own voicemail, or of the boxes that they share, or what is in the way of theirs; undefined for a topic of another feature. */
  snapshot(tenantId: string, personId: string, topic: string): Promise<VoicemailView[] | SharedVoicemail[] | { inTheWay: VoicemailInTheWay[] } | undefined>;
  /** Where a message lies that the caller may hear, for playing it on a phone. Throws UserError 404, 409 for one that is deleted. */
  messageFor(caller: Caller, id: string): Promise<PhoneMessage>;
  workHandlers: WorkHandlers;
  wakes: Wakes;
  lag: LagKeeper;
  /** Listens to the phone systems. Returns a function that stops it. */
  listen(tenantId: string): () => void;
  /** Catches up after a start. */
  resume(tenantId: string): Promise<void>;
}

/** Messages that a live list shows. */
const shownLive = 50;

export function createVoicemailFeature(deps: VoicemailDeps, store: Store, owners: BoxOwners): VoicemailFeature {
  const memory = newMemory();
  const wakes = createWakes(deps, store.db);
  const team = createTeam(deps, store);
  return {
    handlers: createHandlers(deps, store, wakes),
    sound: createVoicemailSound(deps, store),
    transcripts: transcriptHandlers(deps, store, (caller, id) => ownVoicemail(store, caller, id, 'listen')),
    team: team.handlers,
    async snapshot(tenantId, personId, topic) {
      if (topic === `team-voicemail:${personId}`) return team.listFor(tenantId, personId, shownLive);
      if (topic === inTheWayTopic({ personId }) || topic === inTheWayTopic('all')) return { inTheWay: await readInTheWay(deps, tenantId, personId) };
      if (topic !== `voicemail:${personId}`) return undefined;
      const policy = await deps.policyOf(tenantId, personId);
      return (await pairsOf(store.db, tenantId, personId, { before: null, limit: shownLive })).map((pair) => viewOf(pair, policy));
    },
    messageFor: (caller, id) => phoneMessage(store, caller, id),
    wakes,
    lag: deps.lag,
    workHandlers: {
      'voicemail.sync': ({ tenantId, key }) => syncPerson(deps, memory, tenantId, key),
      'voicemail.forward': ({ tenantId, key }) => performForward(deps, store, tenantId, key),
      'voicemail.notice': ({ tenantId, key }) => sendNotice(deps, store.db, tenantId, key),
      'voicemail.transcribe': ({ tenantId, key }) => transcribeVoicemail(deps, store, tenantId, key),
      'mail.changed': ({ tenantId, key }) => wakes.mailbox(tenantId, key),
      'voicemail.boxes': async ({ tenantId, key }) => {
        const system = deps.voicemails.find(({ instance }) => instance === key);
        if (!system) return;
        const from = deps.clock.now();
        const { changed, freed } = await lookAtBoxes(deps, store.db, owners, system, tenantId);
        store.live.announce(store.db, tenantId, ...freed.map((personId) => inTheWayTopic({ personId })));
        await wakes.person(tenantId, ...changed);
        // One question finds what was not told.
        const now = deps.clock.now();
        return { againAt: now + (system.capabilities.events ? comparePause(now - from) : deps.times.pollMs) };
      },
    },
    listen(tenantId) {
      const stops = deps.voicemails.map((system) => system.onEvent((event) => {
        wakes.event(tenantId, system, event).catch((error: unknown) => {
          // The comparison of all boxes finds it later.
          deps.log.warn({ instance: system.instance, event: event.type, err: String(error) }, 'an event of the voicemail system could not be put to work');
        });
      }));
      const deaf = deps.onAway?.(() => store.live.announce(store.db, tenantId, inTheWayTopic('all')));
      return () => {
        deaf?.();
        stops.forEach((stop) => stop());
      };
    },
    async resume(tenantId) {
      await wakes.boxes(tenantId);
      await wakes.everybody(tenantId);
    },
  };
}
