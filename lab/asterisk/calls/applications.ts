import type { Header } from '../ami/packet.ts';
import type { Bus } from '../bus.ts';
import { type ConferenceTimes, joinConference } from '../confbridge/join.ts';
import type { Profiles } from '../confbridge/profile.ts';
import type { Rooms } from '../confbridge/rooms.ts';
import { leaveVoicemail, type VoicemailApplicationParts } from '../voicemail/leave.ts';
import { voicemailMain } from '../voicemail/main-menu.ts';
import { playVoicemailMessage } from '../voicemail/play-message.ts';
import { type Channel, channelHeaders, isAlive } from './channel.ts';

export interface ApplicationParts extends VoicemailApplicationParts {
  bus: Bus;
  rooms: Rooms;
  profiles: Profiles;
  times: ConferenceTimes;
}

/** A dialplan application: 0 = go on, -1 = the call is over or the application failed in a way that ends it. */
type Application = (channel: Channel, data: string) => Promise<number>;

export interface Applications {
  /** The application's result; -2 where Asterisk has no application of that name (AGI's EXEC hands that on). */
  run(channel: Channel, name: string, data: string): Promise<number>;
  exists(name: string): boolean;
}

/** The applications that the lab's dialplan, AGI's EXEC and Originate can run. */
export function createApplications(parts: ApplicationParts): Applications {
  const { bus, channels, media, variables } = parts;

  async function playback(channel: Channel, data: string): Promise<number> {
    const [sounds = ''] = data.split(',');
    let failed = false;
    for (const sound of sounds.split('&').filter(Boolean)) {
      if (!isAlive(channel)) return 0;
      const ending = await media.play(channel, sound);
      if (ending === 'gone') return -1;
      failed ||= ending === 'missing';
    }
    variables.set(channel, 'PLAYBACKSTATUS', failed ? 'FAILED' : 'SUCCESS');
    return 0;
  }

  const table: Record<string, Application> = {
    answer: async (channel) => {
      channels.setState(channel, 6);
      return isAlive(channel) ? 0 : -1;
    },
    confbridge: (channel, data) => joinConference(parts, channel, data),
    hangup: async (channel, data) => {
      channels.hangUp(channel, { cause: Number.parseInt(data, 10) || 16, by: 'exchange' });
      return -1;
    },
    noop: async () => 0,
    playback,
    sendtext: async (channel, data) => {
      channel.hear({ kind: 'text', words: data });
      return 0;
    },
    set: async (channel, data) => {
      const equals = data.indexOf('=');
      if (equals > 0) variables.set(channel, data.slice(0, equals), data.slice(equals + 1));
      return 0;
    },
    // Begun once, it goes on behind everything that follows until it is stopped. Nobody hears it as a sound file.
    startmusiconhold: async (channel) => (isAlive(channel) ? 0 : -1),
    stopmusiconhold: async () => 0,
    userevent: async (channel, data) => {
      const [event = '', ...more] = data.split(',');
      const headers = more.map((each): Header => [each.split(':')[0] ?? '', each.slice(each.indexOf(':') + 1).trim()]);
      bus.publish(['user'], 'UserEvent', [...channelHeaders(channel), ['UserEvent', event], ...headers]);
      return 0;
    },
    verbose: async () => 0,
    voicemail: (channel, data) => leaveVoicemail(parts, channel, data),
    voicemailmain: (channel, data) => voicemailMain(parts, channel, data),
    voicemailplaymsg: (channel, data) => playVoicemailMessage(parts, channel, data),
    wait: async (channel, data) => ((await media.digit(channel, (Number.parseFloat(data) || 0) * 1000, '')) === 'gone' ? -1 : 0),
  };

  return {
    exists: (name) => name.toLowerCase() in table,
    async run(channel, name, data) {
      const application = table[name.toLowerCase()];
      if (!application) return -2;
      channels.step(channel, name, data);
      return application(channel, data);
    },
  };
}
