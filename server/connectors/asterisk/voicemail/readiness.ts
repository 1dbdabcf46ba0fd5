import { TheirError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Gap } from '../../../ports/connector.ts';
import type { Log } from '../../../ports/log.ts';
import { type AriAddress, ariRequest } from '../client/ari/request.ts';
import type { Hub } from '../hub.ts';
import { missingClass, missingVoicemail } from '../remedies.ts';

/** What works of voicemail, found out by asking without changing anything. */
export interface Readiness {
  gaps(): Gap[];
  canRead(): boolean;
  canMove(): boolean;
  canRemove(): boolean;
  canForward(): boolean;
  canRefresh(): boolean;
  /** Asterisk serves the sound of messages, or shares its spool. */
  hasAudio(): boolean;
  /** Null: sound is served. Otherwise it is not, and the function looks whether it is now. */
  layoutSeen(look: (() => Promise<boolean>) | null): void;
  stop(): void;
}

export interface ReadinessOptions {
  hub: Hub;
  clock: Clock;
  log: Log;
  username: string;
  ari: { address: AriAddress; requestMs: number } | null;
  hasSharedSpool: boolean;
  passwordGap: Gap | null;
  prefix: string;
  onChange(): void;
}

/** Asked without the parameters that they need, these say so, and so that they are there and allowed (tried). Refresh of no box does nothing. */
const questions: readonly { action: string; capability: string; fields: Record<string, string> }[] = [
  { action: 'VoicemailBoxSummary', capability: 'voicemail', fields: {} },
  { action: 'VoicemailMove', capability: 'voicemailChanges', fields: {} },
  { action: 'VoicemailRemove', capability: 'voicemailChanges', fields: {} },
  { action: 'VoicemailForward', capability: 'voicemailForward', fields: {} },
  { action: 'VoicemailRefresh', capability: 'messageLight', fields: { Mailbox: '-', Context: '-' } },
];

/** Between two looks while something is missing, ms: as the hub's. */
const missingPauseMs = 30_000;

export function createReadiness({ hub, clock, log, username, ari, hasSharedSpool, passwordGap, prefix, onChange }: ReadinessOptions): Readiness {
  let missing = new Map<string, Gap>(questions.map(({ action, capability }) => [action, missingVoicemail(capability)]));
  let isKnown = false;
  let ariGap: Gap | null = passwordGap;
  let isAriKnown = false;
  let lookAtLayout: (() => Promise<boolean>) | null = null;
  let cancel: (() => void) | null = null;
  let round = 0;

  async function ask(): Promise<void> {
    const seen = new Map<string, Gap>();
    for (const { action, capability, fields } of questions) {
      try {
        await hub.call(action, fields);
      } catch (error) {
        if (!(error instanceof TheirError) || !['denied', 'refused'].includes(error.fault)) throw error;
        const className = action === 'VoicemailBoxSummary' ? 'reporting' : 'user';
        seen.set(action, error.fault === 'denied' ? missingClass(capability, username, 'write', className) : missingVoicemail(capability));
      }
    }
    missing = seen;
    isKnown = true;
  }

  async function askAri(): Promise<void> {
    if (!ari || passwordGap) return;
    try {
      const { status } = await ariRequest(ari.address, { method: 'GET', path: '/asterisk/info?only=system', deadlineMs: ari.requestMs, mostBytes: 256 * 1024 });
      ariGap = status === 200 ? null : cannotAri(`ARI answers ${status}`, 'See that http.conf and ari.conf say "enabled = yes" and that res_ari.so, res_ari_recordings.so and res_ari_asterisk.so are loaded.');
    } catch (error) {
      if (!(error instanceof TheirError)) throw error;
      ariGap = cannotAri(error.message, error.remedy ?? 'See that ari.url is right and that http.conf says "enabled = yes" with a bindaddr that we reach.');
    }
    isAriKnown = true;
  }

  async function askLayout(): Promise<void> {
    if (lookAtLayout && (await lookAtLayout())) lookAtLayout = null;
  }

  function look(): void {
    const mine = (round += 1);
    cancel?.();
    cancel = null;
    function again(): void {
      if (mine !== round) return;
      onChange();
      if (!isKnown || missing.size > 0 || (ariGap && !passwordGap) || lookAtLayout) cancel = clock.at(clock.now() + missingPauseMs, look);
    }
    void Promise.allSettled([ask(), askAri(), askLayout()]).then((answers) => {
      // Trouble of the connection is told by the hub, and the next resync looks again.
      for (const answer of answers) if (answer.status === 'rejected') log.warn({ error: answer.reason as unknown }, 'what works of voicemail could not be found out');
      again();
    });
  }

  hub.onResync(look);

  function can(action: string): boolean {
    return isKnown && !missing.has(action);
  }

  return {
    gaps() {
      // One gap per thing to mend, though several actions miss it.
      const told = new Map([...(isKnown ? missing.values() : []), ...(ariGap ? [ariGap] : []), ...(lookAtLayout ? [wrongLayout(prefix)] : [])].map((gap) => [gap.remedy, gap]));
      return [...told.values()];
    },
    canRead: () => can('VoicemailBoxSummary'),
    canMove: () => can('VoicemailMove'),
    canRemove: () => can('VoicemailRemove'),
    canForward: () => can('VoicemailForward'),
    canRefresh: () => can('VoicemailRefresh'),
    hasAudio: () => hasSharedSpool || (ari !== null && isAriKnown && ariGap === null && lookAtLayout === null),
    layoutSeen(next) {
      const changed = (lookAtLayout === null) !== (next === null);
      lookAtLayout = next;
      if (!changed) return;
      onChange();
      if (next && !cancel) cancel = clock.at(clock.now() + missingPauseMs, look);
    },
    stop() {
      round += 1;
      cancel?.();
      cancel = null;
    },
  };
}

function cannotAri(reason: string, remedy: string): Gap {
  return { capability: 'voicemailAudio', reason: `The sound of voicemail cannot be had: ${reason}.`, remedy };
}

/** ARI serves only what lies inside recording/; a link from there to the spool is listed and not served (tried). */
function wrongLayout(prefix: string): Gap {
  return {
    capability: 'voicemailAudio',
    reason: 'Asterisk has the message, but ARI does not serve its sound: the voicemail spool does not lie inside the folder of recordings.',
    remedy: `On the PBX, move the folder voicemail of the spool to recording/${prefix} and leave a link "voicemail -> recording/${prefix}" in its place (docs/connect-asterisk.md); or mount it here and set voicemail.sharedSpool.`,
  };
}
