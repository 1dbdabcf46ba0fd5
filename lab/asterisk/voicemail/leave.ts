import type { LabClock } from '../../clock.ts';
import { type Channel, isAlive } from '../calls/channel.ts';
import type { Channels } from '../calls/channels.ts';
import type { Media } from '../calls/media.ts';
import type { Variables } from '../calls/variables.ts';
import type { Voicemail } from './index.ts';

export interface VoicemailApplicationParts {
  clock: LabClock;
  channels: Channels;
  media: Media;
  variables: Variables;
  voicemail: Voicemail;
}

/** Longest recording that the lab waits for, ms: an hour. */
const longestMs = 3_600_000;

/**
 * VoiceMail(box[&box…][,options]): greets, records until `#` or hang-up, stores. `u` unavailable, `b` busy, `s` no greeting, `U` urgent. Who hangs up during
 * the greeting leaves nothing (tried). How long somebody spoke is the time of the clock and what `speak` of their phone added.
 */
export async function leaveVoicemail({ clock, channels, media, variables, voicemail }: VoicemailApplicationParts, channel: Channel, data: string): Promise<number> {
  const [names = '', options = ''] = data.split(',');
  const box = voicemail.box(names.split('&')[0] ?? '');
  if (!box) return finish(variables, channel, 'FAILED', 0);
  channels.setState(channel, 6);

  if (!options.includes('s')) {
    for (const sound of ['vm-theperson', options.includes('b') ? 'vm-isonphone' : 'vm-isunavail', 'vm-intro']) {
      const ending = await media.play(channel, sound, '#');
      if (ending === 'gone') return finish(variables, channel, 'FAILED', -1);
      if (typeof ending === 'object') break;
    }
  }
  if (voicemail.isFull(box)) {
    await media.play(channel, 'vm-mailboxfull');
    return finish(variables, channel, 'FAILED', isAlive(channel) ? 0 : -1);
  }
  if ((await media.play(channel, 'beep')) === 'gone') return finish(variables, channel, 'FAILED', -1);

  const since = clock.now();
  channel.spokenMs = 0;
  channel.recording = true;
  channel.collecting = true;
  await media.digit(channel, longestMs, '#');
  channel.recording = false;
  channel.collecting = false;
  const seconds = (clock.now() - since + channel.spokenMs) / 1000;
  const stored = voicemail.store(box, { caller: channel.caller, seconds, urgent: options.includes('U'), context: channel.context, extension: channel.extension, channel });
  if (stored) variables.set(channel, 'VM_MESSAGEFILE', stored.file);
  if (isAlive(channel)) await media.play(channel, 'auth-thankyou');
  return finish(variables, channel, stored ? 'SUCCESS' : 'FAILED', isAlive(channel) ? 0 : -1);
}

function finish(variables: Variables, channel: Channel, status: 'SUCCESS' | 'FAILED', result: number): number {
  variables.set(channel, 'VMSTATUS', status);
  return result;
}
