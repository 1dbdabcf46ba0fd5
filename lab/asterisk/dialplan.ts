import type { AgiClient } from './agi/client.ts';
import type { Applications } from './calls/applications.ts';
import { type Channel, isAlive } from './calls/channel.ts';
import type { Channels } from './calls/channels.ts';
import { dialPhone, type DialParts } from './calls/dial.ts';
import type { Variables } from './calls/variables.ts';

export interface DialplanParts extends DialParts {
  agi: AgiClient;
  applications: Applications;
  channels: Channels;
  variables: Variables;
  /** Extension of the conference dial-in. */
  dialIn: string;
  /** Where `AGI(…)` goes: read at each call. */
  agiUrl: () => string;
}

export interface Dialplan {
  exists(context: string, extension: string): boolean;
  /** Leads a channel from where it stands (context, extension) until it is over. */
  run(channel: Channel): Promise<void>;
}

/** Prompt of the branch that runs when the conference service is away; see pbx/asterisk/tieline.conf, which this dialplan repeats step by step. */
const awayPrompt = 'tieline/service-away';
/** What every Asterisk has, for sites that have not laid our prompts yet. */
const awayFallback = 'ss-noservice';

/**
 * The lab's dialplan: `internal` has the phones and the dial-in, `tieline-conference` is what pbx/asterisk/ lays into a real one, `confdirect` puts a
 * channel straight into the room that is its extension.
 */
export function createDialplan(parts: DialplanParts): Dialplan {
  const { agi, agiUrl, applications, channels, dialIn, phones, variables } = parts;

  async function conference(channel: Channel): Promise<void> {
    await applications.run(channel, 'Answer', '500');
    const url = agiUrl();
    channels.step(channel, 'AGI', url);
    const status = await agi.run(channel, url, []);
    if (!isAlive(channel)) return;
    // A service that finished on purpose either hung up or says so. AGISTATUS alone is SUCCESS even when it died in mid-call (tried).
    if (status !== 'SUCCESS' || variables.get(channel, 'TIELINE_DONE') !== '1') {
      await applications.run(channel, 'Playback', awayPrompt);
      if (variables.get(channel, 'PLAYBACKSTATUS') === 'FAILED') await applications.run(channel, 'Playback', awayFallback);
    }
    await applications.run(channel, 'Hangup', '');
  }

  async function internal(channel: Channel): Promise<void> {
    const { extension } = channel;
    if (extension === dialIn) return conference(channel);
    const result = await dialPhone(parts, channel, extension);
    if (result === 0) await applications.run(channel, 'Hangup', variables.get(channel, 'DIALSTATUS') === 'BUSY' ? '17' : '19');
  }

  function exists(context: string, extension: string): boolean {
    if (context === 'internal') return extension === dialIn || phones.get(extension) !== undefined;
    if (context === 'tieline-conference') return extension === 's';
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
      if (channel.context === 'internal') return internal(channel);
      if (channel.context === 'tieline-conference') return conference(channel);
      await applications.run(channel, 'Answer', '');
      await applications.run(channel, 'ConfBridge', channel.extension);
      await applications.run(channel, 'Hangup', '');
    },
  };
}
