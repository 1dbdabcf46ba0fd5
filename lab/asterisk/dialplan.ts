import type { AgiClient } from './agi/client.ts';
import type { Applications } from './calls/applications.ts';
import { type Channel, isAlive } from './calls/channel.ts';
import type { Channels } from './calls/channels.ts';
import { dialPhone, type DialParts } from './calls/dial.ts';
import type { Variables } from './calls/variables.ts';
import { createScript } from './script/run.ts';
import type { PresenceStates } from './states/presence-states.ts';
import type { Voicemail } from './voicemail/index.ts';
import { createVoicemailRoutes } from './voicemail/routes.ts';

export interface DialplanParts extends DialParts {
  agi: AgiClient;
  applications: Applications;
  channels: Channels;
  presences: PresenceStates;
  variables: Variables;
  voicemail: Voicemail;
  /** Extension of the conference dial-in. */
  dialIn: string;
  /** Where `AGI(…)` goes: read at each call. */
  agiUrl: () => string;
  /** Contexts as text (extensions.conf), which come before the lab's own; '' for none. */
  script: string;
}

export interface Dialplan {
  exists(context: string, extension: string): boolean;
  /** Leads a channel from where it stands (context, extension) until it is over. */
  run(channel: Channel): Promise<void>;
}

/** What the branch says that runs when the conference service is away; the default of pbx/asterisk/tieline.conf, whose steps this dialplan repeats. */
const awayPrompts = 'im-sorry&please-try-call-later&vm-goodbye';

/**
 * The lab's dialplan: `internal` has the phones and the dial-in, `tieline-conference` is what pbx/asterisk/ lays into a real one, `confdirect` puts a
 * channel straight into the room that is its extension; voicemail/routes.ts has what belongs to voicemail.
 */
export function createDialplan(parts: DialplanParts): Dialplan {
  const { agi, agiUrl, applications, channels, dialIn, phones, presences, variables } = parts;
  const voicemailRoutes = createVoicemailRoutes(parts);
  const script = createScript(parts, parts.script);

  async function conference(channel: Channel): Promise<void> {
    await applications.run(channel, 'Answer', '500');
    const url = agiUrl();
    channels.step(channel, 'AGI', url);
    await agi.run(channel, url, []);
    if (!isAlive(channel)) return;
    // A service that finished on purpose either hung up or says so. AGISTATUS does not tell: SUCCESS even when it died in mid-call (tried).
    if (variables.get(channel, 'TIELINE_DONE') !== '1') {
      await applications.run(channel, 'Playback', variables.get(null, 'TIELINE_AWAY') ?? awayPrompts);
    }
    await applications.run(channel, 'Hangup', '');
  }

  async function internal(channel: Channel): Promise<void> {
    const { extension } = channel;
    if (extension === dialIn) return conference(channel);
    if (voicemailRoutes.isNumber(extension)) return voicemailRoutes.ownBox(channel);
    if (routeOf(extension) === 'voicemail') return voicemailRoutes.hasBox(extension) ? voicemailRoutes.nobodyThere(channel, extension) : applications.run(channel, 'Hangup', '17').then(() => undefined);
    const result = await dialPhone(parts, channel, extension);
    if (result === 0 && voicemailRoutes.hasBox(extension)) return voicemailRoutes.nobodyThere(channel, extension);
    if (result === 0) await applications.run(channel, 'Hangup', variables.get(channel, 'DIALSTATUS') === 'BUSY' ? '17' : '19');
  }

  /** The steps of pbx/asterisk/routing.conf: by the presence that stands, and a global variable for each. */
  function routeOf(extension: string): 'ring' | 'voicemail' {
    const { state } = presences.get(`CustomPresence:${extension}`);
    if (state === 'dnd') return variables.get(null, 'TIELINE_ROUTE_DND') === 'ring' ? 'ring' : 'voicemail';
    if (state === 'xa') return variables.get(null, 'TIELINE_ROUTE_XA') === 'ring' ? 'ring' : 'voicemail';
    return state === 'away' && variables.get(null, 'TIELINE_ROUTE_AWAY') === 'voicemail' ? 'voicemail' : 'ring';
  }

  function exists(context: string, extension: string): boolean {
    if (script.exists(context, extension)) return true;
    if (context === 'internal') return extension === dialIn || voicemailRoutes.isNumber(extension) || phones.get(extension) !== undefined;
    if (context === 'tieline-conference') return extension === 's';
    if (context === 'tieline-play') return extension === 's';
    return context === 'confdirect' && extension !== '';
  }

  return {
    exists,
    async run(channel) {
      if (!exists(channel.context, channel.extension)) {
        channel.hear({ kind: 'sound', sound: 'ss-noservice', words: 'The number you have dialed is not in service.' });
        channels.hangUp(channel, { cause: 1, by: 'exchange' });
        return;
      }
      if (script.exists(channel.context, channel.extension)) return script.run(channel);
      if (channel.context === 'internal') return internal(channel);
      if (channel.context === 'tieline-play') return voicemailRoutes.playOne(channel);
      if (channel.context === 'tieline-conference') return conference(channel);
      await applications.run(channel, 'Answer', '');
      await applications.run(channel, 'ConfBridge', channel.extension);
      await applications.run(channel, 'Hangup', '');
    },
  };
}
